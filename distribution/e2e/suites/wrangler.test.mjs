// Cloudflare's own command-line tool works on the local API as it does on Cloudflare.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLocalApi, token } from '../lib/localApi.mjs';
import { databaseName } from '../lib/sample.mjs';
import { Wrangler } from '../lib/wrangler.mjs';

const patience = { timeout: 120_000 };

let server;
let wrangler;

before(async () => {
  server = await startLocalApi();
  wrangler = new Wrangler(server.api, token, server.account);
});

after(() => server?.stop());

describe('wrangler', () => {
  test('knows who it is', patience, async () => {
    const who = await wrangler.json('whoami', '--json');

    assert.equal(who.loggedIn, true);
    assert.deepEqual(who.accounts.map(account => account.id), [server.account]);
  });

  test('is told of a wrong token', patience, async () => {
    const { code, text } = await new Wrangler(server.api, 'another-token-of-the-tests', server.account).try('d1', 'list');

    assert.notEqual(code, 0);
    assert.match(text, /Authentication error \[code: 10000\]/);
  });

  test('makes, lists, uses and deletes a D1 database', patience, async () => {
    await wrangler.run('d1', 'create', 'by-wrangler');
    const names = (await wrangler.json('d1', 'list', '--json')).map(database => database.name);
    const sql = "CREATE TABLE t(a); INSERT INTO t VALUES ('one'), ('two'); SELECT count(*) AS n FROM t";
    const results = await wrangler.json('d1', 'execute', 'by-wrangler', '--remote', '--json', '--yes', '--command', sql);
    const wrong = await wrangler.try('d1', 'execute', 'by-wrangler', '--remote', '--yes', '--command', 'SELECT * FROM nowhere');
    await wrangler.run('d1', 'delete', 'by-wrangler', '--skip-confirmation');
    const gone = await wrangler.try('d1', 'execute', 'by-wrangler', '--remote', '--yes', '--command', 'SELECT 1');

    assert.ok(names.includes('by-wrangler') && names.includes(databaseName), String(names));
    assert.deepEqual(results.at(-1).results, [{ n: 2 }]);
    assert.match(wrong.text, /no such table: nowhere.*\[code: 7500\]/s);
    assert.match(gone.text, /Couldn't find a D1 DB with name or binding 'by-wrangler'/);
  });

  test('brings a file of SQL into a D1 database, and takes it out', patience, async () => {
    await wrangler.run('d1', 'create', 'by-file');
    wrangler.write('in.sql', "CREATE TABLE t(a);\nINSERT INTO t VALUES ('x;y');\nINSERT INTO t VALUES ('z');\n");

    await wrangler.run('d1', 'execute', 'by-file', '--remote', '--yes', '--file', 'in.sql');
    await wrangler.run('d1', 'export', 'by-file', '--remote', '--output', 'out.sql');
    await wrangler.run('d1', 'create', 'by-file-again');
    await wrangler.run('d1', 'execute', 'by-file-again', '--remote', '--yes', '--file', 'out.sql');

    const results = await wrangler.json('d1', 'execute', 'by-file-again', '--remote', '--json', '--yes', '--command', 'SELECT a FROM t');
    assert.deepEqual(results[0].results, [{ a: 'x;y' }, { a: 'z' }]);
  });

  test('puts a D1 database back in time', patience, async () => {
    await wrangler.run('d1', 'create', 'in-time');
    const { bookmark } = await wrangler.json('d1', 'time-travel', 'info', 'in-time', '--json');
    await wrangler.run('d1', 'execute', 'in-time', '--remote', '--yes', '--command', 'CREATE TABLE t(a)');

    await wrangler.json('d1', 'time-travel', 'restore', 'in-time', '--bookmark', bookmark, '--json');

    const results = await wrangler.json('d1', 'execute', 'in-time', '--remote', '--json', '--yes', '--command', "SELECT name FROM sqlite_schema WHERE name = 't'");
    assert.deepEqual(results[0].results, []);
  });

  test('makes a KV namespace and keeps values in it', patience, async () => {
    await wrangler.run('kv', 'namespace', 'create', 'by-wrangler');
    const namespaces = JSON.parse(await wrangler.run('kv', 'namespace', 'list'));
    const id = namespaces.find(namespace => namespace.title === 'by-wrangler').id;
    const at = ['--namespace-id', id, '--remote'];
    const metadata = '{"lang":"en"}';

    await wrangler.run('kv', 'key', 'put', 'a/key of ü', 'the value', ...at, '--metadata', metadata, '--ttl', '3600');
    await wrangler.run('kv', 'key', 'put', 'plain', 'another', ...at);
    const value = await wrangler.run('kv', 'key', 'get', 'a/key of ü', ...at, '--text');
    const keys = JSON.parse(await wrangler.run('kv', 'key', 'list', ...at));
    await wrangler.run('kv', 'key', 'delete', 'plain', ...at);
    const gone = await wrangler.try('kv', 'key', 'get', 'plain', ...at, '--text');

    assert.equal(value.trimEnd(), 'the value');
    assert.deepEqual(keys.map(key => key.name), ['a/key of ü', 'plain']);
    assert.deepEqual(keys[0].metadata, { lang: 'en' });
    assert.match(gone.text, /not found/i);
  });

  test('writes and deletes many KV values', patience, async () => {
    await wrangler.run('kv', 'namespace', 'create', 'in-bulk');
    const { id } = JSON.parse(await wrangler.run('kv', 'namespace', 'list')).find(namespace => namespace.title === 'in-bulk');
    const at = ['--namespace-id', id, '--remote'];
    const entries = Array.from({ length: 30 }, (_, index) => ({ key: `key-${index}`, value: `value ${index}` }));
    wrangler.write('entries.json', JSON.stringify(entries));
    wrangler.write('keys.json', JSON.stringify(entries.slice(1).map(entry => entry.key)));

    await wrangler.run('kv', 'bulk', 'put', 'entries.json', ...at);
    const before = JSON.parse(await wrangler.run('kv', 'key', 'list', ...at));
    await wrangler.run('kv', 'bulk', 'delete', 'keys.json', ...at, '--force');
    const after = JSON.parse(await wrangler.run('kv', 'key', 'list', ...at));

    assert.equal(before.length, 30);
    assert.deepEqual(after.map(key => key.name), ['key-0']);
  });

  test('makes an R2 bucket and keeps objects in it', patience, async () => {
    wrangler.write('object.txt', 'the object\n');

    await wrangler.run('r2', 'bucket', 'create', 'by-wrangler');
    const list = await wrangler.run('r2', 'bucket', 'list');
    await wrangler.run('r2', 'object', 'put', 'by-wrangler/folder/object.txt', '--remote', '--file', 'object.txt', '--content-type', 'text/plain');
    const content = await wrangler.run('r2', 'object', 'get', 'by-wrangler/folder/object.txt', '--remote', '--pipe');
    await wrangler.run('r2', 'object', 'delete', 'by-wrangler/folder/object.txt', '--remote');
    const gone = await wrangler.try('r2', 'object', 'get', 'by-wrangler/folder/object.txt', '--remote', '--pipe');
    await wrangler.run('r2', 'bucket', 'delete', 'by-wrangler');

    assert.match(list, /name:\s+by-wrangler/);
    assert.ok(content.endsWith('the object\n'), content);
    assert.match(gone.text, /The specified key does not exist/);
  });

  test('deploys a Worker, deploys it again, and goes back', patience, async () => {
    const config = { name: 'by-wrangler', main: 'index.js', compatibility_date: '2026-01-01', workers_dev: false, vars: { GREETING: 'hello' } };
    wrangler.write('wrangler.json', JSON.stringify(config));
    wrangler.write('index.js', 'export default { fetch: () => new Response("first") };\n');

    await wrangler.run('deploy');
    wrangler.write('index.js', 'export default { fetch: () => new Response("second") };\n');
    await wrangler.run('deploy', '--message', 'the second');
    const versions = await wrangler.json('versions', 'list', '--json');
    await wrangler.run('rollback', versions[0].id, '--message', 'back', '--yes');
    const deployments = await wrangler.json('deployments', 'list', '--json');
    await wrangler.run('delete', '--force');
    const gone = await wrangler.try('deployments', 'list', '--json');

    assert.equal(versions.length, 2);
    assert.ok(deployments.length >= 3, JSON.stringify(deployments));
    assert.ok(deployments.some(deployment => deployment.versions[0].version_id === versions[0].id));
    assert.notEqual(gone.code, 0);
  });
});
