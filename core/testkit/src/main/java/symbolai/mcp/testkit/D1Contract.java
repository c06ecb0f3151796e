package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** What every backend promises about D1; each backend's own test runs these against a connection to it. */
public final class D1Contract {

    private static final String RUNAWAY =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    /** A number that JSON cannot hold comes as null. */
    static final String NO_INFINITY = "d1.no-infinity";

    private final Connection connection;
    private final Differences differences;
    private final Ground ground;

    public D1Contract(Connection connection, Differences differences) {
        this.connection = new CheckedConnection(connection);
        this.differences = differences;
        this.ground = new Ground(new Asking(connection));
    }

    /** The tests; each makes the databases that it needs. */
    public Stream<DynamicTest> tests() {
        return connection.operations().contains("d1.create")
                ? Stream.concat(everywhere(), new D1LifeContract(connection).tests())
                : everywhere();
    }

    private Stream<DynamicTest> everywhere() {
        return Stream.of(
                test("every operation of the connection is written down", this::operationsAreKnown),
                test("an unknown database is not found", this::unknownDatabase),
                test("values go in and out", this::values),
                test("a batch is one transaction", this::batch),
                test("a read changes nothing", this::readOnly),
                test("what D1 refuses is refused", this::refusals),
                test("an answer is cut at its caps", this::caps),
                test("wrong SQL is invalid", this::wrongSql),
                test("a runaway statement ends at its deadline", this::runaway));
    }

    private static DynamicTest test(String name, Executable body) {
        return dynamicTest(name, body);
    }

    private void operationsAreKnown() {
        assertThat(OperationBook.read().names()).containsAll(connection.operations());
        var unknown = new Operation("d1.nothing", new JsonObject(), Operation.Access.READ, soon(), Cancellation.NEVER);
        assertThat(connection.operations()).doesNotContain(unknown.name());
    }

