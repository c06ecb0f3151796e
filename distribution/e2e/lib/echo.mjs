// A false Cloudflare that repeats the caller's token wherever an answer has room for it.

import { createServer } from 'node:http';

/** What it answers after it has verified a token, one after the other. */
export const MOODS = [
  'envelope 400', 'envelope 401', 'envelope 403', 'envelope 404', 'envelope 409', 'envelope 500',
  'html 502', 'html 200', 'text 200', 'redirect', 'refused 200', 'wrong shape', 'broken json', 'cut off', 'reset', 'header only', 'ray 502'
];

/** Starts it on a free port; `mood` chooses how it answers, `seen` counts the requests that carried a token. */
export async function echo() {
  const state = { mood: 'good', seen: 0, accountId: 'a'.repeat(32) };
  const server = createServer((request, response) => {
    const given = String(request.headers.authorization ?? '').replace(/^Bearer /, '');
    state.seen += given ? 1 : 0;
    request.resume().on('end', () => answer(state, given, request, response));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  state.url = `http://127.0.0.1:${server.address().port}/client/v4`;
  state.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return state;
}

function answer(state, token, request, response) {
  const said = `the token ${token} was given, as Bearer ${token}`;
  response.setHeader('x-echo', token);
  response.setHeader('cf-ray', state.mood.startsWith('ray') ? token : 'e2e0000000000001-TST');
  const json = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const [kind, status] = state.mood.split(' ');
  if (state.mood === 'good') {
    json(200, good(state, request.url));
  } else if (kind === 'envelope') {
    json(Number(status), { success: false, errors: [{ code: 7500, message: said }], messages: [said], result: null });
  } else if (kind === 'html' || kind === 'text' || kind === 'ray') {
    response.writeHead(Number(status), { 'content-type': `text/${kind === 'html' ? 'html' : 'plain'}` });
    response.end(`<html><title>${said}</title></html>`);
  } else if (kind === 'redirect') {
    response.writeHead(302, { location: `${state.url}/again?token=${token}` }).end(said);
  } else if (kind === 'refused') {
    json(200, { success: false, errors: [{ code: 10000, message: said }], messages: [], result: null });
  } else if (kind === 'wrong') {
    json(200, { success: true, errors: [], messages: [], result: said });
  } else if (kind === 'broken') {
    json(200, `{"success": true, "result": [${said}`);
  } else if (kind === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(`{"result": "${said}`);
    setImmediate(() => response.socket?.destroy());
  } else if (kind === 'reset') {
    response.socket.resetAndDestroy();
  } else {
    response.writeHead(599, { 'content-type': 'application/json' }).end();
  }
}

/** As much of Cloudflare as a token's verification asks for; every list is empty. */
function good(state, url) {
  const envelope = result => ({ success: true, errors: [], messages: [], result, result_info: { page: 1, per_page: 50, count: 0, total_count: 0, total_pages: 1 } });
  if (url.includes('/tokens/verify')) {
    return envelope({ id: 'f'.repeat(32), status: 'active', expires_on: '2099-01-01T00:00:00Z' });
  }
  if (url.endsWith('/graphql')) {
    return { data: { viewer: { accounts: [] } }, errors: null };
  }
  if (/\/r2\/buckets|\/user\/tokens\/|\/builds\/account\//.test(url)) {
    return envelope(url.includes('/r2/') ? { buckets: [] } : {});
  }
  return url.includes('/accounts/') ? envelope([]) : envelope([{ id: state.accountId, name: 'Echo', type: 'standard' }]);
}
