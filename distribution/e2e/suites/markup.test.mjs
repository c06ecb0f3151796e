// Row 11: whatever programs and users call themselves, ask for and say stays text on every page that a person sees.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { command, start } from '../lib/distribution.mjs';
import { CLASSIC, HOSTILE } from '../lib/hostile.mjs';
import { PASSWORD } from '../lib/person.mjs';
import { seated, shape } from '../lib/watched.mjs';

const DAY = { timeout: 7_200_000 };
const OF_ONE_ADDRESS = 60; // So many clients may register at once.
const ADDRESSES = 10; // So many such addresses, before it is too much for the server.
const OF_ONE_REQUEST = 20; // So many statements does a preview look at.
const REDIRECT = 'http://127.0.0.1:9/callback';

let server;
let data;
let eva;
let key;

async function open() {
  server = await start({ data });
  data = server.data;
}

before(async () => {
  await open();
  for (const name of ['eva', 'bot']) {
    command(data, ['user', 'create', '--name', name, '--role', 'admin', '--password-stdin'], `${PASSWORD}\n`);
  }
  key = command(data, ['key', 'create', '--user', 'bot', '--name', 'agent', '--agent']).trim();
  await sitDown();
}, DAY);

after(() => server?.stop());

function origin() {
  return `http://127.0.0.1:${server.port}`;
}

async function sitDown() {
  eva = await seated('eva', origin(), eva?.context.browser());
  await eva.page.goto(`${origin()}/sign-in`);
  await eva.signIn();
}

function groups(texts, size) {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, at) => texts.slice(at * size, (at + 1) * size));
}

/** The text as a page shows it: what nobody would see is written out. */
function isShown(text, page) {
  return page.includes(text.trim().split(/[^\x21-\x7e]+/)[0]);
}

