// For each tool of the families, arguments with which it works on the embedded account as it is after a first start.
// They are used in this order; `call` makes another call and gives its structured content, `done` has that of the tools before.

const SAMPLE = 'northwind-mini';

/** A Worker whose build runs for a while, and one whose build is done at once; the suite makes their projects. */
export const QUICK = 'e2e-quick';
export const SLOW = 'e2e-slow';

export const samples = {
  d1_list_databases: () => ({ perPage: 5 }),
  d1_query: () => ({ databaseId: SAMPLE, sql: 'SELECT id, name FROM regions WHERE id < ?', params: [3] }),
  d1_create_database: () => ({ name: 'e2e' }),
  d1_bookmark: () => ({ databaseId: 'e2e' }),
  d1_execute: () => ({
    databaseId: 'e2e',
    statements: [{ sql: 'CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)' }, { sql: 'INSERT INTO t(b) VALUES (?)', params: ['x'] }]
  }),
  d1_database_info: () => ({ databaseId: SAMPLE }),
  d1_schema: () => ({ databaseId: SAMPLE }),
  d1_export: () => ({ databaseId: SAMPLE, tables: ['regions'] }),
  d1_import: async call => {
    const file = { databaseId: 'e2e', sql: "INSERT INTO t(b) VALUES ('y');\nINSERT INTO t(b) VALUES ('z');" };
    const { planHash } = await call('d1_import', file);
    return { ...file, dryRun: false, planHash };
  },
  d1_insights: () => ({ databaseId: SAMPLE, from: new Date(Date.now() - 3_600_000).toISOString() }),
  d1_restore: (call, done) => ({ databaseId: 'e2e', bookmark: done.d1_bookmark.bookmark, confirmName: 'e2e' }),
  d1_delete_database: () => ({ databaseId: 'e2e', confirmName: 'e2e' }),

  kv_list_namespaces: () => ({}),
  kv_create_namespace: () => ({ title: 'e2e' }),
  kv_rename_namespace: () => ({ namespaceId: 'e2e', title: 'e2e-renamed' }),
  kv_put: () => ({ namespaceId: 'e2e-renamed', key: 'a/b ü', text: 'value', metadata: { by: 'e2e' } }),
  kv_get: () => ({ namespaceId: 'e2e-renamed', key: 'a/b ü' }),
  kv_list_keys: () => ({ namespaceId: 'e2e-renamed', prefix: 'a/' }),
  kv_bulk_put: async call => {
    const entries = { namespaceId: 'e2e-renamed', entries: [{ key: 'one', text: '1' }, { key: 'two', text: '2' }] };
    const { planHash } = await call('kv_bulk_put', entries);
    return { ...entries, dryRun: false, planHash };
  },
  kv_bulk_get: () => ({ namespaceId: 'e2e-renamed', keys: ['one', 'two', 'none'] }),
  kv_bulk_delete: async call => {
    const keys = { namespaceId: 'e2e-renamed', keys: ['one', 'two', 'none'] };
    const { planHash } = await call('kv_bulk_delete', keys);
    return { ...keys, dryRun: false, planHash };
  },
  kv_delete: () => ({ namespaceId: 'e2e-renamed', key: 'a/b ü', confirmName: 'a/b ü' }),
  kv_delete_namespace: () => ({ namespaceId: 'e2e-renamed', confirmName: 'e2e-renamed' }),

  r2_list_buckets: () => ({}),
  r2_create_bucket: () => ({ bucket: 'e2e-bucket' }),
  r2_get_bucket: () => ({ bucket: 'e2e-bucket' }),
  r2_put_object: () => ({ bucket: 'e2e-bucket', key: 'dir/hello ü.txt', text: 'hello', contentType: 'text/plain' }),
  r2_get_object: () => ({ bucket: 'e2e-bucket', key: 'dir/hello ü.txt' }),
  r2_list_objects: () => ({ bucket: 'e2e-bucket', delimiter: '/' }),
  r2_delete_object: () => ({ bucket: 'e2e-bucket', key: 'dir/hello ü.txt', confirmName: 'dir/hello ü.txt' }),
  r2_delete_bucket: () => ({ bucket: 'e2e-bucket', confirmName: 'e2e-bucket' }),

  workers_list: () => ({}),
  workers_deploy: async call => {
    const first = { name: 'e2e-worker', modules: [{ name: 'index.js', text: 'export default { fetch() { return new Response("1"); } };\n' }] };
    const { planHash } = await call('workers_deploy', first);
    await call('workers_deploy', { ...first, dryRun: false, planHash });
    const second = { ...first, modules: [{ name: 'index.js', text: 'export default { fetch() { return new Response("2"); } };\n' }] };
    return { ...second, dryRun: false, planHash: (await call('workers_deploy', second)).planHash };
  },
  workers_get: () => ({ name: 'e2e-worker' }),
  workers_code: () => ({ name: 'e2e-worker' }),
  workers_settings: () => ({ name: 'e2e-worker' }),
  workers_deployments: () => ({ name: 'e2e-worker' }),
  workers_versions: () => ({ name: 'e2e-worker' }),
  workers_secrets: () => ({ name: 'e2e-worker' }),
  workers_schedules: () => ({ name: 'e2e-worker' }),
  workers_rollback: async (call, done) => {
    const back = { name: 'e2e-worker', versionId: done.workers_versions.versions[1].id };
    return { ...back, dryRun: false, planHash: (await call('workers_rollback', back)).planHash };
  },
  workers_delete: () => ({ name: 'e2e-worker', confirmName: 'e2e-worker' }),

  builds_trigger: () => ({ worker: QUICK }),
  builds_follow: (call, done) => ({ id: done.builds_trigger.id }),
  builds_get: (call, done) => ({ id: done.builds_trigger.id }),
  builds_logs: (call, done) => ({ id: done.builds_trigger.id }),
  builds_list: () => ({ limit: 5 }),
  builds_compare: async (call, done) => {
    const { builds } = await call('builds_list', {});
    return { id: done.builds_trigger.id, otherId: builds.find(build => build.id !== done.builds_trigger.id).id };
  },
  builds_cancel: async call => ({ id: (await call('builds_trigger', { worker: SLOW })).id }),

  observability_query: () => ({ from: '-2d', limit: 5 }),
  observability_calculate: () => ({ from: '-2d', calculation: 'count', groupBy: '$metadata.service' }),
  observability_keys: () => ({ from: '-2d' }),
  observability_values: () => ({ from: '-2d', key: '$metadata.service' }),
  observability_tail: () => ({ seconds: 1 })
};
