// Keycloak tells who signs in, and everything else stays with the server: its own consent, its own tokens.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { records } from '../lib/audit.mjs';
import { launch, picture } from '../lib/browser.mjs';
import { freePort, start, temporaryFolder } from '../lib/distribution.mjs';
import { realm, startKeycloak } from '../lib/keycloak.mjs';
import { Remote } from '../lib/remote.mjs';

const CLIENT = 'symbolai';
const SECRET = 'keycloak-knows-this-secret';
const USERS = [
  { name: 'ada', password: 'ada-has-a-password', roles: ['mcp-admins'] },
  { name: 'vera', password: 'vera-has-a-password', roles: ['mcp-viewers'] },
  { name: 'eve', password: 'eve-has-a-password', roles: [] }
];

describe('Keycloak', () => {
  let keycloak;
  let server;

  before(
    async () => {
      const port = await freePort();
      const back = `http://localhost:${port}/sign-in/provider/callback`;
      keycloak = await startKeycloak(realm({ name: 'staff', clientId: CLIENT, clientSecret: SECRET, back, users: USERS }));
      const set = {
        issuer: keycloak.issuer,
        name: 'Keycloak',
        clientId: CLIENT,
        trustNames: 'true',
        'roles.admin': 'mcp-admins',
        'roles.viewer': 'mcp-viewers'
      };
      server = await start({
        port,
        args: Object.entries(set).flatMap(([key, value]) => ['--set', `signIn.provider.${key}=${value}`]),
        env: { SYMBOLAI_MCP_SIGN_IN_PROVIDER_CLIENT_SECRET: SECRET }
      });
    },
    { timeout: 300_000 }
  );

  after(async () => {
    await server?.stop();
    keycloak?.stop();
  });

  async function sitDown() {
    return (await (await launch()).newContext()).newPage();
  }

  async function signIn(page, user, address = `${server.origin}/sign-in`) {
    await page.goto(address);
    await picture(page, 'keycloak-button');
    await page.click('a.button');
    await page.waitForURL(`${keycloak.issuer}/**`);
    await picture(page, 'keycloak-there');
    await page.fill('#username', user.name);
    await page.fill('#password', user.password);
    await Promise.all([page.waitForURL(`${server.origin}/**`), page.click('#kc-login')]);
    return page;
  }

  test('lets its people in, with the roles that it says', { timeout: 60_000 }, async () => {
    for (const [user, role] of [[USERS[0], 'admin'], [USERS[1], 'viewer']]) {
      const page = await signIn(await sitDown(), user);

      assert.equal(await page.textContent('h1'), `Signed in as ${user.name}`);
      assert.match(await page.textContent('main'), new RegExp(`Your role is ${role}`));
    }
    const events = records(server.data).map(record => record.event);
    assert.equal(events.filter(event => event === 'user.created').length, 2);
    assert.equal(events.filter(event => event === 'sign-in.succeeded').length, 2);
  });

  test('lets nobody in to whom it gives no role', { timeout: 60_000 }, async () => {
    const page = await signIn(await sitDown(), USERS[2]);

    assert.match(await page.textContent('main'), /nothing that gives you a role here/);
    await picture(page, 'keycloak-no-role');
    assert.equal(records(server.data).filter(record => record.event === 'sign-in.refused').length, 1);
  });

  test('row 6: each client is asked about, though Keycloak asks nothing any more', { timeout: 120_000 }, async () => {
    const page = await sitDown();
    for (const round of [1, 2]) {
      const remote = new Remote('mcp-remote', server.url, temporaryFolder('mcp-remote')).begin();
      await remote.with(async client => {
        const address = await remote.address();
        if (round === 1) {
          await signIn(page, USERS[0], address);
        } else {
          await page.context().clearCookies({ domain: 'localhost' });
          await page.goto(address);
          await Promise.all([page.waitForURL(`${server.origin}/oauth/**`), page.click('a.button')]);
        }
        assert.equal(await page.textContent('h1'), 'Let a program use your tools?');
        await Promise.all([page.waitForNavigation(), page.click('button[value=allow]')]);
        await remote.connected;
        const { tools } = await client.listTools();
        assert.ok(tools.some(tool => tool.name === 'd1_query'));
      });
    }
  });

  test('lets somebody without a password confirm dangerous things', { timeout: 60_000 }, async () => {
    const page = await signIn(await sitDown(), USERS[0]);
    await page.goto(`${server.origin}/step-up?next=/account`);
    await page.click('a.button');
    await page.waitForURL(`${keycloak.issuer}/**`);
    await page.fill('#password', USERS[0].password);
    await Promise.all([page.waitForURL(`${server.origin}/account`), page.click('#kc-login')]);

    assert.equal(await page.textContent('h1'), 'Signed in as ada');
  });
});
