// Strangers who are slow on purpose: slowhttptest holds connections open, and honest callers must not notice.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { start } from '../lib/distribution.mjs';
import { Modern } from '../lib/rpc.mjs';

const long = Boolean(process.env.E2E_LONG);
const connections = long ? 2000 : 400;
const seconds = long ? 600 : 15;

const attacks = {
  'heads that never end': ['-H', '-i', '5'],
  'bodies that never end': ['-B', '-i', '5', '-s', '8192'],
  'answers that nobody reads': ['-X', '-w', '10', '-y', '20', '-n', '5', '-z', '32', '-k', '3'],
  'ranges that overlap': ['-R', '-a', '10', '-b', '3000', '-t', 'HEAD']
};

/** Calls a tool again and again, and gives how long each call took. */
async function call(server, until) {
  const client = new Modern(server.url, { key: server.key });
  const millis = [];
  while (until()) {
    const began = performance.now();
    const result = await client.call('d1_list_databases');
    assert.ok(!result.isError, JSON.stringify(result));
    millis.push(performance.now() - began);
    await new Promise(done => setTimeout(done, 20));
  }
  return millis.sort((one, other) => one - other);
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

for (const [name, options] of Object.entries(attacks)) {
  test(`row 26: ${name}`, { timeout: (seconds + 120) * 1000 }, async t => {
    const server = await start();
    server.makeKey();
    const quietEnd = Date.now() + 5000;
    const quiet = await call(server, () => Date.now() < quietEnd);

    let attacking = true;
    const url = `http://127.0.0.1:${server.port}${name.startsWith('bodies') ? '/api/mcp' : '/docs'}`;
    const line = [...options, '-c', String(connections), '-r', '200', '-l', String(seconds), '-p', '5', '-u', url];
    const attacker = spawn('slowhttptest', line, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((done, failed) => attacker.on('close', done).on('error', failed)).finally(() => (attacking = false));
    const under = await call(server, () => attacking);
    await ended;

    const ratio = percentile(under, 0.99) / percentile(quiet, 0.99);
    t.diagnostic(
      `${connections} connections for ${seconds} s: ${under.length} calls, all answered; p50 ${percentile(under, 0.5).toFixed(1)} ms, ` +
        `p99 ${percentile(under, 0.99).toFixed(1)} ms, ${ratio.toFixed(2)} times that of a quiet server`
    );
    assert.ok(under.length > 0);
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  });
}
