// A user connects an account, works with it through Cloudflare's API, changes it, and forgets it. The account is the embedded one of a second server.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { command, environment, launcher, start, temporaryFolder } from '../lib/distribution.mjs';

const TOKEN = 'a-token-of-the-embedded-account';
const ACCOUNT = '10ca1acc000000000000000000000001';

describe('a connected account', () => {
  let far;
  let near;

  before(async () => {
    far = await start({ auth: 'none', data: temporaryFolder('far'), args: ['--local-api', '0'], env: { SYMBOLAI_MCP_LOCAL_API_TOKEN: TOKEN } });
    const api = (await far.saying(/(http:\/\/127\.0\.0\.1:\d+\/client\/v4)/))[1];
    near = await start({
      auth: 'none',
      data: temporaryFolder('near'),
      args: ['--set', `plugins.config.cloudflare.apiUrl=${api}`, '--set', 'connections.default=none']
    });
  });

  after(async () => {
    await near?.stop();
    await far?.stop();
  });

  async function rest(method, path, body) {
    const response = await fetch(`${near.origin}/api/mcp/${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body)
    });
    return { status: response.status, body: await response.json() };
  }

  async function call(name, args) {
    const response = await fetch(near.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name,
          arguments: args,
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientInfo': { name: 'e2e', version: '1' },
            'io.modelcontextprotocol/clientCapabilities': {}
          }
        }
      })
    });
    return response.json();
  }

  function connect(token, ...more) {
    return execFileSync(launcher(), ['connect', '--account', ACCOUNT, '--token-stdin', ...more, '--data', near.data], {
      encoding: 'utf8',
      env: environment,
      input: token,
      stdio: ['pipe', 'pipe', 'pipe']
    });
  }

  test('is missed by every door before it is there', async () => {
    const missed = await call('d1_list_databases', {});
    assert.equal(missed.error.code, -32001);
    assert.equal(missed.error.data.code, 'MCP_NOT_CONNECTED');
    assert.match(missed.error.data.url, /^http/);
    const refused = await rest('GET', 'd1/list');
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, 'MCP_NOT_CONNECTED');
    assert.equal((await rest('GET', 'auth/status')).body.connected, false);
  });

  test('is not made with a wrong token, and nothing is kept', async () => {
    assert.throws(() => connect('a-wrong-token-of-nobody'), failure => failure.status === 1 && !/a-wrong-token/.test(failure.stderr));
    assert.throws(() => connect('short'), failure => /apiToken/.test(failure.stderr));
    assert.equal((await rest('GET', 'auth/status')).body.connected, false);
  });

  test('is made on the command line', async () => {
    connect(TOKEN, '--name', 'far away');
    assert.match(command(near.data, ['connect', 'list']), /far away/);
    const status = (await rest('GET', 'auth/status')).body;
    assert.equal(status.connected, true);
    assert.equal(status.connection.name, 'far away');
    assert.equal(status.connection.connector, 'cloudflare');
    assert.match(command(near.data, ['connect', 'check']), /D1/);
  });

  test('is worked with through MCP, REST and the command line', async () => {
    const databases = (await call('d1_list_databases', {})).result.structuredContent.databases;
    const sample = databases.find(database => database.name === 'northwind-mini');
    assert.ok(sample);
    const counted = await rest('POST', 'd1/query', { databaseId: sample.uuid, sql: 'SELECT count(*) AS n FROM orders' });
    assert.deepEqual(counted.body.rows, [[520]]);
    const made = await rest('POST', 'd1/query', { databaseId: sample.uuid, sql: 'DELETE FROM orders' });
    assert.equal(made.status, 403);
    const namespaces = JSON.parse(command(near.data, ['tool', 'call', 'kv_list_namespaces', '--json'])).structuredContent.namespaces;
    assert.ok(namespaces.length > 0);
    const buckets = (await rest('GET', 'r2/list')).body.buckets;
    assert.ok(buckets.length > 0);
    assert.ok((await rest('GET', 'workers/list')).body.workers.length > 0);
  });

  test('survives a restart', async () => {
    await near.stop();
    near = await start({ auth: 'none', data: near.data, args: near.process.spawnargs.filter((argument, i, all) => argument === '--set' || all[i - 1] === '--set') });
    assert.equal((await rest('GET', 'd1/list')).status, 200);
  });

  test('is forgotten', async () => {
    assert.equal((await rest('POST', 'auth/disconnect', {})).status, 200);
    assert.equal((await rest('GET', 'd1/list')).status, 409);
    assert.equal((await rest('GET', 'auth/status')).body.connected, false);
  });

  test('left its calls in the audit log of both servers', async () => {
    const { records } = await import('../lib/audit.mjs');
    assert.ok(records(near.data).some(record => record.event === 'connection.connected'));
    assert.ok(records(near.data).some(record => record.event === 'connection.disconnected'));
    assert.ok(records(far.data).length > 0);
  });
});
