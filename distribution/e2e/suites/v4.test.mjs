// Cloudflare's own client library drives the local API.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import Cloudflare, { toFile } from 'cloudflare';
import { records } from '../lib/audit.mjs';
import { launcher, temporaryFolder } from '../lib/distribution.mjs';
import { all, cloudflare, startLocalApi, token } from '../lib/localApi.mjs';
import { databaseName } from '../lib/sample.mjs';
import { spawnSync } from 'node:child_process';

let server;
let client;
let account_id;

before(async () => {
  server = await startLocalApi();
  client = cloudflare(server);
  account_id = server.account;
});

after(() => server?.stop());

/** Fails as Cloudflare's own service would, seen through its client. */
function fails(type, status, code) {
  return failure => {
    assert.ok(failure instanceof type, `${failure.constructor.name}: ${failure.message}`);
    assert.equal(failure.status, status, failure.message);
    assert.equal(failure.errors[0].code, code, failure.message);
    assert.ok(failure.headers.get('cf-ray'));
    return true;
  };
}

describe('who calls', () => {
  test('a token is verified, for users and for accounts', async () => {
    assert.equal((await client.user.tokens.verify()).status, 'active');
    assert.equal((await client.accounts.tokens.verify({ account_id })).status, 'active');
  });

  test('there is one account', async () => {
    const accounts = await all(client.accounts.list());

    assert.deepEqual(accounts.map(account => account.id), [account_id]);
    assert.equal((await client.accounts.get({ account_id })).id, account_id);
    assert.deepEqual((await all(client.memberships.list())).map(each => each.account.id), [account_id]);
    assert.ok((await client.user.get()).id);
  });

  test('another token is refused', async () => {
    const other = cloudflare(server, 'another-token-of-the-tests');

    await assert.rejects(other.user.tokens.verify(), fails(Cloudflare.AuthenticationError, 401, 1000));
    await assert.rejects(all(other.accounts.list()), fails(Cloudflare.PermissionDeniedError, 403, 9109));
    await assert.rejects(all(other.d1.database.list({ account_id })), fails(Cloudflare.AuthenticationError, 401, 10000));
  });

  test('another account is refused', async () => {
    await assert.rejects(
      all(client.d1.database.list({ account_id: 'f'.repeat(32) })),
      fails(Cloudflare.PermissionDeniedError, 403, 7403)
    );
    await assert.rejects(
      all(client.d1.database.list({ account_id: 'no-account' })),
      fails(Cloudflare.NotFoundError, 404, 7003)
    );
  });

  test('what is not there is said as Cloudflare says it', async () => {
    await assert.rejects(client.get('/accounts/nothing/of/this'), fails(Cloudflare.NotFoundError, 404, 7003));
    await assert.rejects(client.put(`/accounts/${account_id}/d1/database`), failure => failure.status === 405);
  });

  test('web pages and other names of this machine are refused', async () => {
    const headers = { Authorization: `Bearer ${token}` };

    assert.equal((await fetch(`${server.api}/accounts`, { headers })).status, 200);
    assert.equal((await fetch(`${server.api}/accounts`, { headers: { ...headers, Origin: server.origin } })).status, 403);
    assert.equal((await fetch(`${server.api}/accounts`)).status, 400);
  });
});

