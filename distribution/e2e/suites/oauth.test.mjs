// Clients that are given a URL and nothing else: they find out by themselves how to get a token, and a real browser agrees.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, StreamableHTTPClientTransport as HttpTransport } from '@modelcontextprotocol/client';
import { Client as ClientOne } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpTransportOne } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { records } from '../lib/audit.mjs';
import { authorization } from '../lib/conformance.mjs';
import { command, start, temporaryFolder } from '../lib/distribution.mjs';
import { Errand } from '../lib/errand.mjs';
import { Person } from '../lib/person.mjs';
import { Remote, version } from '../lib/remote.mjs';
import { countTables, sampleId } from '../lib/sample.mjs';

const MEETING = { timeout: 120_000 };
const REMOTES = [
  { name: 'mcp-remote', args: ['--protocol', 'legacy'] },
  { name: 'mcp-remote', args: ['--protocol', 'auto'] },
  { name: 'mcp-remote-0.1', args: [] }
];

async function useTools(client) {
  const { tools } = await client.listTools();
  const databaseId = sampleId(await client.callTool({ name: 'd1_list_databases', arguments: {} }));
  const answer = await client.callTool({ name: 'd1_query', arguments: { databaseId, sql: countTables } });
  assert.ok(tools.some(tool => tool.name === 'd1_query'));
  assert.ok(answer.structuredContent.rows.flat().some(value => Number(value.n ?? value) >= 5), JSON.stringify(answer));
}

describe('a client that knows only the URL', () => {
  const secrets = [];
  let server;

  before(async () => {
    server = await start();
    server.makeKey();
  });

  after(() => server?.stop());

  for (const { name, args } of REMOTES) {
    test(`mcp-remote ${version(name)} ${args.join(' ')} by the browser, and again without it`, MEETING, async () => {
      const folder = temporaryFolder('mcp-remote');
      const person = await Person.sitDown('admin');
      const first = new Remote(name, server.url, folder, args).begin();
      await first.with(async client => {
        const end = await person.open(await first.address(), server.origin, { pictures: `browser-${version(name)}` });
        assert.match(end, /^http:\/\/(localhost|127\.0\.0\.1):\d+\/oauth\/callback\?/);
        await first.connected;
        await useTools(client);
      });
      assert.deepEqual([person.signedIn, person.asked], [1, 1]);

      const second = new Remote(name, server.url, folder, args).begin();
      await second.with(async client => {
        await second.connected;
        await useTools(client);
      });
      assert.doesNotMatch(second.said, /visiting:/);
    });
  }

  test('row 6: another client of the same user is asked about by itself', MEETING, async () => {
    const person = await Person.sitDown('admin');
    for (const asked of [1, 2]) {
      const remote = new Remote('mcp-remote', server.url, temporaryFolder('mcp-remote')).begin();
      await remote.with(async client => {
        await person.open(await remote.address(), server.origin);
        await remote.connected;
        await useTools(client);
      });
      assert.deepEqual([person.signedIn, person.asked], [1, asked]);
    }
  });

  test('a client that the user does not allow gets nothing', MEETING, async () => {
    const person = await Person.sitDown('admin');
    const remote = new Remote('mcp-remote', server.url, temporaryFolder('mcp-remote')).begin();
    const end = await person.open(await remote.address(), server.origin, { allow: false });
    await assert.rejects(remote.connected);
    await remote.close();
    assert.match(end, /error=access_denied/);
    assert.match(end, /iss=/);
    assert.doesNotMatch(end, /code=/);
  });

  for (const protocol of ['legacy', 'auto']) {
    test(`mcp-remote ${version('mcp-remote')} --protocol ${protocol} by a code that is typed elsewhere`, MEETING, async () => {
      const folder = temporaryFolder('mcp-remote');
      const args = ['--protocol', protocol, '--device-code'];
      const person = await Person.sitDown('admin');
      const first = new Remote('mcp-remote', server.url, folder, args).begin();
      await first.with(async client => {
        const address = (await first.saying(/visit:[^]*?(http\S+)/))[1];
        const code = (await first.saying(/code:\s+([A-Z0-9-]{8,})/))[1];
        assert.match(await person.type(address, server.origin, code), /may call tools in your name/);
        await first.connected;
        await useTools(client);
      });

      const second = new Remote('mcp-remote', server.url, folder, args).begin();
      await second.with(async client => {
        await second.connected;
        await useTools(client);
      });
      assert.doesNotMatch(second.said, /enter the code/);
    });
  }

  for (const protocol of ['legacy', 'auto']) {
    test(`mcp-remote ${version('mcp-remote')} --protocol ${protocol} by credentials of its own`, MEETING, async () => {
      const [id, secret] = command(server.data, ['client', 'create', '--credentials', '--user', 'admin', '--name', 'job']).trim().split(' ');
      const args = ['--protocol', protocol, '--client-credentials', '--static-oauth-client-info', `{"client_id":"${id}","client_secret":"\${JOB_SECRET}"}`];
      const remote = new Remote('mcp-remote', server.url, temporaryFolder('mcp-remote'), args, { JOB_SECRET: secret }).begin();
      await remote.with(async client => {
        await remote.connected;
        await useTools(client);
      });
      assert.doesNotMatch(remote.said, /visiting:/);
      secrets.push(secret);
    });
  }

  const libraries = [
    { name: 'sdk 1.32.2', client: () => new ClientOne(Errand.WHO), transport: HttpTransportOne, part: 'code' },
    { name: 'client 2.4.0, legacy', client: () => new Client(Errand.WHO), transport: HttpTransport, part: 'all' },
    {
      name: 'client 2.4.0, auto',
      client: () => new Client(Errand.WHO, { versionNegotiation: { mode: 'auto' } }),
      transport: HttpTransport,
      part: 'all'
    }
  ];
  for (const { name, client: make, transport: Transport, part } of libraries) {
    test(`the library ${name}`, MEETING, async () => {
      const person = await Person.sitDown('admin');
      const errand = await Errand.begin();
      const url = new URL(server.url);
      const before = new Transport(url, { authProvider: errand });
      await assert.rejects(make().connect(before), /Unauthorized/i);
      await person.open(errand.address, server.origin);
      const { [part]: shown } = await errand.back();
      await before.finishAuth(shown);

      const client = make();
      secrets.push(errand.kept.access_token, errand.kept.refresh_token, shown.get?.('code') ?? shown);
      await client.connect(new Transport(url, { authProvider: errand }));
      await useTools(client);
      await client.close();
    });
  }

  test('row 32: nothing that is secret stays behind', async () => {
    const person = await Person.sitDown('admin');
    await person.page.goto(`${server.origin}/sign-in`);
    await person.signIn();
    secrets.push(person.password, ...(await person.context.cookies()).map(cookie => cookie.value));
    const places = { stdout: server.output, stderr: server.errors };
    for (const file of readdirSync(server.data, { recursive: true, withFileTypes: true }).filter(each => each.isFile())) {
      places[file.name] = readFileSync(join(file.parentPath, file.name), 'latin1');
    }

    assert.ok(secrets.length > 10 && secrets.every(secret => secret.length > 20), `${secrets.length} secrets`);
    for (const secret of secrets) {
      const found = Object.keys(places).filter(place => places[place].includes(secret));
      assert.deepEqual(found, [], `${secret.slice(0, 8)}… was found`);
    }
  });

  test('the suite of MCP finds nothing to complain about', MEETING, async () => {
    const person = await Person.sitDown('admin');

    const { counts, problems, text } = await authorization(server.origin, address => person.open(address, server.origin));

    assert.deepEqual(problems, [], text);
    assert.equal(counts.scenarios, 2, text);
    assert.ok(counts.passed > 2, text);
  });
});