/** Sends a form or JSON from one of the machine's own addresses. */
function send(path, { address = '127.0.0.1', ...body }) {
  return new Promise((done, fail) => {
    const type = body.json ? 'application/json' : 'application/x-www-form-urlencoded';
    const sent = body.json ? JSON.stringify(body.json) : String(new URLSearchParams(body.form));
    const asked = request(`${origin()}${path}`, { method: 'POST', localAddress: address, headers: { 'Content-Type': type, ...body.headers } }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part)).on('end', () => done({ status: answer.statusCode, json: parsed(Buffer.concat(parts).toString()) }));
    });
    asked.on('error', fail).end(sent);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function ask(client, more = {}) {
  const query = { response_type: 'code', client_id: client, redirect_uri: REDIRECT, code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', ...more };
  return `${origin()}/oauth/authorize?${new URLSearchParams(query)}`;
}

/** A server that has just started has seen no client yet. */
async function again() {
  await server.stop();
  await open();
  await eva.context.close();
  await sitDown();
}

test('row 11: what a program calls itself, on the pages of consent', DAY, async t => {
  let refused = 0;
  let addresses = 0;
  let plain;
  for (const round of groups(['a plain name', ...HOSTILE], OF_ONE_ADDRESS * ADDRESSES)) {
    if (plain) await again();
    for (const part of groups(round, OF_ONE_ADDRESS)) {
      const address = `127.0.0.${(addresses++ % 200) + 2}`;
      for (const text of part) {
        const { status, json } = await send('/oauth/register', { json: { client_name: text, redirect_uris: [REDIRECT] }, address });
        if (status !== 201) {
          assert.equal(status, 400, `${JSON.stringify(text)}: ${JSON.stringify(json)}`);
          refused++;
          continue;
        }
        await eva.page.goto(ask(json.client_id, { state: text }));
        plain ??= await shape(eva.page);
        assert.deepEqual(await shape(eva.page), plain, text);
        assert.ok(isShown(text, await eva.page.textContent('main')), text);
      }
    }
  }
  t.diagnostic(`${HOSTILE.length} names, ${refused} of them refused`);
  assert.deepEqual(eva.page.complaints, []);
});

test('row 11: what is asked for, on the pages that say no', DAY, async t => {
  let plain;
  for (const text of ['nobody', ...HOSTILE].filter(text => encodeURIComponent(text.toWellFormed()).length < 1_500)) {
    const { page } = eva;
    await page.goto(ask(text, { redirect_uri: text, scope: text, state: text, resource: text }));
    plain ??= await shape(page);
    assert.deepEqual(await shape(page), plain, text);
    assert.match(page.url(), /\/oauth\/authorize\?/);
  }
  t.diagnostic(`${HOSTILE.length} requests`);
  assert.deepEqual(eva.page.complaints, []);
});

test('row 11: statements, tables, values, programs and notes on the pages of approvals', DAY, async t => {
  const tables = HOSTILE.filter(text => text.length < 500 && !/[\x00-\x1f\x7f]/.test(text) && text.isWellFormed());
  let looked = 0;
  let signedIn = 0;
  for (const part of groups(tables, OF_ONE_REQUEST)) {
    const client = new Client({ name: part[0], version: part.at(-1) });
    await client.connect(new HttpTransport(new URL(server.url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }));
    const statements = part.map(text => ({ sql: `INSERT INTO "${text.replaceAll('"', '""')}" SELECT '${text.replaceAll("'", "''")}', ?`, params: [text] }));
    const told = await client.callTool({ name: 'd1_execute', arguments: { databaseId: 'northwind-mini', statements } });
    await client.close();
    const [address] = /http:\/\/\S+\/approvals\/[0-9a-f]{32}/.exec(told.content[0].text) ?? assert.fail(JSON.stringify(told));
    if (signedIn++ % 40 === 39) {
      await eva.context.close();
      await sitDown(); // A decision needs a sign-in of these minutes.
    }
    const { page } = eva;
    await page.goto(address.replace('localhost', '127.0.0.1'));
    const before = await shape(page);
    assert.equal(before.pre, part.length + 1);
    const shown = await page.textContent('main');
    part.forEach(text => assert.ok(isShown(text, shown), text));
    await page.fill('#note', part.join(' ').slice(0, 900));
    await Promise.all([page.waitForNavigation(), page.click('button[value=deny]')]);
    const after = await shape(page);
    assert.equal(after.pre, before.pre);
    assert.equal(await page.locator('p[role=status]').count(), 1);
    looked += part.length;
    assert.deepEqual(page.complaints, []);
  }
  await eva.page.goto(`${origin()}/approvals`);
  t.diagnostic(`${looked} texts`);
  assert.ok(looked > CLASSIC.length);
  assert.deepEqual(eva.page.complaints, []);
});

test('row 11: what a program on a device calls itself', DAY, async t => {
  await again();
  const { page } = eva;
  let plain;
  let address = 0;
  for (const text of ['a plain name', ...CLASSIC]) {
    const from = { address: `127.0.1.${++address}` };
    const { json: client } = await send('/oauth/register', { json: { client_name: text, redirect_uris: [REDIRECT] }, ...from });
    const { status, json } = await send('/oauth/device', { form: { client_id: client.client_id }, ...from });
    assert.equal(status, 200, JSON.stringify(json));
    await page.goto(`${origin()}/device?user_code=${encodeURIComponent(text)}&code=${encodeURIComponent(text)}`);
    assert.equal(await page.inputValue('#code'), '');
    await page.fill('#code', json.user_code);
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
    plain ??= await shape(page);
    assert.deepEqual(await shape(page), plain, text);
    assert.ok(isShown(text, await page.textContent('main')), text);
  }
  for (const text of CLASSIC) {
    await page.goto(`${origin()}/device`);
    await page.locator('#code').evaluate((field, value) => (field.value = value), text);
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
    assert.equal(await page.locator('#code').count(), 1, text);
  }
  t.diagnostic(`${CLASSIC.length} names`);
  assert.deepEqual(page.complaints, []);
});

// The last, because its tries count against the address for some time.
test('row 11: names and ways on the page of signing in', DAY, async t => {
  const stranger = await seated('nobody', origin(), eva.context.browser());
  const { page } = stranger;
  let plain;
  for (const text of ['nobody', ...HOSTILE]) {
    await page.goto(`${origin()}/sign-in?next=${encodeURIComponent(text.toWellFormed())}`);
    await page.locator('#name').evaluate((field, value) => (field.value = value), text);
    await page.fill('#password', 'whatever it is');
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
    plain ??= await shape(page);
    assert.deepEqual(await shape(page), plain, text);
    assert.equal(new URL(page.url()).pathname, '/sign-in', text);
    const next = await page.locator('input[name=next]').inputValue();
    assert.match(next, /^\/(?![/\\])/, text);
  }
  t.diagnostic(`${HOSTILE.length} names`);
  assert.deepEqual(page.complaints, []);
  await stranger.context.close();
});
