// Plugins come, are replaced and go while clients are connected to the running distribution.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { command, fixtureZip, jar, pluginFolder, start, temporaryFolder } from '../lib/distribution.mjs';
import { fixtures } from '../lib/fixtures.mjs';
import { Legacy, Modern, RpcError, messages } from '../lib/rpc.mjs';

const { plain } = fixtures;
const CHANGED = 'notifications/tools/list_changed';

describe('plugins of a running server', () => {
  let server;
  let client;
  let session;
  let changes;

  before(async () => {
    server = await start({ auth: 'none', plugins: pluginFolder() });
    client = new Modern(server.url);
    session = new Legacy(server.url);
    await session.initialize();
    const stream = await fetch(server.url, { headers: session.headers({ Accept: 'text/event-stream' }) });
    const { response } = client.post('subscriptions/listen', { notifications: { toolsListChanged: true } });
    changes = { 2025: listen(stream), 2026: listen(await response) };
    await changes[2026].until(all => all.some(message => message.method === 'notifications/subscriptions/acknowledged'));
  });

  after(() => server?.stop());

  test('a zip that is dropped in shows its tools, and both eras are told once', { timeout: 30_000 }, async () => {
    const names = await toolNames();

    put(fixtureZip);
    await told(1);

    assert.ok(!names.includes(plain.name));
    assert.ok((await toolNames()).includes(plain.name));
    assert.ok((await client.call(plain.name, plain.arguments)).content[0].text);
    assert.ok((await session.call(plain.name, plain.arguments)).content[0].text);
    assert.match(command(server.data, ['plugin', 'list']), /conformance\s.*0\.1\.0/);
  });

  test('a zip that is replaced serves its new version, and both eras are told once', { timeout: 30_000 }, async () => {
    put(newerVersion());
    await until(() => /conformance\s.*0\.1\.1/.test(command(server.data, ['plugin', 'list'])));
    await told(2);

    const { tools } = await session.request('tools/list');
    assert.equal(tools.find(tool => tool.name === plain.name).description, plain.description.toUpperCase());
    assert.ok((await client.call(plain.name, plain.arguments)).content[0].text);
  });

  test('a zip that is broken is refused with a reason, and the old version goes on', { timeout: 30_000 }, async () => {
    const broken = join(temporaryFolder('broken'), 'broken.zip');
    writeFileSync(broken, readFileSync(fixtureZip).subarray(0, 3000));

    put(broken);
    await until(() => /refused/i.test(command(server.data, ['plugin', 'list'])));

    assert.ok((await client.call(plain.name, plain.arguments)).content[0].text);
    assert.equal(changes[2025].count(CHANGED), 2);
  });

  test('a zip that is removed takes its tools with it, and both eras are told once', { timeout: 30_000 }, async () => {
    rmSync(join(server.plugins, 'conformance.zip'));
    await told(3);

    assert.ok(!(await toolNames()).includes(plain.name));
    await assert.rejects(client.call(plain.name, plain.arguments), failure => failure instanceof RpcError && failure.code === -32602);
    assert.ok((await toolNames()).includes('d1_query'));
  });

  /** Puts a zip into the folder as a whole, as `mv` does. */
  function put(file) {
    cpSync(file, join(server.plugins, '.incoming'));
    renameSync(join(server.plugins, '.incoming'), join(server.plugins, 'conformance.zip'));
  }

  /** Waits for the number of changes in both eras, and sees that there are no more. */
  async function told(times) {
    for (const era of Object.values(changes)) {
      await era.until(() => era.count(CHANGED) >= times);
    }
    await new Promise(done => setTimeout(done, 500));
    assert.deepEqual(
      Object.fromEntries(Object.entries(changes).map(([era, seen]) => [era, seen.count(CHANGED)])),
      { 2025: times, 2026: times }
    );
  }

  async function toolNames() {
    const names = [];
    let cursor;
    do {
      const page = await client.request('tools/list', cursor ? { cursor } : {});
      names.push(...page.tools.map(tool => tool.name));
      cursor = page.nextCursor;
    } while (cursor);
    return names;
  }
});

/** The same plugin with another version, in which a tool is described with other letters. */
function newerVersion() {
  const folder = temporaryFolder('newer');
  const zip = join(folder, 'newer.zip');
  const properties = join(folder, 'plugin.properties');
  const code = join(folder, plain.code);
  cpSync(fixtureZip, zip);
  jar(['xf', zip, 'plugin.properties', plain.code], { cwd: folder });
  writeFileSync(properties, readFileSync(properties, 'utf8').replace(/^plugin\.version=.*$/m, 'plugin.version=0.1.1'));
  // Constants lie in compiled code as they are; the new one is as long as the old one.
  writeFileSync(code, readFileSync(code, 'latin1').replace(plain.description, plain.description.toUpperCase()), 'latin1');
  jar(['ufM', zip, 'plugin.properties', plain.code], { cwd: folder });
  return zip;
}

function listen(response) {
  const seen = [];
  const waiting = new Set();
  (async () => {
    for await (const message of messages(response)) {
      seen.push(message);
      waiting.forEach(look => look());
    }
  })().catch(() => {});
  return {
    count: method => seen.filter(message => message.method === method).length,
    until: condition =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`not seen in time; seen: ${JSON.stringify(seen)}`)), 10_000);
        const look = () => {
          if (condition(seen)) {
            clearTimeout(timer);
            waiting.delete(look);
            done();
          }
        };
        waiting.add(look);
        look();
      })
  };
}

async function until(condition) {
  for (let i = 0; i < 50; i++) {
    if (condition()) {
      return;
    }
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error('not so after 10 s');
}
