// The conformance suite against the running distribution with the fixture plugin: without authentication, and with keys.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { run } from '../lib/conformance.mjs';
import { fixtureZip, pluginFolder, start } from '../lib/distribution.mjs';
import { withAuthorization } from '../lib/proxy.mjs';

const LEGS = [
  ['--requirements', '2025-11-25'],
  ['--requirements', '2026-07-28'],
  ['--suite', 'all'],
  ['--suite', 'all', '--spec-version', '2026-07-28'],
  ['--suite', 'all', '--spec-version', '2025-06-18'],
  ['--suite', 'all', '--spec-version', '2025-03-26']
];

for (const auth of ['none', 'keys']) {
  describe(`conformance with --auth ${auth}`, () => {
    let server;
    let proxy;

    before(async () => {
      server = await start({ auth, plugins: pluginFolder(fixtureZip) });
      if (auth === 'keys') {
        proxy = await withAuthorization(server, `Bearer ${server.makeKey()}`);
      }
    });

    after(async () => {
      proxy?.close();
      await server?.stop();
    });

    for (const leg of LEGS) {
      test(leg.join(' '), async t => {
        const { counts, problems } = await run(proxy?.url ?? server.url, leg);

        t.diagnostic(JSON.stringify(counts));
        assert.deepEqual(problems, []);
      });
    }
  });
}