describe('D1', () => {
  let id;

  before(async () => {
    id = (await client.d1.database.create({ account_id, name: 'v4-tests' })).uuid;
  });

  test('databases are listed, page by page, and found by name', async () => {
    const names = (await all(client.d1.database.list({ account_id, per_page: 1 }))).map(each => each.name);

    assert.ok(names.includes(databaseName) && names.includes('v4-tests'), String(names));
    assert.deepEqual((await all(client.d1.database.list({ account_id, name: 'v4-te' }))).map(each => each.uuid), [id]);
    assert.ok((await client.d1.database.get(id, { account_id })).file_size > 0);
  });

  test('several statements give several results', async () => {
    const sql = "CREATE TABLE t(a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 'x;y'), (2, x'0102'); SELECT 1+1, * FROM t";

    const results = (await client.d1.database.query(id, { account_id, sql })).result;

    assert.equal(results.length, 3);
    assert.equal(results[1].meta.changes, 2);
    assert.equal(results[1].meta.last_row_id, 2);
    assert.deepEqual(results[2].results, [{ '1+1': 2, a: 1, b: 'x;y' }, { '1+1': 2, a: 2, b: [1, 2] }]);
  });

  test('raw keeps columns of the same name, and takes parameters', async () => {
    const [{ results }] = (await client.d1.database.raw(id, { account_id, sql: 'SELECT ?1 AS a, ?2 AS a', params: ['1', 'ü'] })).result;

    assert.deepEqual(results, { columns: ['a', 'a'], rows: [['1', 'ü']] });
  });

  test('a batch is one transaction', async () => {
    await client.d1.database.query(id, { account_id, sql: 'CREATE TABLE b(a INTEGER PRIMARY KEY)' });
    const batch = [{ sql: 'INSERT INTO b VALUES (?)', params: ['1'] }, { sql: 'INSERT INTO b VALUES (1)' }];

    await assert.rejects(client.d1.database.query(id, { account_id, batch }), fails(Cloudflare.BadRequestError, 400, 7500));
    const [{ results }] = (await client.d1.database.query(id, { account_id, sql: 'SELECT * FROM b' })).result;
    assert.deepEqual(results, []);
  });

  test('wrong SQL has the code 7500', async () => {
    for (const sql of ['selec', 'SELECT * FROM nowhere', "ATTACH 'x' AS x", 'PRAGMA user_version = 3', ' ', "SELECT 'open"]) {
      await assert.rejects(client.d1.database.query(id, { account_id, sql }), fails(Cloudflare.BadRequestError, 400, 7500), sql);
    }
    await assert.rejects(
      client.d1.database.query(id, { account_id, sql: 'SELECT 1', params: null }),
      fails(Cloudflare.BadRequestError, 400, 7400)
    );
  });

  test('an unknown database has the code 7404', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';

    await assert.rejects(client.d1.database.get(nobody, { account_id }), fails(Cloudflare.NotFoundError, 404, 7404));
    await assert.rejects(client.d1.database.query(nobody, { account_id, sql: 'SELECT 1' }), fails(Cloudflare.NotFoundError, 404, 7404));
    await assert.rejects(client.d1.database.create({ account_id, name: 'v4-tests' }), fails(Cloudflare.BadRequestError, 400, 7502));
    await assert.rejects(client.d1.database.create({ account_id, name: 'no name' }), fails(Cloudflare.BadRequestError, 400, 7400));
  });

  test('a database goes out as SQL and comes in again', async () => {
    const exported = await client.d1.database.export(id, { account_id, output_format: 'polling' });
    const sql = await (await fetch(exported.result.signed_url)).text();
    const copy = (await client.d1.database.create({ account_id, name: 'v4-copy' })).uuid;
    const etag = createHash('md5').update(sql).digest('hex');

    const init = await client.d1.database.import(copy, { account_id, action: 'init', etag });
    const upload = await fetch(init.upload_url, { method: 'PUT', body: sql });
    const done = await client.d1.database.import(copy, { account_id, action: 'ingest', etag, filename: init.filename });

    assert.equal(upload.headers.get('etag'), `"${etag}"`);
    assert.equal(done.status, 'complete');
    const [{ results }] = (await client.d1.database.query(copy, { account_id, sql: 'SELECT count(*) AS n FROM t' })).result;
    assert.deepEqual(results, [{ n: 2 }]);
    assert.equal((await fetch(init.upload_url.replace(/.$/, 'x'), { method: 'PUT', body: sql })).status, 404);
  });

  test('a database goes back in time', async () => {
    const { bookmark } = await client.d1.database.timeTravel.getBookmark(id, { account_id });
    await client.d1.database.query(id, { account_id, sql: 'DELETE FROM t' });

    const restored = await client.d1.database.timeTravel.restore(id, { account_id, bookmark });

    assert.ok(restored.previous_bookmark);
    const [{ results }] = (await client.d1.database.query(id, { account_id, sql: 'SELECT count(*) AS n FROM t' })).result;
    assert.deepEqual(results, [{ n: 2 }]);
  });

  test('a deleted database is gone', async () => {
    await client.d1.database.delete(id, { account_id });

    await assert.rejects(client.d1.database.get(id, { account_id }), fails(Cloudflare.NotFoundError, 404, 7404));
  });
});

