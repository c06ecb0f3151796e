package symbolai.mcp.plugins.cloudflare.faults;

import java.util.List;

/** A call of each operation. */
public final class Samples {

    /** The database of the samples. */
    public static final String DATABASE = "11111111-2222-3333-4444-555555555555";

    /** The namespace of the samples. */
    public static final String NAMESPACE = "aaaabbbbccccddddeeeeffff00001111";

    private static final String D1 = "\"databaseId\":\"" + DATABASE + "\"";
    private static final String KV = "\"namespaceId\":\"" + NAMESPACE + "\"";
    private static final String CAPS = "\"caps\":{\"rows\":2,\"bytes\":1000,\"cellCharacters\":10}";
    private static final String TIME = "\"from\":\"2026-11-20T00:00:00Z\",\"to\":\"2026-11-21T00:00:00Z\"";

    private Samples() {}

    /** All of them. */
    public static List<Sample> all() {
        return List.of(
                Sample.read("d1.list", "{\"name\":\"shop\"}"),
                Sample.read("d1.get", "{" + D1 + "}"),
                Sample.write("d1.create", "{\"name\":\"shop\"}"),
                Sample.write("d1.delete", "{" + D1 + "}"),
                Sample.read("d1.query", query("SELECT * FROM t WHERE id = ?")),
                Sample.write("d1.query", query("DELETE FROM t WHERE id = ?")),
                Sample.read("d1.export", "{" + D1 + "}"),
                Sample.write("d1.import", "{" + D1 + ",\"sql\":\"SELECT 1;\"}"),
                Sample.read("d1.bookmark", "{" + D1 + ",\"at\":\"2026-11-20T00:00:00Z\"}"),
                Sample.write("d1.restore", "{" + D1 + ",\"bookmark\":\"b-1\"}"),
                Sample.read("d1.insights", "{" + D1 + "," + TIME + "}"),
                Sample.read("kv.namespaces.list", "{\"page\":2,\"perPage\":1}"),
                Sample.write("kv.namespaces.create", "{\"title\":\"t\"}"),
                Sample.write("kv.namespaces.rename", "{" + KV + ",\"title\":\"u\"}"),
                Sample.write("kv.namespaces.delete", "{" + KV + "}"),
                Sample.read("kv.keys.list", "{" + KV + ",\"prefix\":\"a/\",\"limit\":1}"),
                Sample.read("kv.values.get", "{" + KV + ",\"key\":\"a/b\",\"maxBytes\":1000}"),
                Sample.write("kv.values.put", "{" + KV + ",\"key\":\"a/b\",\"text\":\"v\",\"expirationTtl\":60}"),
                Sample.write("kv.values.delete", "{" + KV + ",\"key\":\"a/b\"}"),
                Sample.read("kv.bulk.get", "{" + KV + ",\"keys\":[\"a\",\"b\"],\"maxBytes\":1000}"),
                Sample.write("kv.bulk.put", "{" + KV + ",\"entries\":[{\"key\":\"a\",\"base64\":\"AAE=\"}]}"),
                Sample.write("kv.bulk.delete", "{" + KV + ",\"keys\":[\"a\"]}"),
                Sample.read("r2.buckets.list", "{\"jurisdiction\":\"eu\"}"),
                Sample.write("r2.buckets.create", "{\"bucket\":\"pics\",\"locationHint\":\"weur\"}"),
                Sample.read("r2.buckets.get", "{\"bucket\":\"pics\"}"),
                Sample.write("r2.buckets.delete", "{\"bucket\":\"pics\"}"),
                Sample.read("r2.objects.list", "{\"bucket\":\"pics\",\"prefix\":\"a\",\"delimiter\":\"/\"}"),
                Sample.read("r2.objects.get", "{\"bucket\":\"pics\",\"key\":\"a/b.txt\"}"),
                Sample.write("r2.objects.put", "{\"bucket\":\"pics\",\"key\":\"a/b.txt\",\"text\":\"v\"}"),
                Sample.write("r2.objects.delete", "{\"bucket\":\"pics\",\"key\":\"a/b.txt\"}"),
                Sample.read("workers.list", "{}"),
                Sample.read("workers.get", "{\"name\":\"shop\"}"),
                Sample.read("workers.code", "{\"name\":\"shop\",\"maxBytes\":1000}"),
                Sample.read("workers.settings", "{\"name\":\"shop\"}"),
                Sample.read("workers.deployments", "{\"name\":\"shop\"}"),
                Sample.read("workers.versions", "{\"name\":\"shop\"}"),
                Sample.write(
                        "workers.deploy",
                        "{\"name\":\"shop\",\"keepBindings\":true,\"modules\":[{\"name\":\"w.js\",\"contentType\":"
                                + "\"application/javascript+module\",\"text\":\"export default {}\"}]}"),
                Sample.write("workers.rollback", "{\"name\":\"shop\",\"versionId\":\"v-1\",\"message\":\"back\"}"),
                Sample.read("workers.secrets", "{\"name\":\"shop\"}"),
                Sample.read("workers.schedules", "{\"name\":\"shop\"}"),
                Sample.write("workers.delete", "{\"name\":\"shop\"}"),
                Sample.read("builds.list", "{\"worker\":\"shop\"}"),
                Sample.read("builds.list", "{}"),
                Sample.read("builds.get", "{\"id\":\"b-1\"}"),
                Sample.read("builds.logs", "{\"id\":\"b-1\"}"),
                Sample.write("builds.trigger", "{\"worker\":\"shop\",\"branch\":\"main\"}"),
                Sample.write("builds.cancel", "{\"id\":\"b-2\"}"),
                Sample.read("observability.events", "{" + TIME + ",\"limit\":1,\"needle\":\"x\"}"),
                Sample.read("observability.calculate", "{" + TIME + ",\"calculation\":\"count\",\"groupBy\":\"k\"}"),
                Sample.read("observability.keys", "{" + TIME + "}"),
                Sample.read("observability.values", "{" + TIME + ",\"key\":\"k\",\"type\":\"string\"}"));
    }

    private static String query(String sql) {
        return "{" + D1 + ",\"statements\":[{\"sql\":\"" + sql + "\",\"params\":[1]}]," + CAPS + "}";
    }
}
