// Every tool that the distribution lists is called once on the embedded account, and its result is held to its output schema.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { command, start, temporaryFolder } from '../lib/distribution.mjs';
import { Modern } from '../lib/rpc.mjs';
import { QUICK, SLOW, samples } from '../lib/tool-samples.mjs';

describe('the tools of the distribution on the embedded account', () => {
  let server;
  let client;

  before(async () => {
    const folder = temporaryFolder('tools');
    const projects = [project(folder, QUICK, 'echo built'), project(folder, SLOW, 'sleep 60')];
    const file = join(folder, 'symbolai-mcp.yaml');
    writeFileSync(
      file,
      JSON.stringify({ tools: { checkOutput: true }, plugins: { config: { local: { projects, builds: true } } } })
    );
    server = await start({ auth: 'none', args: ['--config', file] });
    client = new Modern(server.url);
  });

  after(() => server?.stop());

  test('each listed tool has a sample, and each sample a tool', async () => {
    const listed = (await client.request('tools/list')).tools.map(tool => tool.name);
    const commands = command(server.data, ['tool', 'list']);

    assert.deepEqual(listed.toSorted(), Object.keys(samples).toSorted());
    listed.forEach(name => assert.match(commands, new RegExp(`^${name}\\b`, 'm')));
  });

  test('each tool works and gives what it promises', { timeout: 120_000 }, async context => {
    const done = {};
    for (const [name, sample] of Object.entries(samples)) {
      await context.test(name, async () => {
        done[name] = await call(name, await sample(call, done));
      });
    }
  });

  /** The structured content of a call; the server holds it to the output schema. */
  async function call(name, args) {
    const result = await client.call(name, args);
    assert.ok(!result.isError, `${name}: ${result.content?.[0]?.text}`);
    assert.equal(typeof result.structuredContent, 'object', `${name} has no structured content`);
    return result.structuredContent;
  }

  function project(folder, name, build) {
    const at = join(folder, name);
    mkdirSync(at);
    writeFileSync(join(at, 'index.js'), 'export default {};\n');
    writeFileSync(
      join(at, 'wrangler.json'),
      JSON.stringify({ name, main: 'index.js', compatibility_date: '2026-01-01', build: { command: build } })
    );
    return at;
  }
});