describe('KV', () => {
  let namespace_id;

  before(async () => {
    namespace_id = (await client.kv.namespaces.create({ account_id, title: 'v4-tests' })).id;
  });

  test('namespaces have 32 hexadecimal digits, and come page by page', async () => {
    assert.match(namespace_id, /^[0-9a-f]{32}$/);
    const titles = (await all(client.kv.namespaces.list({ account_id, per_page: 1 }))).map(each => each.title);
    assert.ok(titles.includes('v4-tests'), String(titles));
    assert.equal((await client.kv.namespaces.get(namespace_id, { account_id })).title, 'v4-tests');
  });

  for (const key of ['plain', 'with/slashes/and spaces', 'ключ?&#%', 'a+b']) {
    test(`a value comes back under the key ${key}`, async () => {
      const value = await toFile(Buffer.from([0, 255, 1, 200]), 'value');
      const metadata = { lang: 'en', deep: [1, null] };

      await client.kv.namespaces.values.update(key, { account_id, namespace_id, value, metadata: JSON.stringify(metadata), expiration_ttl: 3600 });

      const response = await client.kv.namespaces.values.get(key, { account_id, namespace_id });
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from([0, 255, 1, 200]));
      assert.ok(Number(response.headers.get('expiration')) > Date.now() / 1000);
      assert.deepEqual(await client.kv.namespaces.metadata.get(key, { account_id, namespace_id }), metadata);
    });
  }

  test('keys come with a prefix, a cursor, and what is known of them', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ key: `many-${String(index).padStart(2, '0')}`, value: 'v' }));
    await client.kv.namespaces.bulkUpdate(namespace_id, { account_id, body: many });

    const keys = await all(client.kv.namespaces.keys.list(namespace_id, { account_id, prefix: 'many-', limit: 10 }));

    assert.deepEqual(keys.map(key => key.name), many.map(each => each.key));
    const [plain] = await all(client.kv.namespaces.keys.list(namespace_id, { account_id, prefix: 'plain' }));
    assert.deepEqual(plain.metadata, { lang: 'en', deep: [1, null] });
    assert.ok(plain.expiration > Date.now() / 1000);
  });

  test('many values are written, read and deleted at once', async () => {
    const body = [{ key: 'one', value: 'eins', metadata: { n: 1 } }, { key: 'two', value: Buffer.from('zwei').toString('base64'), base64: true }];

    const written = await client.kv.namespaces.bulkUpdate(namespace_id, { account_id, body });
    const read = await client.kv.namespaces.bulkGet(namespace_id, { account_id, keys: ['one', 'two', 'three'] });
    const deleted = await client.kv.namespaces.bulkDelete(namespace_id, { account_id, body: ['one'] });
    const older = await client.delete(`/accounts/${account_id}/storage/kv/namespaces/${namespace_id}/bulk`, { body: ['two'] });

    assert.equal(written.successful_key_count, 2);
    assert.deepEqual(read.values, { one: 'eins', two: 'zwei', three: null });
    assert.equal(deleted.successful_key_count, 1);
    assert.equal(older.success, true);
    await assert.rejects(client.kv.namespaces.values.get('two', { account_id, namespace_id }), fails(Cloudflare.NotFoundError, 404, 10009));
  });

  test('what is not there has a code of its own', async () => {
    const nobody = '0'.repeat(32);

    await assert.rejects(client.kv.namespaces.values.get('nothing', { account_id, namespace_id }), fails(Cloudflare.NotFoundError, 404, 10009));
    await assert.rejects(client.kv.namespaces.metadata.get('nothing', { account_id, namespace_id }), fails(Cloudflare.NotFoundError, 404, 10009));
    await assert.rejects(client.kv.namespaces.values.get('x', { account_id, namespace_id: nobody }), fails(Cloudflare.NotFoundError, 404, 10013));
    await assert.rejects(all(client.kv.namespaces.keys.list(nobody, { account_id })), fails(Cloudflare.NotFoundError, 404, 10013));
    await assert.rejects(client.kv.namespaces.create({ account_id, title: 'v4-tests' }), fails(Cloudflare.BadRequestError, 400, 10014));
    await assert.rejects(client.kv.namespaces.get('not-an-id', { account_id }), fails(Cloudflare.BadRequestError, 400, 10011));
  });

  test('a namespace is renamed and deleted', async () => {
    await client.kv.namespaces.update(namespace_id, { account_id, title: 'v4-renamed' });
    assert.equal((await client.kv.namespaces.get(namespace_id, { account_id })).title, 'v4-renamed');

    await client.kv.namespaces.delete(namespace_id, { account_id });

    await assert.rejects(client.kv.namespaces.get(namespace_id, { account_id }), fails(Cloudflare.NotFoundError, 404, 10013));
  });
});

