// SIGTERM: calls under way get their answers, and the exit code is 0.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureZip, pluginFolder, start } from '../lib/distribution.mjs';
import { fixtures } from '../lib/fixtures.mjs';
import { Legacy, Modern } from '../lib/rpc.mjs';

const { takesSeconds } = fixtures;

test('an idle server ends with 0', { timeout: 60_000 }, async () => {
  const server = await start({ auth: 'none' });

  const end = await server.stop();

  assert.deepEqual(end, { code: 0, signal: null });
});

test('calls under way are answered before it ends with 0', { timeout: 90_000 }, async () => {
  const server = await start({ auth: 'none', plugins: pluginFolder(fixtureZip) });
  const session = new Legacy(server.url);
  await session.initialize();
  const calls = [new Modern(server.url), session].flatMap(client =>
    Array.from({ length: 5 }, () => client.call(takesSeconds.name, { [takesSeconds.argument]: 2 }))
  );
  await new Promise(done => setTimeout(done, 500));

  const end = server.stop();
  const results = await Promise.all(calls);

  assert.ok(results.every(result => !result.isError && result.content[0].text), JSON.stringify(results));
  assert.deepEqual(await end, { code: 0, signal: null });
});

test('open streams do not keep it from ending', { timeout: 60_000 }, async () => {
  const server = await start({ auth: 'none' });
  const session = new Legacy(server.url);
  await session.initialize();
  const stream = await fetch(server.url, { headers: session.headers({ Accept: 'text/event-stream' }) });
  const listening = await new Modern(server.url).post('subscriptions/listen', { notifications: { toolsListChanged: true } }).response;
  const read = [stream, listening].map(each => each.text().catch(() => ''));

  const began = Date.now();
  const end = await server.stop();

  assert.deepEqual(end, { code: 0, signal: null });
  assert.ok(Date.now() - began < 15_000, `it took ${Date.now() - began} ms`);
  await Promise.all(read);
});
