// Calls that somebody else must approve: an agent asks over MCP, REST and the command line, and a person decides in a real browser.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { Client, StreamableHTTPClientTransport as HttpTransport } from '@modelcontextprotocol/client';
import { Client as ClientOne } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpTransportOne } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ElicitationCompleteNotificationSchema, ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { records } from '../lib/audit.mjs';
import { picture } from '../lib/browser.mjs';
import { command, environment, launcher, start } from '../lib/distribution.mjs';
import { PASSWORD } from '../lib/person.mjs';
import { seated } from '../lib/watched.mjs';

const ME = { name: 'symbolai-mcp-e2e', version: '1.0.0' };
const MEETING = { timeout: 120_000 };
const COMMANDS = { timeout: 300_000 };
const PAGES = { capabilities: { elicitation: { url: {} } } };
const DATABASE = 'northwind-mini';

let server;
let agentKey;
let count = 0;

/** A change that is another one each time. */
function change() {
  return { databaseId: DATABASE, statements: [{ sql: 'UPDATE regions SET name = name || ? WHERE id <= 2', params: [`+${++count}`] }] };
}

function changed(result) {
  return result.isError !== true && JSON.stringify(result.structuredContent).includes('"changes":2');
}

async function open(options = {}) {
  server = await start(options);
  server.makeKey();
  for (const name of ['bot', 'eva']) {
    command(server.data, ['user', 'create', '--name', name, '--role', 'admin', '--password-stdin'], `${PASSWORD}\n`);
  }
  agentKey = command(server.data, ['key', 'create', '--user', 'bot', '--name', 'agent', '--agent']).trim();
}

function carried(Transport, options = {}) {
  return new Transport(new URL(server.url), { requestInit: { headers: { Authorization: `Bearer ${agentKey}` } }, ...options });
}

/** The client of 2025 with what it was asked and told. */
async function opener({ fetch } = {}) {
  const client = new ClientOne(ME, PAGES);
  const heard = { asked: [], completed: [] };
  heard.next = new Promise(done => (heard.tell = done));
  heard.end = new Promise(done => (heard.complete = done));
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    heard.asked.push(params);
    heard.tell(params);
    return { action: 'accept' };
  });
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) => {
    heard.completed.push(params.elicitationId);
    heard.complete(params.elicitationId);
  });
  await client.connect(carried(HttpTransportOne, fetch ? { fetch } : {}));
  return { client, heard };
}

/** The client that cannot open pages. */
async function plain() {
  const client = new ClientOne(ME);
  await client.connect(carried(HttpTransportOne));
  return client;
}

function call(client, args) {
  return client.callTool({ name: 'd1_execute', arguments: args });
}

function told(result) {
  return result.content.map(part => part.text).join('\n');
}

/** The page that a text names, and the id in it. */
function page(text) {
  const [address, id] = /http:\/\/\S+\/approvals\/([0-9a-f]{32})/.exec(text) ?? assert.fail(text);
  return { address, id };
}

/** Opens the page of a request, signs in where that is asked for, and gives what the page says. */
async function look(person, address) {
  await person.page.goto(address);
  if ((await person.page.textContent('h1')) === 'Sign in') {
    await person.signIn();
  }
  return person.page.innerText('main');
}

async function decide(person, button, note = '') {
  await person.page.fill('#note', note);
  await Promise.all([person.page.waitForNavigation(), person.page.click(`button[value=${button}]`)]);
  return person.page.innerText('main');
}

async function state(person, address) {
  const { origin } = new URL(address);
  return (await (await person.context.request.get(`${origin}/api/mcp/approvals/show?id=${page(address).id}`)).json()).state;
}