describe('R2', () => {
  const bucket_name = 'v4-tests';

  before(() => client.r2.buckets.create({ account_id, name: bucket_name }));

  test('buckets are listed and got', async () => {
    const { buckets } = await client.r2.buckets.list({ account_id, name_contains: 'v4-' });

    assert.deepEqual(buckets.map(bucket => bucket.name), [bucket_name]);
    assert.ok((await client.r2.buckets.get(bucket_name, { account_id })).creation_date);
  });

  for (const key of ['plain.txt', 'folder/in a folder/ü.bin', 'a//b', '%2e%2e/x']) {
    test(`an object comes back under the key ${key}`, async () => {
      const bytes = Buffer.alloc(300_000, key);

      const uploaded = await client.r2.buckets.objects.upload(key, bytes, { account_id, bucket_name }, { headers: { 'content-type': 'text/plain' } });
      const response = await client.r2.buckets.objects.get(key, { account_id, bucket_name });

      assert.equal(uploaded.size, String(bytes.length));
      assert.equal(uploaded.key, key);
      assert.equal(response.headers.get('etag'), `"${createHash('md5').update(bytes).digest('hex')}"`);
      assert.equal(response.headers.get('content-type'), 'text/plain');
      assert.ok(Buffer.from(await response.arrayBuffer()).equals(bytes));
    });
  }

  test('objects come with a prefix, a delimiter and a cursor', async () => {
    const whole = await client.r2.buckets.objects.list(bucket_name, { account_id, per_page: 2 });
    const keys = (await all(client.r2.buckets.objects.list(bucket_name, { account_id, per_page: 2 }))).map(each => each.key);
    const top = await client.r2.buckets.objects.list(bucket_name, { account_id, delimiter: '/', prefix: 'folder/' });

    assert.equal(whole.result.length, 2);
    assert.deepEqual(keys, ['%2e%2e/x', 'a//b', 'folder/in a folder/ü.bin', 'plain.txt']);
    assert.deepEqual(top.result_info.delimited, ['folder/in a folder/']);
  });

  test('what is not there has a code of its own', async () => {
    await assert.rejects(client.r2.buckets.objects.get('nothing', { account_id, bucket_name }), fails(Cloudflare.NotFoundError, 404, 10007));
    await assert.rejects(client.r2.buckets.objects.get('x', { account_id, bucket_name: 'no-bucket' }), fails(Cloudflare.NotFoundError, 404, 10006));
    await assert.rejects(client.r2.buckets.get('no-bucket', { account_id }), fails(Cloudflare.NotFoundError, 404, 10006));
    await assert.rejects(client.r2.buckets.create({ account_id, name: bucket_name }), fails(Cloudflare.ConflictError, 409, 10004));
    await assert.rejects(client.r2.buckets.delete(bucket_name, { account_id }), fails(Cloudflare.ConflictError, 409, 10008));
    await assert.rejects(client.r2.buckets.create({ account_id, name: 'No_Bucket' }), fails(Cloudflare.BadRequestError, 400, 10005));
  });

  test('a body that is too large is refused with the cap', async () => {
    const large = Buffer.alloc(33 << 20);

    await assert.rejects(client.r2.buckets.objects.upload('large', large, { account_id, bucket_name }), failure => {
      assert.equal(failure.status, 413);
      assert.match(failure.message, /at most [0-9]{7,8} bytes/);
      return true;
    });
  });

  test('an empty bucket can be deleted', async () => {
    for (const { key } of await all(client.r2.buckets.objects.list(bucket_name, { account_id }))) {
      await client.r2.buckets.objects.delete(key, { account_id, bucket_name });
    }

    await client.r2.buckets.delete(bucket_name, { account_id });

    await assert.rejects(client.r2.buckets.get(bucket_name, { account_id }), fails(Cloudflare.NotFoundError, 404, 10006));
  });
});

