// REST as a script meets it: the document, a call for every tool that needs no arguments, the page, and the flow that connects.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { command, start, temporaryFolder } from '../lib/distribution.mjs';

describe('REST', () => {
  const data = temporaryFolder('rest');
  let server;
  let base;
  let key;
  let document;

  before(async () => {
    server = await start({ data, args: ['--first-run'] });
    [key] = await server.saying(/smcp_[A-Za-z0-9_-]+(?=\s)/);
    base = new URL(server.url).origin;
    document = await (await get('/openapi.json')).json();
  }, { timeout: 60_000 });

  after(() => server?.stop());

  function get(path, headers = {}) {
    return fetch(base + path, { headers: { Authorization: `Bearer ${key}`, ...headers } });
  }

  function post(path, body) {
    return fetch(base + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  test('the document is OpenAPI 3.1', async t => {
    const result = await new Validator().validate(structuredClone(document));

    t.diagnostic(`${Object.keys(document.paths).length} paths`);
    assert.match(document.openapi, /^3\.1/);
    assert.deepEqual(result.errors ?? [], []);
    assert.ok(result.valid);
  });

  test('the command prints the same document', () => {
    assert.deepEqual(JSON.parse(command(data, ['openapi'])), document);
  });

  test('every list that needs no arguments answers', async () => {
    const lists = Object.entries(document.paths)
      .filter(([path, item]) => item.get && /\/list$/.test(path) && !item.get.parameters.some(it => it.required))
      .map(([path]) => path);

    assert.ok(lists.includes('/api/mcp/d1/list'));
    for (const path of lists) {
      const answer = await get(path);
      assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
      assert.equal(typeof (await answer.json()).count, 'number', path);
    }
  });

  test('a query answers with rows, and a wrong one with a code', async () => {
    const good = await post('/api/mcp/d1/query', { databaseId: 'northwind-mini', sql: 'SELECT count(*) AS n FROM orders' });
    const bad = await post('/api/mcp/d1/query', { databaseId: 'northwind-mini', sql: 'DROP TABLE orders' });

    assert.equal(good.status, 200);
    assert.equal((await good.json()).rowCount, 1);
    assert.ok([400, 403].includes(bad.status));
    assert.deepEqual(Object.keys(await bad.json()).sort(), ['code', 'error']);
  });

  test('the page and its files come from the server', async () => {
    const page = await (await fetch(`${base}/docs`)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]);

    assert.ok(files.length >= 4);
    for (const file of files) {
      assert.match(file, /^\/docs\//);
      assert.equal((await fetch(base + file)).status, 200, file);
    }
  });

  test('a stranger learns nothing', async () => {
    assert.equal((await fetch(`${base}/openapi.json`)).status, 401);
    assert.deepEqual(await (await fetch(`${base}/api/mcp/auth/status`)).json(), { authenticated: false });
  });
});