    private void unknownDatabase() {
        var nobody = UUID.randomUUID().toString();

        assertThat(failure(get(nobody)).reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(failure(query(nobody, "SELECT 1")).reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(failure(execute(nobody, "CREATE TABLE t(a)")).reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    private void values() {
        var statement = new JsonObject()
                .put("sql", "SELECT ? AS a, ? AS a, ?, ?, x'0102', NULL, 9e999")
                .put("params", new JsonArray().add("ü").add(3).add(1.5).addNull());

        var result = result(send(database(), Operation.Access.READ, 10, statement), 0);

        assertThat(result.getJsonArray("columns").getString(0)).isEqualTo("a");
        assertThat(result.getJsonArray("columns").getString(1)).isEqualTo("a");
        var row = new JsonArray()
                .add("ü")
                .add(3L)
                .add(1.5)
                .addNull()
                .add(new JsonObject().put("base64", "AQI="))
                .addNull();
        assertThat(result.getJsonArray("rows").getJsonArray(0))
                .isEqualTo(differences.has(NO_INFINITY) ? row.addNull() : row.add("Infinity"));
    }

    private void batch() {
        var id = database();
        json(execute(id, "CREATE TABLE t(a INTEGER PRIMARY KEY)"));

        assertThat(failure(execute(id, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"))
                        .reason())
                .isEqualTo(ToolException.Reason.INVALID);
        assertThat(result(query(id, "SELECT * FROM t"), 0).getJsonArray("rows")).isEmpty();

        var good = json(execute(id, "INSERT INTO t VALUES (5), (6)", "DELETE FROM t WHERE a = 5"));
        assertThat(good.getJsonArray("results").getJsonObject(0).getInteger("changes"))
                .isEqualTo(2);
        assertThat(good.getJsonArray("results").getJsonObject(0).getInteger("lastRowId"))
                .isEqualTo(6);
        assertThat(good.getJsonArray("results").getJsonObject(1).getInteger("changes"))
                .isEqualTo(1);
    }

    private void readOnly() {
        var id = database();
        json(execute(id, "CREATE TABLE t(a)", "INSERT INTO t VALUES (1)"));

        for (var sql :
                new String[] {"DELETE FROM t", "DROP TABLE t", "CREATE TABLE u(a)", "INSERT INTO t VALUES (2)"}) {
            failure(query(id, sql));
        }

        assertThat(result(query(id, "SELECT name FROM sqlite_schema"), 0).getJsonArray("rows"))
                .hasSize(1);
        assertThat(result(query(id, "SELECT * FROM t"), 0).getJsonArray("rows")).hasSize(1);
    }

    private void refusals() {
        var id = database();
        var refused = new String[] {
            "BEGIN",
            "COMMIT",
            "SAVEPOINT s",
            "ATTACH 'x' AS x",
            "VACUUM",
            "VACUUM INTO 'x'",
            "PRAGMA journal_mode",
            "PRAGMA user_version = 3",
            "PRAGMA writable_schema = 1",
            "CREATE TEMP TABLE t(a)",
            "SELECT load_extension('x')",
            "SELECT 1; SELECT 2",
            ""
        };

        for (var sql : refused) {
            assertThat(failure(execute(id, sql)).reason())
                    .as(sql)
                    .isIn(ToolException.Reason.REFUSED, ToolException.Reason.INVALID);
        }
    }

    private void caps() {
        var id = database();
        var rows = new JsonObject().put("sql", "VALUES (1), (2), (3)");

        var cut = result(send(id, Operation.Access.READ, 2, rows), 0);
        var whole = result(send(id, Operation.Access.READ, 3, rows), 0);

        assertThat(cut.getJsonArray("rows")).hasSize(2);
        assertThat(cut.getBoolean("truncated")).isTrue();
        assertThat(whole.getJsonArray("rows")).hasSize(3);
        assertThat(whole.getBoolean("truncated")).isFalse();
    }

    private void wrongSql() {
        var failure = failure(query(database(), "SELECT * FROM nowhere"));

        assertThat(failure.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(failure).hasMessageContaining("no such table: nowhere");
    }

    private void runaway() {
        var id = database();
        var arguments = query(1000, new JsonObject().put("sql", RUNAWAY)).put("databaseId", id);

        var started = System.nanoTime();
        var stopped = failure(connection.invoke(new Operation(
                "d1.query",
                arguments,
                Operation.Access.READ,
                Deadline.after(Duration.ofMillis(300)),
                Cancellation.NEVER)));

        assertThat(stopped.reason()).isEqualTo(ToolException.Reason.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        assertThat(result(query(id, "SELECT 1"), 0).getJsonArray("rows")).hasSize(1);
    }

    private String database() {
        return ground.database();
    }

    private Future<Reply> get(String id) {
        return read("d1.get", new JsonObject().put("databaseId", id));
    }

    private Future<Reply> query(String id, String sql) {
        return send(id, Operation.Access.READ, 1000, new JsonObject().put("sql", sql));
    }

    private Future<Reply> execute(String id, String... sqls) {
        var statements =
                Stream.of(sqls).map(sql -> new JsonObject().put("sql", sql)).toArray(JsonObject[]::new);
        return send(id, Operation.Access.WRITE, 1000, statements);
    }

    private Future<Reply> send(String id, Operation.Access access, int rows, JsonObject... statements) {
        var arguments = query(rows, statements).put("databaseId", id);
        return connection.invoke(new Operation("d1.query", arguments, access, soon(), Cancellation.NEVER));
    }

    static JsonObject query(int rows, JsonObject... statements) {
        return new JsonObject()
                .put("statements", JsonArray.of((Object[]) statements))
                .put(
                        "caps",
                        new JsonObject().put("rows", rows).put("bytes", 100_000).put("cellCharacters", 1000));
    }

    private Future<Reply> read(String operation, JsonObject arguments) {
        return connection.invoke(
                new Operation(operation, arguments, Operation.Access.READ, soon(), Cancellation.NEVER));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static JsonObject json(Future<Reply> reply) {
        return await(reply).json();
    }

    private static JsonObject result(Future<Reply> reply, int index) {
        return json(reply).getJsonArray("results").getJsonObject(index);
    }
}