describe('Workers', () => {
  const code = 'export default { fetch: () => new Response("hello") };\n';

  async function upload(message) {
    const file = await toFile(Buffer.from(code), 'index.mjs', { type: 'application/javascript+module' });
    return client.workers.scripts.update('v4-tests', {
      account_id,
      files: { 'index.mjs': file },
      metadata: {
        main_module: 'index.mjs',
        compatibility_date: '2026-01-01',
        bindings: [{ type: 'plain_text', name: 'GREETING', text: 'hello' }],
        annotations: { 'workers/message': message }
      }
    });
  }

  test('a script is uploaded, listed, read and deployed again', async () => {
    const made = await upload('first');
    await upload('second');

    assert.equal(made.id, 'v4-tests');
    const scripts = await all(client.workers.scripts.list({ account_id }));
    assert.ok(scripts.find(script => script.id === 'v4-tests').tag);
    const content = await client.workers.scripts.content.get('v4-tests', { account_id });
    assert.equal(content.headers.get('cf-entrypoint'), 'index.mjs');
    assert.equal(await (await content.formData()).get('index.mjs').text(), code);
    const settings = await client.workers.scripts.scriptAndVersionSettings.get('v4-tests', { account_id });
    assert.equal(settings.compatibility_date, '2026-01-01');
    assert.deepEqual(settings.bindings.map(binding => [binding.name, binding.type]), [['GREETING', 'plain_text']]);
  });

  test('versions and deployments are listed, and an older one is deployed', async () => {
    const versions = await all(client.workers.scripts.versions.list('v4-tests', { account_id }));
    const { deployments } = (await client.workers.scripts.deployments.list('v4-tests', { account_id })).result;
    const older = versions.at(-1);

    const back = await client.workers.scripts.deployments.create('v4-tests', {
      account_id,
      strategy: 'percentage',
      versions: [{ version_id: older.id, percentage: 100 }]
    });

    assert.equal(versions.length, 2);
    assert.equal(deployments.length, 2);
    assert.equal(back.versions[0].version_id, older.id);
    assert.equal((await client.workers.scripts.versions.get(older.id, { account_id, script_name: 'v4-tests' })).id, older.id);
  });

  test('secrets and schedules are listed', async () => {
    assert.deepEqual(await all(client.workers.scripts.secrets.list('v4-tests', { account_id })), []);
    assert.deepEqual((await client.workers.scripts.schedules.get('v4-tests', { account_id })).schedules, []);
  });

  test('a deleted script is gone', async () => {
    await client.workers.scripts.delete('v4-tests', { account_id });

    await assert.rejects(client.workers.scripts.get('v4-tests', { account_id }), fails(Cloudflare.NotFoundError, 404, 10007));
  });

  test('builds and their logs are listed', async () => {
    const builds = [];
    for (const { tag } of await all(client.workers.scripts.list({ account_id }))) {
      const page = await client.get(`/accounts/${account_id}/builds/workers/${tag}/builds`);
      builds.push(...page.result);
    }

    assert.ok(builds.length > 0);
    const log = await client.get(`/accounts/${account_id}/builds/builds/${builds[0].build_uuid}/logs`);
    assert.ok(log.result.lines.every(([at, text]) => Number.isInteger(at) && typeof text === 'string'), JSON.stringify(log.result));
    await assert.rejects(client.get(`/accounts/${account_id}/builds/builds/nothing`), failure => failure.status === 404);
  });

  test('telemetry is asked for events, numbers, keys and values', async () => {
    const telemetry = client.workers.observability.telemetry;
    const to = Date.now();
    const timeframe = { from: to - 6 * 86_400_000, to };
    const query = { account_id, queryId: 'v4-tests', timeframe, dry: true };

    const { events } = await telemetry.query({ ...query, view: 'events', limit: 5 });
    const { calculations } = await telemetry.query({ ...query, view: 'calculations', parameters: { calculations: [{ operator: 'count' }] } });
    const keys = await all(telemetry.keys({ account_id, from: timeframe.from, to }));
    const values = await all(telemetry.values({ account_id, datasets: [], timeframe, key: '$metadata.service', type: 'string' }));

    assert.equal(events.events.length, 5);
    assert.ok(calculations[0].aggregates[0].value >= 5);
    assert.ok(keys.find(each => each.key === '$metadata.service'), JSON.stringify(keys));
    assert.ok(values.length > 0);
  });
});

describe('the listener', () => {
  test('each operation is in the audit log', async () => {
    const calls = records(server.data).filter(record => record.door === 'local-api');
    const of = event => calls.filter(record => record.event === event);

    assert.ok(of('call.intent').length > 50, String(calls.length));
    assert.ok(of('call.outcome').length >= of('call.intent').length);
    assert.ok(calls.every(record => record.caller === 'local-api' && record.kind === 'operation'));
    assert.ok(!JSON.stringify(calls).includes(token));
    assert.ok(!(server.output + server.errors).includes(token));
  });

  test('without a token it is not opened', () => {
    const end = spawnSync(launcher(), ['start', '--port', '0', '--data', temporaryFolder('no-token'), '--local-api', '0'], { encoding: 'utf8' });

    assert.equal(end.status, 78, end.stderr);
    assert.match(end.stderr, /localApi\.port: needs a token that callers show: set SYMBOLAI_MCP_LOCAL_API_TOKEN/);
  });
});
