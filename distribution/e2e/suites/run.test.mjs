// The first command of the README, in a copy of the sources that has never been built.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { environment, root, temporaryFolder } from '../lib/distribution.mjs';

const LEFT_OUT = new Set(['target', 'node_modules', '.git']);

describe('./run in a fresh copy', () => {
  test('builds, starts, and prints a key that works', { timeout: 600_000 }, async () => {
    const copy = join(temporaryFolder('run'), 'copy');
    cpSync(root, copy, { recursive: true, filter: path => !LEFT_OUT.has(basename(path)) });
    const server = spawn('./run', ['--port', '0', '--data', temporaryFolder('run-data')], { cwd: copy, env: environment });
    let said = '';
    server.stdout.on('data', text => (said += text));
    server.stderr.on('data', text => (said += text));
    const ended = new Promise(done => server.on('close', done));
    try {
      const key = await saying(/(smcp_\w+)/);
      const origin = await saying(/(http:\/\/127\.0\.0\.1:\d+)/);
      const listed = await fetch(`${origin}/api/mcp/d1/list`, { headers: { authorization: `Bearer ${key}` } });
      assert.equal(listed.status, 200);
      assert.equal((await listed.json()).databases[0].name, 'northwind-mini');
      assert.equal((await fetch(`${origin}/api/mcp/d1/list`)).status, 401);
    } finally {
      server.kill('SIGTERM');
      assert.equal(await ended, 0, said);
    }

    async function saying(pattern) {
      while (!pattern.test(said)) {
        assert.equal(server.exitCode, null, said);
        await new Promise(done => setTimeout(done, 50));
      }
      return pattern.exec(said)[1];
    }
  });
});
