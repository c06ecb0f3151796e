// TLS without a proxy: the authority that the command makes, and a real client that is told to trust it.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, distribution, environment, launcher, temporaryFolder } from '../lib/distribution.mjs';

const ask = `
  const answers = [];
  for (const path of ['/livez', '/version']) {
    const response = await fetch(process.argv[1] + path);
    answers.push([response.status, response.headers.get('strict-transport-security')]);
  }
  console.log(JSON.stringify(answers));
`;

/** What a Node client gets, in an environment of its own. */
function asked(url, env) {
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', ask, url], { encoding: 'utf8', env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }));
}

test('Node connects over TLS when it trusts the authority, and not otherwise', { timeout: 120_000 }, async () => {
  const data = temporaryFolder('tls');
  const folder = join(data, 'tls');
  const said = command(data, ['tls', 'create-ca', '--host', 'localhost,127.0.0.1']);
  assert.match(said, /NODE_EXTRA_CA_CERTS=.*ca\.pem/);
  for (const file of ['ca.key', 'server.key']) {
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
  }

  const args = ['start', '--port', '0', '--data', data, '--plugins', join(distribution(), 'plugins'), '--auth', 'none'];
  const tls = ['--set', `tls.certificate=${join(folder, 'server.pem')}`, '--set', `tls.key=${join(folder, 'server.key')}`];
  const server = spawn(launcher(), [...args, ...tls], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise(done => server.on('close', (code, signal) => done({ code, signal })));
  try {
    let output = '';
    const port = await new Promise((found, failed) => {
      server.stdout.setEncoding('utf8').on('data', text => {
        output += text;
        const match = /https:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(output);
        if (match) found(Number(match[1]));
      });
      server.stderr.resume();
      server.on('close', () => failed(new Error(`the server ended: ${output}`)));
    });

    const trusting = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    assert.deepEqual(asked(`https://localhost:${port}`, trusting), [[200, null], [200, null]]);
    assert.throws(() => asked(`https://localhost:${port}`, {}), /certificate|SELF_SIGNED|UNABLE_TO/);
    assert.match(execFileSync(launcher(), ['doctor', '--data', data, ...tls], { encoding: 'utf8', env: environment }), /the TLS certificate is good until/);
  } finally {
    server.kill('SIGTERM');
  }
  assert.deepEqual(await ended, { code: 0, signal: null });
});
