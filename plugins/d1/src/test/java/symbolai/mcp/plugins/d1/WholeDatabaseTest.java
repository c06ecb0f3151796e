package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.plugins.local.LocalPlugin;
import symbolai.mcp.testkit.CheckedConnection;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;
import symbolai.mcp.testkit.FamilyBench;

/** Export, import, time travel and insights on the embedded account. */
class WholeDatabaseTest {

    private static final String SAMPLE = "northwind-mini";

    @TempDir
    private Path folder;

    private FakeFamilyContext context;
    private FamilyBench d1;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("d1", folder);
        var local = new LocalPlugin();
        await(local.start(context));
        var connection = local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream());
        d1 = new FamilyBench(new D1Plugin(), context, new CheckedConnection(connection));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void anExportMakesTheSameDatabaseAgain() {
        var sql = downloaded();
        d1.json("d1_create_database", new JsonObject().put("name", "copy"));

        var shown = d1.json("d1_import", in("copy").put("sql", sql));
        var empty = d1.json("d1_database_info", in("copy"));
        var done = d1.json(
                "d1_import",
                in("copy").put("sql", sql).put("dryRun", false).put("planHash", shown.getString("planHash")));

        assertThat(empty.getInteger("tableCount")).isZero();
        assertThat(done.getInteger("statementCount")).isPositive();
        assertThat(schema("copy")).isEqualTo(schema(SAMPLE));
        for (var table : new String[] {"orders", "order_lines", "customers", "regions"}) {
            assertThat(rows("copy", "SELECT * FROM " + table))
                    .as(table)
                    .isEqualTo(rows(SAMPLE, "SELECT * FROM " + table));
        }
    }

    @Test
    void anExportForAModelStaysWithinBounds() {
        var whole = d1.json("d1_export", in(SAMPLE).put("tables", JsonArray.of("regions")));
        var schema = d1.json("d1_export", in(SAMPLE).put("rows", false));

        assertThat(whole.getBoolean("truncated")).isFalse();
        assertThat(whole.getString("sql")).contains("INSERT INTO").doesNotContain("order_lines");
        assertThat(schema.getString("sql")).contains("CREATE TABLE").doesNotContain("INSERT INTO");
    }

    @Test
    void aDatabaseGoesBackToItsBookmark() {
        var before = rows(SAMPLE, "SELECT count(*) FROM order_lines");
        var bookmark = d1.json("d1_bookmark", in(SAMPLE)).getString("bookmark");
        d1.json(
                "d1_execute",
                in(SAMPLE).put("statements", JsonArray.of(new JsonObject().put("sql", "DELETE FROM order_lines"))));

        var restored =
                d1.json("d1_restore", in(SAMPLE).put("bookmark", bookmark).put("confirmName", SAMPLE));
        var after = rows(SAMPLE, "SELECT count(*) FROM order_lines");
        d1.json(
                "d1_restore",
                in(SAMPLE)
                        .put("bookmark", restored.getString("previousBookmark"))
                        .put("confirmName", SAMPLE));

        assertThat(after).isEqualTo(before);
        assertThat(rows(SAMPLE, "SELECT count(*) FROM order_lines")).isEqualTo(JsonArray.of(JsonArray.of(0)));
    }

    @Test
    void insightsNameTheStatementsThatRan() {
        rows(SAMPLE, "SELECT name FROM regions WHERE id = 3");
        rows(SAMPLE, "SELECT name FROM regions WHERE id = 4");

        var insights = d1.json("d1_insights", in(SAMPLE).put("sort", "count").put("limit", 100));

        assertThat(insights.getInteger("count")).isPositive();
        assertThat(insights.getJsonArray("queries").encode())
                .contains("regions")
                .doesNotContain("id = 3");
        assertThat(Instant.parse(insights.getString("from"))).isBefore(Instant.parse(insights.getString("to")));
    }

    private String downloaded() {
        var call = d1.call().arguments(in(SAMPLE)).download();
        var download = (Streamed) await(d1.run("d1_export", call));
        var bytes = Buffer.buffer();
        var whole = Promise.<Buffer>promise();
        download.body()
                .exceptionHandler(whole::tryFail)
                .handler(bytes::appendBuffer)
                .endHandler(end -> whole.tryComplete(bytes));
        download.body().resume();
        return await(whole.future()).toString();
    }

    private JsonArray schema(String database) {
        return d1.json("d1_schema", in(database)).getJsonArray("tables");
    }

    private JsonArray rows(String database, String sql) {
        return d1.json("d1_query", in(database).put("sql", sql)).getJsonArray("rows");
    }

    private static JsonObject in(String database) {
        return new JsonObject().put("databaseId", database);
    }
}