describe('a client whose tokens live for two seconds', () => {
  let server;

  before(async () => {
    server = await start({ args: ['--set', 'oauth.accessToken=2s'] });
    server.makeKey();
  });

  after(() => server?.stop());

  function refreshed() {
    return records(server.data).filter(record => record.event === 'oauth.token-refreshed').length;
  }

  for (const { name, args } of REMOTES) {
    test(`mcp-remote ${version(name)} ${args.join(' ')} goes on, also after it was started again`, MEETING, async () => {
      const folder = temporaryFolder('mcp-remote');
      const person = await Person.sitDown('admin');
      const before = refreshed();
      const first = new Remote(name, server.url, folder, args).begin();
      await first.with(async client => {
        await person.open(await first.address(), server.origin);
        await first.connected;
        const deadline = Date.now() + 30_000;
        do {
          await useTools(client);
          assert.ok(Date.now() < deadline, 'no token was refreshed');
        } while (refreshed() === before);
        await useTools(client);
      });

      await new Promise(done => setTimeout(done, 2_100)); // The token that was kept is no good any more.
      const between = refreshed();
      const second = new Remote(name, server.url, folder, args).begin();
      await second.with(async client => {
        await second.connected;
        await useTools(client);
      });
      assert.ok(refreshed() > between, 'no token was refreshed');
      assert.doesNotMatch(second.said, /visiting:/);
      assert.deepEqual([person.signedIn, person.asked], [1, 1]);
    });
  }
});
