// kill -9 under load: whatever was acknowledged is in the audit log.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { broken, records } from '../lib/audit.mjs';
import { start, temporaryFolder } from '../lib/distribution.mjs';
import { callUntilGone } from '../lib/load.mjs';

const ROUNDS = process.env.E2E_LONG ? 200 : 10;
const CALLERS = 16;

describe('kill -9 under load', () => {
  const data = temporaryFolder('crash');
  const starts = [];

  for (let round = 1; round <= ROUNDS; round++) {
    test(`round ${round}: every acknowledged call has its records`, { timeout: 90_000 }, async t => {
      const server = await start({ auth: 'none', data });
      starts.push(server.readyMillis);
      // Each round ends at another moment of the load.
      const count = 20 + Math.floor(Math.random() * 300);

      const acknowledged = await callUntilGone(server, `round${round}`, CALLERS, count, () => server.crash());
      await server.ended;

      const found = { 'call.intent': new Set(), 'call.outcome': new Set() };
      const sequence = [];
      for (const record of records(data)) {
        found[record.event]?.add(record.arguments);
        sequence.push(record.seq);
      }
      t.diagnostic(`ready after ${server.readyMillis} ms, ${acknowledged.length} calls acknowledged`);
      assert.ok(acknowledged.length >= count, 'there was no load');
      assert.deepEqual(acknowledged.filter(call => !found['call.intent'].has(call)), [], 'without an intent');
      assert.deepEqual(acknowledged.filter(call => !found['call.outcome'].has(call)), [], 'without an outcome');
      assert.deepEqual(broken(data), [], 'the chain is broken');
      assert.ok(sequence.every((number, i) => number === i + 1), 'the numbers of the records have a hole');
    });
  }

  test('the server is ready again after each crash', t => {
    assert.equal(starts.length, ROUNDS);
    const sorted = [...starts].sort((a, b) => a - b);
    t.diagnostic(`ready after ${sorted[Math.floor(ROUNDS / 2)]} ms in the median, ${sorted.at(-1)} ms at most`);
  });
});
