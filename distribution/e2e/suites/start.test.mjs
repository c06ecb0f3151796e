// The first minutes of an operator: start, first run, commands, mistakes. On every Java that was found.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { command, environment, jdk, launcher, start, temporaryFolder } from '../lib/distribution.mjs';
import { Modern } from '../lib/rpc.mjs';
import { sampleId } from '../lib/sample.mjs';

const JDKS = (process.env.E2E_JDKS ?? jdk ?? '').split(':').filter(Boolean);

function attempt(args, env = {}) {
  return spawnSync(launcher(), args, { encoding: 'utf8', env: { ...environment, ...env }, timeout: 60_000 });
}

for (const java of JDKS) {
  describe(`on ${java}`, () => {
    const env = { SYMBOLAI_MCP_JAVA_HOME: java };
    const data = temporaryFolder('start');

    test('the first run gives a key that works', { timeout: 60_000 }, async t => {
      const server = await start({ data, env, args: ['--first-run'] });
      const [key] = await server.saying(/smcp_[A-Za-z0-9_-]+(?=\s)/);
      const tools = await new Modern(server.url, { key }).request('tools/list');
      await server.stop();

      t.diagnostic(`ready after ${server.readyMillis} ms, cold; it says: ${/\d+ ms/.exec(server.output)?.[0]}`);
      assert.ok(tools.tools.some(tool => tool.name === 'd1_query'));
      assert.match(server.output, /ready.* \d+ ms/i);
      assert.equal(statSync(data).mode & 0o077, 0, 'the data folder is private');
    });

    test('the second run is silent about keys', { timeout: 60_000 }, async t => {
      const server = await start({ data, env, args: ['--first-run'] });
      await server.stop();

      t.diagnostic(`ready after ${server.readyMillis} ms, warm; it says: ${/\d+ ms/.exec(server.output)?.[0]}`);
      assert.doesNotMatch(server.output + server.errors, /smcp_/);
    });

    test('standard error is empty of warnings of the virtual machine', { timeout: 60_000 }, async () => {
      const server = await start({ data, env });
      await server.stop();

      assert.doesNotMatch(server.errors, /WARNING|OpenJDK|\[warning\]/);
    });
  });
}

describe('commands', () => {
  test('--version and --help need no data folder', () => {
    assert.match(attempt(['--version']).stdout, /\d+\.\d+\.\d+/);
    assert.match(attempt(['--help']).stdout, /start/);
  });

  test('a wrong flag is a usage error', () => {
    assert.equal(attempt(['start', '--prot', '1']).status, 2);
  });

  test('a wrong configuration names its key and ends with 78', () => {
    const end = attempt(['start', '--data', temporaryFolder('config'), '--set', 'server.prot=1']);

    assert.equal(end.status, 78);
    assert.match(end.stderr, /server\.prot.*server\.port/s);
  });

  test('no authentication is refused beyond the loopback', () => {
    const end = attempt(['start', '--data', temporaryFolder('open'), '--auth', 'none', '--host', '0.0.0.0', '--port', '0']);

    assert.equal(end.status, 78);
    assert.match(end.stderr, /loopback/);
  });

  test('a port in use is named', { timeout: 60_000 }, async () => {
    const server = await start();

    const end = attempt(['start', '--data', temporaryFolder('port'), '--port', String(server.port)]);
    await server.stop();

    assert.equal(end.status, 1);
    assert.match(end.stderr, new RegExp(String(server.port)));
  });

  test('a data folder in use is refused', { timeout: 60_000 }, async () => {
    const server = await start();

    const end = attempt(['start', '--data', server.data, '--port', '0']);
    await server.stop();

    assert.equal(end.status, 1);
    assert.ok(end.stderr.includes(server.data), end.stderr);
  });

  test('tools are called from the command line, with a server and without', { timeout: 90_000 }, async () => {
    const data = temporaryFolder('cli');
    const alone = JSON.parse(command(data, ['tool', 'call', 'd1_list_databases', '--json']));
    const server = await start({ data });
    const beside = JSON.parse(command(data, ['tool', 'call', 'd1_list_databases', '--json']));
    await server.stop();

    assert.ok(sampleId({ structuredContent: alone.structuredContent ?? alone }));
    assert.deepEqual(beside, alone);
    assert.match(command(data, ['tool', 'list']), /d1_query/);
    assert.match(command(data, ['plugin', 'list']), /d1/);
  });

  test('a revoked key is refused at once', { timeout: 60_000 }, async () => {
    const server = await start();
    const client = new Modern(server.url, { key: server.makeKey() });
    await client.request('tools/list');
    const [id] = /\S*[A-Za-z0-9_-]{6,}/.exec(command(server.data, ['key', 'list']).split('\n').find(line => line.includes('e2e')));

    command(server.data, ['key', 'revoke', id]);

    await assert.rejects(client.request('tools/list'), { status: 401 });
    await server.stop();
  });

  test('a data folder whose socket path is long still works', { timeout: 60_000 }, async () => {
    const data = join(temporaryFolder('long'), 'x'.repeat(100));
    mkdirSync(data, { mode: 0o700 });
    const server = await start({ data });
    const tools = command(data, ['tool', 'list']);
    await server.stop();

    assert.match(tools, /d1_query/);
  });

  test('help for people', () => {
    const data = temporaryFolder('people');
    assert.equal(attempt(['config', 'check', '--data', data]).status, 0);
    assert.match(attempt(['config', 'print', '--data', data]).stdout, /port/);
    assert.match(attempt(['client', 'snippet', 'cursor', '--data', data]).stdout, /mcpServers/);
    assert.equal(attempt(['doctor', '--data', data]).status, 0);
  });
});
