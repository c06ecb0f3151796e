// KV and R2 on the embedded account, through every door: REST, MCP and the command.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { command, start } from '../lib/distribution.mjs';
import { Modern } from '../lib/rpc.mjs';

const NAMESPACE = 'northwind-settings';
const BUCKET = 'northwind-files';

let server;
let client;

before(async () => {
  server = await start({ auth: 'none' });
  client = new Modern(server.url);
});

after(() => server.stop());

async function rest(method, path, body) {
  const [name, query] = path.split('?');
  const response = await fetch(`${server.origin}/api/mcp/${name}${query ? `?${query}` : ''}`, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body)
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

function query(parameters) {
  return new URLSearchParams(parameters).toString();
}

describe('KV', () => {
  test('over REST: list, write, read, delete', async () => {
    const key = 'rest/ü ?&%2F';
    const list = await rest('GET', 'kv/list');
    const written = await rest('PUT', 'kv/value', { namespaceId: NAMESPACE, key, text: 'one', metadata: { by: 'rest' } });
    const read = await rest('GET', `kv/value?${query({ id: NAMESPACE, key })}`);
    const asked = await rest('DELETE', `kv/value?${query({ id: NAMESPACE, key })}`);
    const still = await rest('GET', `kv/value?${query({ id: NAMESPACE, key })}`);

    assert.ok(list.json.namespaces.some(namespace => namespace.title === NAMESPACE), list.text);
    assert.equal(written.status, 200, written.text);
    assert.equal(read.json.text, 'one');
    assert.deepEqual(read.json.metadata, { by: 'rest' });
    assert.ok([400, 409].includes(asked.status), asked.text);
    assert.equal(still.status, 200);
  });

  test('over REST: a limit is clamped, and what is wrong is named', async () => {
    const clamped = await rest('GET', `kv/keys?${query({ id: NAMESPACE, limit: 5000 })}`);
    const low = await rest('GET', `kv/keys?${query({ id: NAMESPACE, limit: -3 })}`);
    const word = await rest('GET', `kv/keys?${query({ id: NAMESPACE, limit: 'many' })}`);
    const dots = await rest('GET', `kv/value?${query({ id: NAMESPACE, key: '..' })}`);
    const nobody = await rest('GET', `kv/value?${query({ id: '../etc', key: 'k' })}`);

    assert.equal(clamped.status, 200, clamped.text);
    assert.ok(clamped.headers.has('x-limit-clamped'));
    assert.equal(low.json.count, 1, low.text);
    assert.equal(word.status, 400);
    assert.match(word.json.error, /limit/);
    assert.equal(dots.status, 400);
    assert.equal(dots.json.code, 'INVALID');
    assert.equal(nobody.status, 404);
  });

  test('a long value is cut for a model and whole as a download', async () => {
    const text = 'y'.repeat(400_000);
    await rest('PUT', 'kv/value', { namespaceId: NAMESPACE, key: 'files/long.txt', text });
    const cut = await client.call('kv_get', { namespaceId: NAMESPACE, key: 'files/long.txt' });
    const whole = await rest('GET', `kv/value?${query({ id: NAMESPACE, key: 'files/long.txt', download: true })}`);

    assert.equal(cut.structuredContent.truncated, true);
    assert.equal(cut.structuredContent.bytes, text.length);
    assert.equal(whole.status, 200, whole.text.slice(0, 300));
    assert.equal(whole.text, text);
    assert.match(whole.headers.get('content-disposition'), /attachment.*long\.txt/);
  });

  test('a value is a resource, and its key completes', async () => {
    await client.call('kv_put', { namespaceId: NAMESPACE, key: 'a/b c', text: 'one' });
    const uri = `kv://${NAMESPACE}/a%2Fb%20c`;
    const read = await client.request('resources/read', { uri });
    const completed = await client.request('completion/complete', {
      ref: { type: 'ref/resource', uri: 'kv://{namespace}/{key}' },
      argument: { name: 'key', value: 'a/' },
      context: { arguments: { namespace: NAMESPACE } }
    });

    assert.equal(read.contents[0].text, 'one');
    assert.deepEqual(completed.completion.values, ['a/b c']);
  });

  test('a bulk write shows first, by the command', async () => {
    const entries = JSON.stringify([{ key: 'bulk:1', text: '1' }, { key: 'a/b c', text: 'two' }]);
    const call = (...more) =>
      JSON.parse(command(server.data, ['tool', 'call', 'kv_bulk_put', '--namespace-id', NAMESPACE, '--entries', entries, '--json', ...more]));
    await client.call('kv_put', { namespaceId: NAMESPACE, key: 'a/b c', text: 'one' });
    const shown = result(call());
    const done = result(call('--dry-run=false', '--plan-hash', shown.planHash));

    assert.equal(shown.dryRun, true);
    assert.equal(shown.existingCount, 1);
    assert.deepEqual(shown.existingKeys, ['a/b c']);
    assert.equal(done.written, 2);
  });
});

describe('R2', () => {
  test('over REST: list, folders, text, a picture', async () => {
    const buckets = await rest('GET', 'r2/list');
    const europe = await rest('GET', 'r2/list?jurisdiction=eu');
    const folders = await rest('GET', `r2/objects?${query({ bucket: BUCKET, delimiter: '/' })}`);
    const text = await rest('GET', `r2/object?${query({ bucket: BUCKET, key: 'readme.md' })}`);
    const picture = await rest('GET', `r2/object?${query({ bucket: BUCKET, key: 'images/logo.png' })}`);

    assert.ok(buckets.json.buckets.some(bucket => bucket.name === BUCKET), buckets.text);
    assert.equal(europe.json.count, 0);
    assert.match(europe.json.hint, /eu/);
    assert.ok(folders.json.prefixes.includes('images/'), folders.text);
    assert.match(text.json.text, /Northwind/);
    assert.equal(Buffer.from(picture.json.base64, 'base64').toString('latin1', 1, 4), 'PNG');
  });

  test('an object is only replaced when that is said', async () => {
    const object = { bucket: BUCKET, key: 'made/by rest.txt', text: 'one', contentType: 'text/plain' };
    const first = await rest('PUT', 'r2/object', object);
    const refused = await rest('PUT', 'r2/object', { ...object, text: 'two' });
    const replaced = await rest('PUT', 'r2/object', { ...object, text: 'two', overwrite: true });

    assert.equal(first.status, 200, first.text);
    assert.equal(refused.status, 409);
    assert.ok(refused.json.error.includes(first.json.etag), refused.text);
    assert.equal(replaced.status, 200);
  });

  test('what is too long is a link for a model and a download for others', async () => {
    const asked = await client.call('r2_get_object', { bucket: BUCKET, key: 'archive/orders.bin' });
    const link = asked.content.find(content => content.type === 'resource_link');
    const read = await client.request('resources/read', { uri: link.uri });
    const response = await fetch(`${server.origin}/api/mcp/r2/object?${query({ bucket: BUCKET, key: 'archive/orders.bin', download: true })}`);
    const bytes = Buffer.from(await response.arrayBuffer());

    assert.equal(asked.structuredContent.truncated, true);
    assert.equal(link.uri, `r2://${BUCKET}/archive%2Forders.bin`);
    assert.equal(response.status, 200);
    assert.equal(bytes.length, asked.structuredContent.size);
    assert.ok(bytes.equals(Buffer.from(read.contents[0].blob, 'base64')));
    assert.match(response.headers.get('content-disposition'), /attachment.*orders\.bin/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  });
});

function result(printed) {
  return printed.structuredContent ?? printed;
}