describe('a call of an agent', () => {
  let eva;

  before(async () => {
    await open();
    eva = await seated('eva', server.origin);
  });

  after(() => server?.stop());

  test('sdk 1.32.2 is asked, another user approves, and the call goes on by itself', MEETING, async () => {
    const { client, heard } = await opener();
    const args = change();
    const result = call(client, args);
    const asked = await heard.next;

    const shown = await look(eva, asked.url);
    await picture(eva.page, 'approval');
    assert.match(shown, /UPDATE regions SET name = name \|\| \? WHERE id <= 2/);
    assert.match(shown, /Rows that would be changed now: 2/);
    assert.ok(shown.includes(`values: ["${args.statements[0].params[0]}"]`), shown);
    assert.match(shown, /How the database would do it\s+SEARCH regions USING INTEGER PRIMARY KEY/);
    assert.match(shown, /Who asks\s+bot/);
    assert.match(shown, /Done to\s+the D1 database northwind-mini/);
    assert.equal(heard.completed.length, 0);
    const granted = await decide(eva, 'grant', 'go <b>on</b>');

    assert.match(granted, /Approved by eva, .*: go <b>on<\/b>/);
    assert.ok(changed(await result));
    assert.equal(await heard.end, asked.elicitationId);
    assert.equal(asked.mode, 'url');
    const { id } = page(asked.url);
    assert.match(await look(eva, asked.url), /approved and made/);
    assert.equal(await eva.page.locator('form button[name=decision]').count(), 0);
    const events = records(server.data).filter(record => record.event.startsWith('approval.') && JSON.stringify(record).includes(id));
    assert.deepEqual(events.map(record => record.event), ['approval.requested', 'approval.granted', 'approval.used']);
    await client.close();
  });

  test('sdk 1.32.2 without streams gets -32042, hears when it is decided, and comes back', MEETING, async () => {
    const { client, heard } = await opener({ fetch: withoutStreams });
    const args = change();
    const refused = await call(client, args).catch(error => error);
    assert.equal(refused.code, ErrorCode.UrlElicitationRequired);
    const [asked] = refused.elicitations;

    await look(eva, asked.url);
    assert.equal(heard.completed.length, 0);
    await decide(eva, 'grant');

    assert.equal(await heard.end, asked.elicitationId);
    assert.ok(changed(await call(client, args)));
    await client.close();
  });

  for (const versionNegotiation of [{ mode: 'auto' }, { mode: { pin: '2026-07-28' } }]) {
    test(`client 2.4.0 ${JSON.stringify(versionNegotiation.mode)} comes back until it is decided`, MEETING, async () => {
      const client = new Client(ME, { ...PAGES, versionNegotiation });
      const opened = new Promise(done => client.setRequestHandler('elicitation/create', ({ params }) => (done(params), { action: 'accept' })));
      await client.connect(carried(HttpTransport));
      const result = call(client, change());

      await look(eva, (await opened).url);
      await decide(eva, 'grant');

      assert.ok(changed(await result));
      await client.close();
    });
  }

  test('a client that cannot open pages makes the same call again, and a second time it is asked anew', MEETING, async () => {
    const client = await plain();
    const args = change();
    const first = await call(client, args);
    assert.equal(first.isError, true);
    const { address, id } = page(told(first));
    assert.equal(page(told(await call(client, args))).id, id);

    await look(eva, address);
    await decide(eva, 'grant');

    assert.ok(changed(await call(client, args)));
    const second = await call(client, args);
    assert.equal(second.isError, true);
    assert.notEqual(page(told(second)).id, id);
    assert.equal(await state(eva, address), 'used');
    await client.close();
  });

  test('a denial reaches the model with its reason, and holds', MEETING, async () => {
    const { client, heard } = await opener();
    const args = change();
    const result = call(client, args);
    const asked = await heard.next;

    await look(eva, asked.url);
    await eva.page.fill('#note', '   ');
    await Promise.all([eva.page.waitForNavigation(), eva.page.click('button[value=deny]')]);
    assert.match(await eva.page.innerText('[role=alert]'), /A denial needs a reason/);
    assert.match(await decide(eva, 'deny', 'not on a Friday'), /Denied by eva, .*: not on a Friday/);

    for (const denied of [await result, await call(client, args)]) {
      assert.equal(denied.isError, true);
      assert.match(told(denied), /was not approved\. eva said: not on a Friday/);
    }
    assert.equal(await heard.end, asked.elicitationId);
    await client.close();
  });

  test('who asks cannot approve it, whether by the page, REST or another key', MEETING, async () => {
    const client = await plain();
    const { address, id } = page(told(await call(client, change())));
    const bot = await seated('bot', server.origin);

    const shown = await look(bot, address);
    assert.match(shown, /You asked for this yourself/);
    assert.equal(await bot.page.locator('button[name=decision]').count(), 0);
    await bot.page.goto(`${new URL(address).origin}/account`);
    const csrf = await bot.page.locator('input[name=csrf]').first().inputValue();
    const headers = { Origin: new URL(address).origin };
    const form = await bot.context.request.post(address, { form: { csrf, decision: 'grant', note: '' }, headers });
    const key = command(server.data, ['key', 'create', '--user', 'bot', '--name', 'other']).trim();
    const rest = await fetch(`${server.origin}/api/mcp/approvals/grant`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ id })
    });

    assert.equal(form.status(), 403);
    assert.equal(rest.status, 403);
    assert.equal(await state(eva, address), 'requested');
    assert.deepEqual(bot.page.complaints, []);
    await client.close();
  });

  test('REST asks with 409, and the same call returns the result', MEETING, async () => {
    const args = change();
    const rest = headers =>
      fetch(`${server.origin}/api/mcp/d1/execute`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${agentKey}`, 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(args)
      });
    const asked = await rest();
    assert.equal(asked.status, 409);
    const question = await asked.json();
    assert.equal(question.code, 'INPUT_REQUIRED');

    await look(eva, page(JSON.stringify(question)).address.replace(/".*/, ''));
    await decide(eva, 'grant');

    const done = await rest({ 'X-Call-State': question.state });
    assert.equal(done.status, 200, await done.clone().text());
    const again = await rest({ 'X-Call-State': question.state });
    assert.equal(again.status, 409);
    assert.notEqual(page(JSON.stringify(await again.json())).id, page(JSON.stringify(question)).id);
  });

  test('the command line lists, shows, grants and denies', COMMANDS, async () => {
    const client = await plain();
    const good = change();
    const bad = change();
    const first = page(told(await call(client, good))).id;
    const second = page(told(await call(client, bad))).id;

    const list = command(server.data, ['approval', 'list', '--state', 'requested']);
    assert.match(list, /^ID +STATE +REQUESTER +TOOL/);
    assert.match(list, new RegExp(`${first} +requested +bot +d1_execute`));
    const shown = command(server.data, ['approval', 'show', first]);
    assert.match(shown, /^Approval +[0-9a-f]{32}\nState +requested\nAsked by +bot\n/);
    assert.match(shown, /Step 1 of 1, 2 rows\n {4}UPDATE regions SET name = name \|\| \? WHERE id <= 2\n {4}plan: SEARCH regions/);
    command(server.data, ['approval', 'grant', first, '--note', 'fine']);
    command(server.data, ['approval', 'deny', second, '--reason', 'too late']);

    assert.ok(changed(await call(client, good)));
    assert.match(told(await call(client, bad)), /was not approved\. local said: too late/);
    assert.match(command(server.data, ['approval', 'list', '--state', 'denied']), new RegExp(second));
    assert.throws(() => command(server.data, ['approval', 'grant', second]), { status: 1 });
    await client.close();
  });

  test('tool call --wait waits for the decision, and makes the call or says why not', COMMANDS, async () => {
    command(server.data, ['policy', 'add', 'id=ask-all', 'effect=approve', 'tools=d1_execute']);
    const statements = '[{"sql":"UPDATE regions SET name = name WHERE id = 1"}]';
    const args = ['tool', 'call', 'd1_execute', '--databaseId', DATABASE, '--statements', statements];
    assert.throws(() => command(server.data, args), error => /approval show [0-9a-f]{32}/.test(error.stderr + error.stdout));

    const first = waiting([...args, '--wait']);
    await look(eva, page(await first.saying).address);
    assert.equal(first.process.exitCode, null);
    await decide(eva, 'grant');
    assert.equal(await first.code, 0);
    assert.match(first.output, /"?changes"?/);

    const second = waiting([...args, '--wait']);
    await look(eva, page(await second.saying).address);
    await decide(eva, 'deny', 'not again');
    assert.equal(await second.code, 1);
    assert.match(second.output, /was not approved\. eva said: not again/);
  });

  test('no page complained', () => {
    assert.deepEqual(eva.page.complaints, []);
  });
});

describe('a request that nobody decides', () => {
  before(() => open({ args: ['--set', 'approvals.expires=10s'] }));
  after(() => server?.stop());

  test('expires, cannot be decided any more, and the call asks anew', MEETING, async () => {
    const eva = await seated('eva', server.origin);
    const { client, heard } = await opener();
    const args = change();
    const result = call(client, args);
    const asked = await heard.next;
    await look(eva, asked.url);

    const late = await result;
    await eva.page.fill('#note', '');
    await Promise.all([eva.page.waitForNavigation(), eva.page.click('button[value=grant]')]);

    assert.equal(late.isError, true);
    assert.match(told(late), /was not approved in time/);
    assert.equal(await heard.end, asked.elicitationId);
    assert.match(await eva.page.innerText('main'), /time to decide is over|expired/i);
    const { id } = page(asked.url);
    assert.equal(await state(eva, asked.url), 'expired');
    const other = await plain();
    assert.notEqual(page(told(await call(other, args))).id, id);
    assert.deepEqual(eva.page.complaints, []);
    await client.close();
    await other.close();
  });
});

/** The same requests, except that answers to calls may be no streams. */
function withoutStreams(url, init) {
  const headers = new Headers(init.headers);
  if (init.method === 'POST') {
    headers.set('Accept', 'application/json');
  }
  return fetch(url, { ...init, headers });
}

/** A command that runs on; what it says first, and how it ends. */
function waiting(args) {
  const process = spawn(launcher(), [...args, '--data', server.data], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const running = { process, output: '' };
  running.saying = new Promise(done =>
    [process.stdout, process.stderr].forEach(stream =>
      stream.setEncoding('utf8').on('data', text => {
        running.output += text;
        if (/\/approvals\/[0-9a-f]{32}\s/.test(running.output)) {
          done(running.output);
        }
      })
    )
  );
  running.code = once(process, 'close').then(([code]) => code);
  return running;
}
