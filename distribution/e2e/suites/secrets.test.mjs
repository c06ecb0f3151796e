// A token that was planted appears nowhere: not in answers, logs, the audit log or the database, whatever an upstream does with it.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { command, start, temporaryFolder } from '../lib/distribution.mjs';
import { MOODS, echo } from '../lib/echo.mjs';

const EVERYTHING = `<configuration>
  <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
    <target>System.err</target>
    <encoder><pattern>%level %logger %msg %kvp%n%ex</pattern></encoder>
  </appender>
  <root level="TRACE"><appender-ref ref="stderr" /></root>
</configuration>`;
const TOKEN = `cfut_${'Canary0123456789Zq'.repeat(2)}feedbeef`;
// Each mood has credentials of its own, or the breaker would soon keep their requests back.
const tokens = MOODS.map((mood, index) => `${TOKEN}${String(index).padStart(2, '0')}`);
const WRONG = `cfut_${'Wrong9876543210Yx'.repeat(2)}deadc0de`;

describe('a planted token', () => {
  let server;
  let upstream;
  const answers = [];

  before(async () => {
    upstream = await echo();
    const logging = join(temporaryFolder('logging'), 'logback.xml');
    writeFileSync(logging, EVERYTHING);
    server = await start({
      auth: 'none',
      data: temporaryFolder('secrets'),
      args: ['--set', `plugins.config.cloudflare.apiUrl=${upstream.url}`, '--set', 'tools.deadline=3s'],
      env: { SYMBOLAI_MCP_JAVA_OPTS: `-Dlogback.configurationFile=${logging}` }
    });
  });

  after(async () => {
    await server.stop();
    upstream.close();
  });

  async function rest(method, path, body) {
    const response = await fetch(`${server.origin}/api/mcp/${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body)
    });
    const text = await response.text();
    answers.push(JSON.stringify([...response.headers]) + text);
    return { status: response.status, body: text };
  }

  async function mcp(name, args) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } })
    });
    answers.push(JSON.stringify([...response.headers]) + (await response.text()));
  }

  async function connect(token) {
    const begun = JSON.parse((await rest('POST', 'auth/connect', { connector: 'cloudflare', name: 'echo' })).body);
    return rest('POST', 'auth/callback', { state: begun.state, apiToken: token, accountId: upstream.accountId });
  }

  test('is stored and used', async () => {
    const connected = await connect(TOKEN);
    assert.equal(connected.status, 200, connected.body);
    assert.ok(upstream.seen > 0, 'the upstream never saw the token');
    await rest('GET', 'auth/status');
    const listed = await rest('GET', 'd1/list');
    assert.equal(listed.status, 200, listed.body);
  });

  test('is in no answer to a connection that is refused', async () => {
    for (const mood of MOODS) {
      upstream.mood = mood;
      assert.notEqual((await connect(WRONG)).status, 200, mood);
    }
    upstream.mood = 'good';
    assert.equal((await rest('POST', 'auth/callback', { state: 'made up', apiToken: TOKEN, accountId: TOKEN })).status, 400);
  });

  for (const [index, mood] of MOODS.entries()) {
    test(`is in no answer when the upstream is: ${mood}`, { timeout: 60_000 }, async () => {
      assert.equal((await connect(tokens[index])).status, 200);
      const before = upstream.seen;
      upstream.mood = mood;
      await Promise.all([
        rest('GET', 'd1/list?name=x'),
        rest('GET', 'workers/list'),
        rest('POST', 'd1/query', { databaseId: '00000000-0000-4000-8000-000000000001', sql: 'SELECT 1' }),
        mcp('kv_list_namespaces', {}),
        mcp('r2_list_buckets', {}),
        mcp('builds_list', {})
      ]);
      upstream.mood = 'good';
      assert.ok(upstream.seen > before, 'the upstream was not asked');
    });
  }

  test('the audit log has the id of the last answer with the call', async () => {
    assert.equal((await connect(TOKEN)).status, 200);
    await rest('GET', 'r2/list');
    const file = join(temporaryFolder('audit'), 'audit.jsonl');
    command(server.data, ['audit', 'export', '--output', file]);
    const lines = readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
    const last = lines.findLast(record => record.event === 'call.outcome');
    assert.equal(last.upstream, 'e2e0000000000001-TST', JSON.stringify(last));
    assert.ok(lines.every(record => !record.upstream || record.upstream === 'e2e0000000000001-TST'));
  });

  test('is nowhere afterwards', async () => {
    answers.push(command(server.data, ['connect', 'list']), command(server.data, ['config', 'print']));
    await rest('POST', 'auth/disconnect', {});
    const places = { answers: answers.join('\n'), stdout: server.output, stderr: server.errors };
    for (const file of files(server.data)) {
      places[file] = readFileSync(file, 'latin1');
    }
    assert.ok(answers.length > 100, 'too little was asked');
    assert.ok(/TRACE|DEBUG/.test(places.stderr), 'little was logged');
    for (const secret of [TOKEN, WRONG, TOKEN.slice(5), Buffer.from(TOKEN).toString('base64').slice(0, 40)]) {
      const found = Object.keys(places).filter(place => places[place].includes(secret));
      assert.deepEqual(found, [], `${secret.slice(0, 10)}… was found`);
    }
  });
});

/** Every file below a folder that can be read as bytes. */
function files(folder) {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    const kind = statSync(path);
    return kind.isDirectory() ? files(path) : kind.isFile() ? [path] : [];
  });
}
