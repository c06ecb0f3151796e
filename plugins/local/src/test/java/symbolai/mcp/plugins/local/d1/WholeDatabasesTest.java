package symbolai.mcp.plugins.local.d1;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.plugins.local.store.Asked.array;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.Bytes;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

class WholeDatabasesTest {

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:30:00Z"));
    private FakeFamilyContext context;
    private Asked d1;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        var operations = await(D1Operations.open(context, clock));
        d1 = new Asked(operations.operations(), operations.downloads());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theSampleDatabaseComesBackFromItsExport() {
        var sample = d1.read("d1.list", arguments())
                .getJsonArray("databases")
                .getJsonObject(0)
                .getString("uuid");
        var sql = export(sample);

        var copy = database();
        var loaded = load(copy, sql);

        assertThat(export(copy)).isEqualTo(sql);
        assertThat(loaded.getBoolean("atomic")).isTrue();
        assertThat(loaded.getInteger("changes")).isGreaterThan(1900);
        assertThat(rows(copy, "SELECT count(*) FROM order_totals"))
                .isEqualTo(rows(sample, "SELECT count(*) FROM order_totals"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyDatabaseComesBackFromItsExport(int seed) {
        var random = new Random(seed);
        var id = database();
        execute(id, "CREATE TABLE \"odd \"\" name\" (a, \"b;c\" TEXT, rowid BLOB, d REAL, e INTEGER) -- a comment");
        execute(id, "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, v, g AS (v || '!') STORED)");
        execute(id, "CREATE TABLE keyed (k TEXT PRIMARY KEY DESC, v BLOB) WITHOUT ROWID");
        execute(id, "CREATE TABLE child (p INTEGER REFERENCES later(id), v)");
        execute(id, "CREATE TABLE later (id INTEGER PRIMARY KEY)");
        execute(id, "CREATE VIEW seen AS SELECT id FROM counted");
        execute(id, "CREATE INDEX by_v ON counted(v) WHERE v IS NOT NULL");
        execute(id, "CREATE TRIGGER noted AFTER INSERT ON counted BEGIN UPDATE later SET id = id; SELECT 'a;b'; END");
        for (var row = 0; row < 30; row++) {
            insert(id, "\"odd \"\" name\"", value(random), value(random), value(random), value(random), value(random));
            insert(id, "counted (v)", value(random));
            insert(id, "keyed", "k" + row, value(random));
        }
        execute(id, "INSERT INTO later VALUES (-9223372036854775808), (9223372036854775807)");
        execute(id, "INSERT INTO child VALUES (9223372036854775807, 1)", "DELETE FROM counted WHERE id > 25");

        var sql = export(id);
        var copy = database();
        load(copy, sql);

        assertThat(export(copy)).isEqualTo(sql);
        var order = " ORDER BY 1, 2";
        for (var table :
                List.of("\"odd \"\" name\"", "counted", "keyed", "child", "sqlite_schema", "sqlite_sequence")) {
            var columns = table.startsWith("\"odd")
                    ? "hex(a), typeof(a), hex(\"b;c\"), hex(rowid), d, e, typeof(d), typeof(e)"
                    : table.equals("sqlite_schema") ? "name, sql" : "*";
            assertThat(rows(copy, "SELECT " + columns + " FROM " + table + order))
                    .as(table)
                    .isEqualTo(rows(id, "SELECT " + columns + " FROM " + table + order));
        }
    }

    @Test
    void textThatNoStatementMayHoldIsWrittenInHex() {
        var id = database();
        execute(id, "CREATE TABLE t (a TEXT)");
        execute(id, "INSERT INTO t VALUES (CAST(X'6100620d' AS TEXT)), (CAST(X'ff' AS TEXT)), ('it''s')");

        var sql = export(id);

        assertThat(sql)
                .contains("CAST(X'6100620d' AS TEXT)", "CAST(X'ff' AS TEXT)", "'it''s'")
                .startsWith(
                        "PRAGMA defer_foreign_keys = ON;\nCREATE TABLE t (a TEXT);\nINSERT INTO \"t\" (\"a\") VALUES (");
    }

    @Test
    void virtualTablesAreLeftOutAndNamed() {
        var id = database();
        execute(id, "CREATE VIRTUAL TABLE words USING fts5(body)");
        execute(id, "INSERT INTO words VALUES ('one two')");

        var sql = export(id);

        assertThat(sql).contains("-- left out: the virtual table words").doesNotContain("words_data", "INSERT");
    }

    @Test
    void anExportHoldsWhatIsAskedFor() {
        var id = database();
        execute(id, "CREATE TABLE a (v)", "CREATE TABLE b (v)", "CREATE INDEX on_b ON b(v)");
        execute(id, "INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (2)");

        assertThat(export(id, "rows", false)).contains("CREATE TABLE a", "on_b").doesNotContain("INSERT");
        assertThat(export(id, "schema", false)).contains("INSERT INTO \"a\"").doesNotContain("CREATE");
        assertThat(export(id, "tables", array("B")))
                .contains("CREATE TABLE b", "on_b", "INSERT INTO \"b\"")
                .doesNotContain("\"a\"", "TABLE a");
        assertThat(reason("d1.export", arguments("databaseId", id, "tables", array("c"))))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(reason("d1.export", arguments("databaseId", id, "schema", false, "rows", false)))
                .isEqualTo(ToolException.Reason.INVALID);
        assertThat(reason("d1.export", arguments("databaseId", UUID.randomUUID().toString())))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void anExportIsOfOneMomentAndLeavesNoCopy() throws IOException {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        execute(
                id,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO t SELECT i FROM n");

        var body = d1.reply("d1.export", arguments("databaseId", id)).body().orElseThrow();
        execute(id, "DELETE FROM t");
        var sql = new String(Bytes.of(body), StandardCharsets.UTF_8);

        assertThat(sql.lines().filter(line -> line.startsWith("INSERT"))).hasSize(3000);
        Awaitility.await().until(() -> files("d1-copies").isEmpty());
    }

    @Test
    void anExportThatIsClosedEarlyLeavesNoCopy() {
        var body = d1.reply("d1.export", arguments("databaseId", database()))
                .body()
                .orElseThrow();

        body.close();

        Awaitility.await().until(() -> files("d1-copies").isEmpty());
    }

    @Test
    void anImportIsAllOrNothing() {
        var id = database();

        var failed = d1.refused(
                "d1.import",
                Operation.Access.WRITE,
                arguments("databaseId", id, "sql", "CREATE TABLE t (v UNIQUE); INSERT INTO t VALUES (1), (1)"));

        assertThat(failed.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(failed).hasMessageContaining("UNIQUE");
        assertThat(rows(id, "SELECT name FROM sqlite_schema")).isEmpty();
    }

    static Stream<Arguments> wrongImports() {
        return Stream.of(
                Arguments.of("nothing", "", ToolException.Reason.INVALID),
                Arguments.of("only a comment", "-- nothing", ToolException.Reason.INVALID),
                Arguments.of("a transaction", "BEGIN; SELECT 1; COMMIT", ToolException.Reason.REFUSED),
                Arguments.of("attach", "ATTACH 'x' AS y", ToolException.Reason.REFUSED),
                Arguments.of("a pragma", "PRAGMA journal_mode = DELETE", ToolException.Reason.REFUSED),
                Arguments.of("reserved", "CREATE TABLE _cf_x (a)", ToolException.Reason.REFUSED),
                Arguments.of("an open text", "SELECT 'a", ToolException.Reason.INVALID),
                Arguments.of("wrong SQL", "SELEC 1", ToolException.Reason.INVALID));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongImports")
    void whatD1RefusesIsNotImported(String name, String sql, ToolException.Reason reason) {
        var refused = d1.refused("d1.import", Operation.Access.WRITE, arguments("databaseId", database(), "sql", sql));

        assertThat(refused.reason()).isEqualTo(reason);
    }

    @Test
    void aDatabaseGoesBackToABookmarkAndForthAgain() {
        var id = database();
        execute(id, "CREATE TABLE t (v)", "INSERT INTO t VALUES (1)");
        var bookmark = bookmark(id);
        execute(id, "DROP TABLE t", "CREATE TABLE u (w)");

        var restored = d1.write("d1.restore", arguments("databaseId", id, "bookmark", bookmark));

        assertThat(rows(id, "SELECT v FROM t").encode()).isEqualTo("[[1]]");
        assertThat(restored.getString("bookmark")).isEqualTo(bookmark);
        var back = arguments("databaseId", id, "bookmark", restored.getString("previousBookmark"));
        d1.write("d1.restore", back);
        assertThat(rows(id, "SELECT name FROM sqlite_schema").encode()).isEqualTo("[[\"u\"]]");
    }

    @Test
    void anUnchangedDatabaseHasOneBookmark() throws IOException {
        var id = database();
        execute(id, "CREATE TABLE t (v)");

        var first = bookmark(id);
        rows(id, "SELECT * FROM t");

        assertThat(bookmark(id)).isEqualTo(first);
        execute(id, "INSERT INTO t VALUES (1)");
        clock.move(Duration.ofMillis(1));
        assertThat(bookmark(id)).isGreaterThan(first);
        assertThat(files("d1-snapshots")).hasSize(2);
    }

    @Test
    void theLastBookmarkAtOrBeforeATimeIsFound() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var first = bookmark(id);
        clock.move(Duration.ofMinutes(10));
        execute(id, "INSERT INTO t VALUES (1)");
        bookmark(id);

        assertThat(d1.read("d1.bookmark", arguments("databaseId", id, "at", "2026-01-01T00:35:00Z"))
                        .getString("bookmark"))
                .isEqualTo(first);
        assertThat(reason("d1.bookmark", arguments("databaseId", id, "at", "2025-01-01T00:00:00Z")))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(reason("d1.bookmark", arguments("databaseId", id, "at", "yesterday")))
                .isEqualTo(ToolException.Reason.INVALID);
    }

    @Test
    void onlyTheLastBookmarksAreKeptAndGoWithTheirDatabase() throws IOException {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var first = bookmark(id);
        for (var count = 0; count < 9; count++) {
            execute(id, "INSERT INTO t VALUES (1)");
            bookmark(id);
        }
        execute(id, "INSERT INTO t VALUES (1)");

        d1.write("d1.restore", arguments("databaseId", id, "bookmark", first));
        assertThat(rows(id, "SELECT * FROM t")).isEmpty();
        assertThat(files("d1-snapshots")).hasSize(11);
        execute(id, "INSERT INTO t VALUES (1)");
        bookmark(id);

        assertThat(reasonOfWrite("d1.restore", arguments("databaseId", id, "bookmark", first)))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        d1.write("d1.delete", arguments("databaseId", id));
        assertThat(files("d1-snapshots")).isEmpty();
    }

    @Test
    void aBookmarkOfAnotherDatabaseIsNotFound() {
        var id = database();
        var other = bookmark(database());

        assertThat(reasonOfWrite("d1.restore", arguments("databaseId", id, "bookmark", other)))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(reasonOfWrite("d1.restore", arguments("databaseId", id, "bookmark", "../../etc/passwd")))
                .isEqualTo(ToolException.Reason.INVALID);
    }

    @Test
    void beforeAnImportThereIsABookmark() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        load(id, "DROP TABLE t");

        var before = d1.read("d1.bookmark", arguments("databaseId", id, "at", "2026-01-01T00:30:00Z"));
        d1.write("d1.restore", arguments("databaseId", id, "bookmark", before.getString("bookmark")));

        assertThat(rows(id, "SELECT * FROM t")).isEmpty();
    }

    @Test
    void statementsThatDifferInValuesAloneAreOneInsight() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        insert(id, "t", 5);
        execute(id, "INSERT INTO t VALUES (7)", "INSERT INTO t VALUES (8), (9)");
        rows(id, "SELECT v FROM t WHERE v = 'secret' OR v > 1.5");

        var most = d1.read("d1.insights", arguments("databaseId", id, "sort", "count", "limit", 1));
        var all = d1.read("d1.insights", arguments("databaseId", id, "sort", "rowsRead"));
        clock.move(Duration.ofHours(3));
        var later = d1.read("d1.insights", arguments("databaseId", id, "from", "2026-01-01T02:00:00Z"));

        var query = most.getJsonArray("queries").getJsonObject(0);
        assertThat(query.getString("sql")).isEqualTo("INSERT INTO t VALUES (?)");
        assertThat(query.getInteger("count")).isEqualTo(2);
        assertThat(query.getInteger("rowsWritten")).isEqualTo(2);
        assertThat(all.getJsonArray("queries").getJsonObject(0).getString("sql"))
                .isEqualTo("SELECT v FROM t WHERE v = ? OR v > ?");
        assertThat(all.encode()).doesNotContain("secret");
        assertThat(later.getJsonArray("queries")).isEmpty();
    }

    @Test
    void whatWritesIsRefusedAsARead() {
        for (var operation : List.of("d1.import", "d1.restore")) {
            assertThat(d1.refused(operation, Operation.Access.READ, new JsonObject()))
                    .hasMessageContaining("sent as a read");
        }
    }

    private static Object value(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> random.nextLong();
            case 1 -> Double.longBitsToDouble(random.nextLong() & 0x7fef_ffff_ffff_ffffL);
            case 2 -> -random.nextDouble() * 1e6;
            case 3 -> random.nextInt(2000) - 1000;
            case 4 -> "it's \"quoted\" -- ; /* no comment */";
            case 5 -> "ünï☂🌍\n\t line " + random.nextInt();
            case 6 -> "control \u0000\u0001\r\u007f";
            case 7 -> "";
            default -> random.nextBoolean() ? "9e999" : "123";
        };
    }

    private String database() {
        var name = "t-" + UUID.randomUUID().toString().substring(0, 12);
        return d1.write("d1.create", arguments("name", name)).getString("uuid");
    }

    private void insert(String id, String into, Object... values) {
        var marks = String.join(", ", java.util.Collections.nCopies(values.length, "?"));
        var statement = arguments("sql", "INSERT INTO " + into + " VALUES (" + marks + ")", "params", array(values));
        query(id, Operation.Access.WRITE, array(statement));
    }

    private void execute(String id, String... sqls) {
        var statements = new JsonArray();
        Stream.of(sqls).forEach(sql -> statements.add(arguments("sql", sql)));
        query(id, Operation.Access.WRITE, statements);
    }

    private JsonArray rows(String id, String sql) {
        return query(id, Operation.Access.READ, array(arguments("sql", sql)))
                .getJsonArray("results")
                .getJsonObject(0)
                .getJsonArray("rows");
    }

    private JsonObject query(String id, Operation.Access access, JsonArray statements) {
        var caps = arguments("rows", 100_000, "bytes", 100_000_000, "cellCharacters", 1_000_000);
        var all = arguments("databaseId", id, "statements", statements, "caps", caps);
        return access == Operation.Access.READ ? d1.read("d1.query", all) : d1.write("d1.query", all);
    }

    private String export(String id, Object... more) {
        var reply = d1.reply("d1.export", arguments(more).put("databaseId", id));
        assertThat(reply.json().getString("fileName")).endsWith(".sql");
        return new String(Bytes.of(reply.body().orElseThrow()), StandardCharsets.UTF_8);
    }

    private JsonObject load(String id, String sql) {
        return d1.write("d1.import", arguments("databaseId", id, "sql", sql));
    }

    private String bookmark(String id) {
        return d1.read("d1.bookmark", arguments("databaseId", id)).getString("bookmark");
    }

    private ToolException.Reason reason(String operation, JsonObject arguments) {
        return d1.refused(operation, Operation.Access.READ, arguments).reason();
    }

    private ToolException.Reason reasonOfWrite(String operation, JsonObject arguments) {
        return d1.refused(operation, Operation.Access.WRITE, arguments).reason();
    }

    private List<String> files(String of) throws IOException {
        if (Files.notExists(folder.resolve(of))) {
            return new ArrayList<>();
        }
        try (var files = Files.list(folder.resolve(of))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sqlite"))
                    .toList();
        }
    }
}
