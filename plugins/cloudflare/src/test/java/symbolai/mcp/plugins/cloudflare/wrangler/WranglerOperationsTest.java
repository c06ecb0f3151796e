package symbolai.mcp.plugins.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.wrangler.StateNames;
import symbolai.mcp.testkit.CheckedConnection;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;

class WranglerOperationsTest {

    private static final String DATABASE = "11111111-2222-3333-4444-555555555555";
    private static final String NAMESPACE = "aaaabbbbccccddddeeeeffff00001111";
    private static final long LATER = 4_000_000_000_000L;

    @TempDir
    private Path folder;

    private FakeFamilyContext context;
    private FakeExplorer explorer;

    @BeforeEach
    void open() throws IOException {
        context = new FakeFamilyContext("cloudflare", folder.resolve("data"));
        explorer = new FakeExplorer();
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/wrangler.jsonc"), """
                {"name": "shop", "d1_databases": [{"binding": "DB", "database_name": "orders", "database_id": "%s"}],
                 "kv_namespaces": [{"binding": "KV", "id": "%s"}, {"binding": "BARE"}],
                 "r2_buckets": [{"binding": "FILES", "bucket_name": "files"}], "vars": {"LEVEL": "3"}}
                """.formatted(DATABASE, NAMESPACE));
    }

    @AfterEach
    void close() {
        context.close();
        explorer.close();
    }

    @Test
    void idsAreLookedForBeforeTheyAreUsed() {
        var other = new JsonObject().put("databaseId", "99999999-2222-3333-4444-555555555555");
        var connection = served();

        assertThat(failure(send(connection, "d1.query", Operation.Access.WRITE, query(other, "CREATE TABLE t(a)")))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(failure(send(
                                connection,
                                "kv.values.put",
                                Operation.Access.WRITE,
                                new JsonObject()
                                        .put("namespaceId", "0".repeat(32))
                                        .put("key", "k")
                                        .put("text", "v")))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(failure(send(
                                connection,
                                "r2.objects.list",
                                Operation.Access.READ,
                                new JsonObject().put("bucket", "other")))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(explorer.requests).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void databasesHaveTheNamesOfTheirProject() {
        var listed = read(served(), "d1.list", new JsonObject());

        assertThat(listed.getJsonArray("databases").getJsonObject(0))
                .isEqualTo(new JsonObject().put("uuid", DATABASE).put("name", "orders"));
    }

    @Test
    void thingsWithoutIdsGetOnesOfTheRightForm() {
        var connection = served();

        var namespaces =
                read(connection, "kv.namespaces.list", new JsonObject()).getJsonArray("namespaces");
        var bare = namespaces.getJsonObject(0);
        read(connection, "kv.keys.list", new JsonObject().put("namespaceId", bare.getString("id")));

        assertThat(bare.getString("title")).isEqualTo("BARE");
        assertThat(bare.getString("id")).matches("[0-9a-f]{32}");
        assertThat(explorer.requests).anyMatch(request -> request.contains("/storage/kv/namespaces/BARE/keys?limit="));
    }

    @Test
    void statementsAreABatchOfTypedValues() {
        var connection = served();
        var database = new JsonObject().put("databaseId", DATABASE);
        explorer.answer = new JsonObject(
                "{\"success\":true,\"result\":[{\"results\":{\"columns\":[\"a\"],\"rows\":[[[0,255]],[2]]},"
                        + "\"meta\":{\"changes\":1,\"last_row_id\":9,\"duration\":1}}]}");

        var result = await(send(
                        connection,
                        "d1.query",
                        Operation.Access.WRITE,
                        query(database, "INSERT INTO t VALUES (?, ?)", 3, "x").put("caps", caps(1))))
                .json()
                .getJsonArray("results")
                .getJsonObject(0);

        assertThat(new JsonObject(explorer.bodies.get(0)).getJsonArray("batch").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("sql", "INSERT INTO t VALUES (3, ?1)")
                        .put("params", JsonArray.of("x")));
        assertThat(result.getJsonArray("rows")).containsExactly(JsonArray.of(new JsonObject().put("base64", "AP8=")));
        assertThat(result.getBoolean("truncated")).isTrue();
        assertThat(result.getLong("lastRowId")).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "WITH x AS (SELECT 1) DELETE FROM t",
                "PRAGMA foreign_keys = 0",
                "REPLACE INTO t VALUES (1)",
                "CREATE TABLE u(a)"
            })
    void aReadThatIsNoneIsNotSent(String sql) {
        var database = new JsonObject().put("databaseId", DATABASE);

        var failure = failure(send(served(), "d1.query", Operation.Access.READ, query(database, sql)));

        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(explorer.bodies).isEmpty();
    }

    @Test
    void wrongSqlIsInvalidAlthoughTheStatusIs500() {
        explorer.status = 500;
        explorer.answer = new JsonObject(
                "{\"success\":false,\"errors\":[{\"code\":10001,\"message\":\"near \\\"selec\\\": syntax error\"}]}");

        var failure = failure(send(
                served(),
                "d1.query",
                Operation.Access.WRITE,
                query(new JsonObject().put("databaseId", DATABASE), "selec")));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure).hasMessageContaining("near \"selec\": syntax error");
    }

    @Test
    void aPageThatIsNoExplorerIsSaidToBeNone() {
        explorer.plain = true;

        var failure = failure(send(served(), "r2.buckets.list", Operation.Access.READ, new JsonObject()));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("not Local Explorer's");
    }

    @Test
    void whatWasLeftIsReadAndNothingOfItChanges() throws IOException {
        leaveState();
        var before = hashes();
        var connection = kept();
        var namespace = new JsonObject().put("namespaceId", NAMESPACE);
        var bucket = new JsonObject().put("bucket", "files");

        var databases = read(connection, "d1.list", new JsonObject()).getJsonArray("databases");
        var rows = await(send(
                        connection,
                        "d1.query",
                        Operation.Access.READ,
                        query(new JsonObject().put("databaseId", DATABASE), "SELECT a, ? FROM t", "x")))
                .json();
        var keys = read(connection, "kv.keys.list", namespace.copy().put("limit", 1));
        var rest = read(connection, "kv.keys.list", namespace.copy().put("cursor", keys.getString("cursor")));
        var value = read(
                connection, "kv.values.get", namespace.copy().put("key", "a").put("maxBytes", 100));
        var objects = read(connection, "r2.objects.list", bucket.copy().put("delimiter", "/"));
        var bytes = bytes(connection, bucket.copy().put("key", "parts"));

        assertThat(databases).hasSize(2);
        assertThat(databases.getJsonObject(0).getString("name")).isEqualTo("orders");
        assertThat(databases.getJsonObject(1).getString("name")).isEqualTo("unnamed-" + "ab".repeat(4));
        assertThat(rows.getJsonArray("results").getJsonObject(0).getJsonArray("rows"))
                .containsExactly(JsonArray.of(7L, "x"));
        assertThat(keys.getJsonArray("keys").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("name", "a")
                        .put("expiration", "2096-10-02T07:06:40Z")
                        .put("metadata", new JsonObject().put("m", 1)));
        assertThat(rest.getJsonArray("keys"))
                .extracting(key -> ((JsonObject) key).getString("name"))
                .containsExactly("evil");
        assertThat(value.getString("text")).isEqualTo("first");
        assertThat(failure(send(
                                connection,
                                "kv.values.get",
                                Operation.Access.READ,
                                namespace.copy().put("key", "over").put("maxBytes", 9)))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(failure(send(
                        connection,
                        "kv.values.get",
                        Operation.Access.READ,
                        namespace.copy().put("key", "evil").put("maxBytes", 9))))
                .hasMessageContaining("not where miniflare keeps them");
        assertThat(objects.getJsonArray("prefixes")).containsExactly("deep/");
        assertThat(objects.getJsonArray("objects").getJsonObject(0).getString("contentType"))
                .isEqualTo("text/plain");
        assertThat(bytes).isEqualTo("onetwo");
        assertThat(hashes()).isEqualTo(before);
    }

    @Test
    void whatWasLeftCannotBeChanged() throws IOException {
        leaveState();
        var before = hashes();
        var connection = kept();

        var execute = send(
                connection,
                "d1.query",
                Operation.Access.WRITE,
                query(new JsonObject().put("databaseId", DATABASE), "DELETE FROM t"));
        var put = send(
                connection,
                "kv.values.put",
                Operation.Access.WRITE,
                new JsonObject().put("namespaceId", NAMESPACE).put("key", "a").put("text", "b"));
        var remove = send(
                connection,
                "r2.objects.delete",
                Operation.Access.WRITE,
                new JsonObject().put("bucket", "files").put("key", "parts"));

        for (var refused : java.util.List.of(failure(execute), failure(put), failure(remove))) {
            assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refused).hasMessageContaining("start wrangler dev");
        }
        assertThat(failure(send(
                                connection,
                                "d1.query",
                                Operation.Access.READ,
                                query(new JsonObject().put("databaseId", DATABASE), "DELETE FROM t")))
                        .reason())
                .isEqualTo(Reason.INVALID);
        assertThat(hashes()).isEqualTo(before);
    }

    @Test
    void onlyThisMachineIsReached() {
        for (var url : new String[] {
            "http://192.168.0.7:8787", "https://example.com", "http://127.0.0.1:8787/path", "ftp://localhost"
        }) {
            assertThatThrownBy(() -> WranglerSettings.read(new JsonObject().put("urls", JsonArray.of(url))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(url);
        }
        for (var section : new JsonObject[] {
            new JsonObject().put("url", "x"),
            new JsonObject().put("projects", "x"),
            new JsonObject().put("projects", JsonArray.of("relative")),
            new JsonObject().put("urls", JsonArray.of(3))
        }) {
            assertThatThrownBy(() -> WranglerSettings.read(section)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void verifyingSaysWhatIsMissing() {
        var nothing = WranglerSettings.read(new JsonObject().put("urls", new JsonArray()));
        var refused = failure(new WranglerBackend(context, nothing).verify(Credentials.NONE, new FakeUpstream()));
        var some = WranglerSettings.read(new JsonObject()
                .put("urls", JsonArray.of("http://127.0.0.1:1"))
                .put(
                        "projects",
                        JsonArray.of(
                                folder.resolve("shop").toString(),
                                folder.resolve("none").toString())));
        var verified = await(new WranglerBackend(context, some).verify(Credentials.NONE, new FakeUpstream()));

        assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
        assertThat(verified.warnings()).hasSize(2);
    }

    @Test
    void logsAreCountedAndFiltered() {
        var connection = served();
        var span = new JsonObject().put("from", "2026-11-22T00:00:00Z").put("to", "2026-11-23T00:00:00Z");
        explorer.answer = new JsonObject("{\"success\":true,\"result\":{\"columns\":[],\"rows\":["
                + "[\"t1\",0,1795374036979,\"info\",\"hello\",\"shop\",\"GET\",\"ok\",4,null],"
                + "[\"t2\",0,1795374036980,\"error\",\"boom\",\"shop\",\"GET\",\"exception\",8,\"boom\"]]}}");
        var level = new JsonObject()
                .put("key", "$metadata.level")
                .put("operation", "eq")
                .put("value", "error");

        var events = read(
                connection, "observability.events", span.copy().put("limit", 1).put("filters", JsonArray.of(level)));
        var average = read(
                connection,
                "observability.calculate",
                span.copy().put("calculation", "avg").put("key", "$workers.wallTimeMs"));

        assertThat(events.getJsonArray("events").getJsonObject(0).getString("message"))
                .isEqualTo("boom");
        assertThat(events.getString("offset")).isEqualTo("1");
        assertThat(average.getJsonArray("groups").getJsonObject(0).getDouble("value"))
                .isEqualTo(6.0);
    }

    private Connection served() {
        return connect(explorer.url());
    }

    private Connection kept() {
        return connect("http://127.0.0.1:1");
    }

    private Connection connect(String url) {
        var settings = WranglerSettings.read(new JsonObject()
                .put("urls", JsonArray.of(url))
                .put("projects", JsonArray.of(folder.resolve("shop").toString())));
        return new CheckedConnection(new WranglerBackend(context, settings).open(Credentials.NONE, new FakeUpstream()));
    }

    /** As miniflare leaves it; the blob of one key tries to lead elsewhere. */
    private void leaveState() throws IOException {
        var d1 = objects(StateNames.D1);
        sqlite(d1.resolve(StateNames.D1.file(DATABASE) + ".sqlite"), "CREATE TABLE t(a)", "INSERT INTO t VALUES (7)");
        sqlite(d1.resolve("ab".repeat(32) + ".sqlite"), "CREATE TABLE u(a)");
        sqlite(d1.resolve("metadata.sqlite"), "CREATE TABLE _cf_ALARM(a)");
        sqlite(
                objects(StateNames.KV).resolve(StateNames.KV.file(NAMESPACE) + ".sqlite"),
                "CREATE TABLE _mf_entries(key TEXT PRIMARY KEY, blob_id TEXT NOT NULL, expiration INTEGER, metadata TEXT)",
                "INSERT INTO _mf_entries VALUES ('a', '0a', " + LATER + ", '{\"m\":1}'), ('over', '0a', 1000, NULL),"
                        + " ('evil', '../../../../../secret', NULL, 'no json')");
        blob(StateNames.KV, NAMESPACE, "0a", "first");
        sqlite(
                objects(StateNames.R2).resolve(StateNames.R2.file("files") + ".sqlite"),
                "CREATE TABLE _mf_objects(key TEXT PRIMARY KEY, blob_id TEXT, version TEXT, size INTEGER, etag TEXT, uploaded INTEGER,"
                        + " checksums TEXT, http_metadata TEXT, custom_metadata TEXT)",
                "CREATE TABLE _mf_multipart_parts(upload_id TEXT, part_number INTEGER, blob_id TEXT, object_key TEXT)",
                "INSERT INTO _mf_objects VALUES ('parts', NULL, 'v', 6, 'e', 1795374036979, '{}', '{\"contentType\":\"text/plain\"}', '{}'),"
                        + " ('deep/x', '01', 'v', 3, 'e', 1795374036979, '{}', '{}', '{}')",
                "INSERT INTO _mf_multipart_parts VALUES ('u', 2, '02', 'parts'), ('u', 1, '01', 'parts')");
        blob(StateNames.R2, "files", "01", "one");
        blob(StateNames.R2, "files", "02", "two");
    }

    private Path objects(StateNames kind) throws IOException {
        return Files.createDirectories(
                folder.resolve("shop/.wrangler/state/v3").resolve(kind.family()).resolve(kind.objects()));
    }

    private void blob(StateNames kind, String devId, String name, String text) throws IOException {
        var blobs = objects(kind).resolveSibling(devId).resolve("blobs");
        Files.writeString(Files.createDirectories(blobs).resolve(name), text);
    }

    private void sqlite(Path file, String... statements) {
        var sqlite = await(context.sqlite(file, Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT));
        for (var statement : statements) {
            await(sqlite.query(SqliteStatement.of(statement), SqliteCaps.NONE, soon(), Cancellation.NEVER));
        }
        await(sqlite.close());
    }

    /** Of all files but those that SQLite makes beside a database for its readers: an index, and an empty log. */
    private Map<String, String> hashes() throws IOException {
        var hashes = new TreeMap<String, String>();
        try (var files = Files.walk(folder.resolve("shop"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var isEmptyLog = file.toString().endsWith("-wal") && Files.size(file) == 0;
                if (!file.toString().endsWith("-shm") && !isEmptyLog) {
                    hashes.put(file.toString(), hash(Files.readAllBytes(file)));
                }
            }
        }
        return hashes;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static JsonObject query(JsonObject database, String sql, Object... params) {
        var statement = new JsonObject().put("sql", sql).put("params", JsonArray.of(params));
        return database.copy().put("statements", JsonArray.of(statement)).put("caps", caps(100));
    }

    private static JsonObject caps(int rows) {
        return new JsonObject().put("rows", rows).put("bytes", 10_000).put("cellCharacters", 100);
    }

    private static JsonObject read(Connection connection, String name, JsonObject arguments) {
        return await(send(connection, name, Operation.Access.READ, arguments)).json();
    }

    private static String bytes(Connection connection, JsonObject arguments) {
        var stream = await(send(connection, "r2.objects.get", Operation.Access.READ, arguments))
                .body()
                .orElseThrow();
        var all = Buffer.buffer();
        var done = Promise.<String>promise();
        stream.exceptionHandler(done::fail);
        stream.endHandler(ended -> done.complete(all.toString()));
        stream.handler(all::appendBuffer);
        stream.resume();
        return await(done.future());
    }

    private static Future<Reply> send(
            Connection connection, String name, Operation.Access access, JsonObject arguments) {
        return connection.invoke(new Operation(name, arguments, access, soon(), Cancellation.NEVER));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
