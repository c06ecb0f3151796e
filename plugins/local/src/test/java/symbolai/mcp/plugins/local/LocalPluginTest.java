package symbolai.mcp.plugins.local;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.testkit.D1Contract;
import symbolai.mcp.testkit.Differences;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;
import symbolai.mcp.testkit.KvContract;
import symbolai.mcp.testkit.OperationBook;
import symbolai.mcp.testkit.R2Contract;
import symbolai.mcp.testkit.WorkersContract;

class LocalPluginTest {

    @TempDir
    private Path folder;

    private FakeFamilyContext context;

    @org.junit.jupiter.api.BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        var connection = start();
        return Stream.of(
                        new D1Contract(connection, Differences.NONE).tests(),
                        new KvContract(connection).tests(),
                        new R2Contract(connection, Differences.NONE).tests(),
                        new WorkersContract(connection).tests())
                .flatMap(tests -> tests);
    }

    @Test
    void everyOperationIsCarriedOut() {
        assertThat(start().operations()).isEqualTo(OperationBook.read().names());
    }

    @Test
    void aWrongSectionRefusesThePlugin() {
        var wrong = new FakeFamilyContext("local", folder, new JsonObject().put("bilds", true));

        var started = new LocalPlugin().start(wrong);

        assertThat(started.failed()).isTrue();
        assertThat(started.cause()).hasMessageContaining("plugins.config.local.bilds");
        wrong.close();
    }

    @Test
    void theFirstStartMakesTheSampleDatabase() {
        var connection = start();

        var tables = rows(query(connection, sample(connection), "SELECT name FROM sqlite_schema WHERE type = 'table'"));
        var counts = query(
                connection,
                sample(connection),
                "SELECT (SELECT count(*) FROM regions) + (SELECT count(*) FROM categories) + (SELECT count(*) FROM suppliers)"
                        + " + (SELECT count(*) FROM products) + (SELECT count(*) FROM employees)"
                        + " + (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders)"
                        + " + (SELECT count(*) FROM order_lines)");
        var violations = rows(query(connection, sample(connection), "PRAGMA foreign_key_check"));

        assertThat(tables).hasSize(8);
        assertThat(rows(counts).getJsonArray(0).getInteger(0)).isBetween(1900, 2200);
        assertThat(violations).isEmpty();
    }

    @Test
    void aDeletedSampleDatabaseIsNotMadeAgain() {
        var connection = start();
        invoke(connection, "d1.delete", new JsonObject().put("databaseId", sample(connection)));

        var again = start();

        assertThat(list(again)).isEmpty();
    }

    @Test
    void aStartAfterAnotherKeepsWhatThereIs() {
        var id = sample(start());

        assertThat(sample(start())).isEqualTo(id);
    }

    @Test
    void deletingRemovesTheFiles() throws IOException {
        var connection = start();
        query(connection, sample(connection), "SELECT 1");

        invoke(connection, "d1.delete", new JsonObject().put("databaseId", sample(connection)));

        assertThat(files()).isEmpty();
    }

    @Test
    void whatACrashLeftIsRemovedUnlessItIsYoung() throws IOException {
        start();
        var old = Files.writeString(folder.resolve("d1/11111111-2222-3333-4444-555555555555.sqlite"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        var young = Files.writeString(folder.resolve("d1/21111111-2222-3333-4444-555555555555.sqlite"), "half");

        start();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(files()).anyMatch(name -> !name.startsWith("21111111-"));
    }

    @Test
    void aFailedCreationLeavesNoFile() throws IOException {
        var connection = start();
        var before = files();

        var again = failure(connection.invoke(write("d1.create", new JsonObject().put("name", "northwind-mini"))));

        assertThat(again.reason()).isEqualTo(ToolException.Reason.CONFLICT);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aSwitchThatAPragmaSetsReachesNobodyElse() {
        var connection = start();
        var id = sample(connection);

        var setting = "PRAGMA case_sensitive_like = 1";
        invoke(connection, "d1.query", arguments(id, setting, "SELECT 'a' LIKE 'A'"));

        assertThat(rows(invoke(connection, "d1.query", arguments(id, "SELECT 'a' LIKE 'A'")))
                        .getJsonArray(0)
                        .getInteger(0))
                .isEqualTo(1);
        assertThat(rows(query(connection, id, "SELECT 'a' LIKE 'A'"))
                        .getJsonArray(0)
                        .getInteger(0))
                .isEqualTo(1);
    }

    @Test
    void foreignKeysAreKept() {
        var connection = start();

        var orphan = failure(connection.invoke(write(
                "d1.query",
                arguments(
                        sample(connection),
                        "PRAGMA foreign_keys = OFF",
                        "INSERT INTO orders VALUES (9999, 1, 777, '2024', NULL, 'open')"))));

        assertThat(orphan).hasMessageContaining("FOREIGN KEY constraint failed");
    }

    @Test
    void manyDatabasesAreOpenInTurn() {
        var connection = start();
        var ids = Stream.iterate(0, index -> index + 1)
                .limit(40)
                .map(index -> invoke(connection, "d1.create", new JsonObject().put("name", "many-" + index)))
                .map(made -> made.getString("uuid"))
                .toList();

        for (var round = 0; round < 2; round++) {
            ids.forEach(
                    id -> assertThat(rows(query(connection, id, "SELECT 1"))).hasSize(1));
        }
    }

    @Test
    void anUnknownOperationIsUnsupported() {
        var unknown = new Operation(
                "kv.nothing",
                new JsonObject(),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);

        assertThat(failure(start().invoke(unknown)).reason()).isEqualTo(ToolException.Reason.UNSUPPORTED);
    }

    private Connection start() {
        var plugin = new LocalPlugin();
        await(plugin.start(context));
        var connector = plugin.connectors(context).get(0);
        assertThat(connector.id()).isEqualTo("local");
        return connector.open(Credentials.NONE, new FakeUpstream());
    }

    private static String sample(Connection connection) {
        var databases = list(connection);
        assertThat(databases).hasSize(1);
        assertThat(databases.getJsonObject(0).getString("name")).isEqualTo("northwind-mini");
        return databases.getJsonObject(0).getString("uuid");
    }

    private static JsonArray list(Connection connection) {
        var list = new Operation(
                "d1.list",
                new JsonObject(),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);
        return await(connection.invoke(list)).json().getJsonArray("databases");
    }

    private static JsonObject query(Connection connection, String id, String sql) {
        var read = new Operation(
                "d1.query",
                arguments(id, sql),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);
        return await(connection.invoke(read)).json();
    }

    private static JsonObject invoke(Connection connection, String operation, JsonObject arguments) {
        return await(connection.invoke(write(operation, arguments))).json();
    }

    private static Operation write(String operation, JsonObject arguments) {
        return new Operation(
                operation,
                arguments,
                Operation.Access.WRITE,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);
    }

    private static JsonObject arguments(String id, String... sqls) {
        var statements = new JsonArray();
        Stream.of(sqls).forEach(sql -> statements.add(new JsonObject().put("sql", sql)));
        return new JsonObject()
                .put("databaseId", id)
                .put("statements", statements)
                .put(
                        "caps",
                        new JsonObject().put("rows", 1000).put("bytes", 100_000).put("cellCharacters", 1000));
    }

    private static JsonArray rows(JsonObject reply) {
        return reply.getJsonArray("results").getJsonObject(0).getJsonArray("rows");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder.resolve("d1"))) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
