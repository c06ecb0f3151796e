// What the system sees: an answer leaves only after the sync of its audit record has come back.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hash } from '../lib/audit.mjs';
import { start, temporaryFolder } from '../lib/distribution.mjs';
import { marked } from '../lib/load.mjs';
import { Modern } from '../lib/rpc.mjs';
import { sampleId } from '../lib/sample.mjs';

const CALLS = 50;
const TRACED = 'trace=fdatasync,fsync,write,writev,pwrite64,sendto,sendmsg';

test('each acknowledgement follows its completed sync', { timeout: 180_000 }, async t => {
  const trace = join(temporaryFolder('trace'), 'calls');
  const wrapper = ['strace', '-f', '--seccomp-bpf', '-y', '-s', '16384', '-e', TRACED, '-o', trace];
  const server = await start({ auth: 'none', wrapper, timeout: 150_000 });
  const client = new Modern(server.url);
  const databaseId = sampleId(await client.call('d1_list_databases'));
  const calls = Array.from({ length: CALLS }, (_, i) => ({ mark: `trace-mark-${i}-end`, args: marked(databaseId, `trace-mark-${i}-end`) }));

  // In waves, so that single records and batches are both seen.
  for (let i = 0; i < calls.length; i += i % 3 === 0 ? 1 : 7) {
    await Promise.all(calls.slice(i, i + (i % 3 === 0 ? 1 : 7)).map(({ args }) => client.call('d1_query', args)));
  }
  // The wrapper does not hand the signal on; the server is its child.
  const wrapperPid = server.process.pid;
  process.kill(Number(readFileSync(`/proc/${wrapperPid}/task/${wrapperPid}/children`, 'utf8').trim()), 'SIGTERM');
  await server.ended;

  const lines = readFileSync(trace, 'utf8').split('\n').map(parse);
  for (const { mark, args } of calls) {
    check(lines, mark, hash(args));
  }
  t.diagnostic(`${CALLS} calls in ${lines.length} traced system calls`);
});

/** One line of the trace: `pid name(fd<what>, ...) = result`, or one half of it. */
function parse(text) {
  const [, pid, rest] = /^(\d+)\s+(.*)$/.exec(text) ?? [];
  const started = /^(\w+)\((\d+)<([^>]*)>/.exec(rest ?? '');
  const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest ?? '');
  return {
    pid,
    text: rest ?? '',
    name: (started ?? resumed)?.[1],
    what: started?.[3] ?? '',
    begins: Boolean(started),
    ends: Boolean(resumed) || (Boolean(started) && !text.endsWith('<unfinished ...>')),
    good: /= 0$/.test(text)
  };
}

function check(lines, mark, argumentsHash) {
  const record = lines.findIndex(
    line => line.begins && line.what.endsWith('.jsonl') && line.text.includes('call.outcome') && line.text.includes(argumentsHash)
  );
  const answer = lines.findIndex(line => line.begins && /^(TCP|socket)/.test(line.what) && line.text.includes(mark));
  assert.ok(record >= 0, `${mark}: the record of the outcome was not written`);
  assert.ok(answer >= 0, `${mark}: the answer was not written`);
  const began = lines.findIndex(
    (line, i) => i > record && line.begins && /^f(data)?sync$/.test(line.name) && line.what === lines[record].what
  );
  assert.ok(began >= 0, `${mark}: the record was not synced`);
  const ended = lines.findIndex((line, i) => i >= began && line.pid === lines[began].pid && line.ends && line.name === lines[began].name);
  assert.ok(ended >= 0 && lines[ended].good, `${mark}: the sync did not succeed`);
  assert.ok(ended < answer, `${mark}: the answer (line ${answer + 1}) left before the sync came back (line ${ended + 1})`);
}
