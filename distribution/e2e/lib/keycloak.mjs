// A real Keycloak with a realm of its own.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { environment, freePort, jar, jdk, temporaryFolder } from './distribution.mjs';

const running = new Set();

after(() => running.forEach(end));
process.on('exit', () => running.forEach(end));

/** Its launcher starts Java as a child, so the whole group goes. */
function end(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Starts Keycloak with a realm and waits until it answers; gives the realm's issuer. */
export async function startKeycloak(realm, timeout = 240_000) {
  const folder = temporaryFolder('keycloak');
  jar(['xf', process.env.E2E_KEYCLOAK], { cwd: folder });
  const home = join(folder, readdirSync(folder)[0]);
  mkdirSync(join(home, 'data/import'), { recursive: true });
  writeFileSync(join(home, 'data/import/realm.json'), JSON.stringify(realm));
  execFileSync('chmod', ['+x', join(home, 'bin/kc.sh')]);
  const port = await freePort();
  const child = spawn(
    join(home, 'bin/kc.sh'),
    ['start-dev', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`, '--http-management-port=0', '--log-level=warn'],
    { env: { ...environment, JAVA_HOME: jdk }, stdio: ['ignore', 'pipe', 'pipe'], detached: true }
  );
  running.add(child);
  let said = '';
  child.stdout.on('data', text => (said += text));
  child.stderr.on('data', text => (said += text));
  child.on('close', () => running.delete(child));
  const issuer = `http://127.0.0.1:${port}/realms/${realm.realm}`;
  const deadline = Date.now() + timeout;
  while (!(await answers(issuer))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`Keycloak did not start:\n${said.slice(-4000)}`);
    }
    await new Promise(done => setTimeout(done, 250));
  }
  return { issuer, stop: () => end(child) };
}

async function answers(issuer) {
  try {
    return (await fetch(`${issuer}/.well-known/openid-configuration`)).ok;
  } catch {
    return false;
  }
}

/** A realm with one client and with users who have these roles. */
export function realm({ name, clientId, clientSecret, back, users }) {
  const roles = [...new Set(users.flatMap(user => user.roles))];
  return {
    realm: name,
    enabled: true,
    sslRequired: 'none',
    roles: { realm: roles.map(role => ({ name: role })) },
    clients: [
      {
        clientId,
        secret: clientSecret,
        protocol: 'openid-connect',
        publicClient: false,
        standardFlowEnabled: true,
        redirectUris: [back],
        attributes: { 'pkce.code.challenge.method': 'S256' },
        protocolMappers: [
          {
            name: 'roles',
            protocol: 'openid-connect',
            protocolMapper: 'oidc-usermodel-realm-role-mapper',
            config: { 'claim.name': 'roles', 'jsonType.label': 'String', multivalued: 'true', 'id.token.claim': 'true', 'access.token.claim': 'false' }
          }
        ]
      }
    ],
    users: users.map(user => ({
      username: user.name,
      email: `${user.name}@example.com`,
      emailVerified: true,
      firstName: user.name,
      lastName: 'Example',
      enabled: true,
      credentials: [{ type: 'password', value: user.password, temporary: false }],
      realmRoles: user.roles
    }))
  };
}
