package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.testkit.CheckedConnection;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FamilyBench;
import symbolai.mcp.testkit.HostileTexts;
import symbolai.mcp.testkit.RecordedConnection;

/** Bad arguments, row by row, and databases that are none. */
class D1ArgumentsTest {

    private static final JsonArray STATEMENTS = JsonArray.of(new JsonObject().put("sql", "SELECT 1"));

    /** The least that each tool takes beside the database. */
    private static final List<Arguments> TOOLS = List.of(
            Arguments.of("d1_query", new JsonObject().put("sql", "SELECT 1")),
            Arguments.of("d1_execute", new JsonObject().put("statements", STATEMENTS)),
            Arguments.of("d1_database_info", new JsonObject()),
            Arguments.of("d1_schema", new JsonObject()),
            Arguments.of("d1_delete_database", new JsonObject().put("confirmName", "x")),
            Arguments.of("d1_export", new JsonObject()),
            Arguments.of("d1_import", new JsonObject().put("sql", "SELECT 1")),
            Arguments.of("d1_bookmark", new JsonObject()),
            Arguments.of("d1_restore", new JsonObject().put("bookmark", "b").put("confirmName", "x")),
            Arguments.of("d1_insights", new JsonObject()));

    @TempDir
    private Path folder;

    private FakeFamilyContext context;
    private RecordedConnection connection;
    private FamilyBench d1;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("d1", folder);
        connection = new RecordedConnection(new CheckedConnection(new ScriptedDatabase()));
        d1 = new FamilyBench(new D1Plugin(), context, connection);
    }

    @AfterEach
    void close() {
        context.close();
    }

    static Stream<Arguments> tools() {
        return TOOLS.stream();
    }

    @Test
    void everyToolThatTakesADatabaseIsInTheTable() {
        var named = TOOLS.stream().map(row -> row.get()[0]).toList();

        assertThat(d1.family().tools().stream()
                        .filter(tool ->
                                tool.inputSchema().getJsonObject("properties").containsKey("databaseId"))
                        .map(tool -> (Object) tool.name()))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aHostileDatabaseIsNoMoreThanLookedFor(String tool, JsonObject others) {
        for (var text : HostileTexts.all()) {
            connection.forget();
            var failure = d1.failure(tool, others.copy().put("databaseId", text));

            assertThat(failure.reason()).as(text).isIn(Reason.NOT_FOUND, Reason.INVALID);
            assertThat(failure.getMessage().chars()).as(text).noneMatch(Character::isISOControl);
            assertThat(connection.asked())
                    .as(text)
                    .allMatch(operation ->
                            operation.name().equals("d1.list") && operation.access() == Operation.Access.READ);
        }
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                Arguments.of("d1_list_databases", new JsonObject().put("page", 0)),
                Arguments.of("d1_list_databases", new JsonObject().put("perPage", 0)),
                Arguments.of("d1_list_databases", new JsonObject().put("perPage", 101)),
                Arguments.of("d1_list_databases", new JsonObject().put("perPage", "10")),
                Arguments.of("d1_list_databases", new JsonObject().put("limit", 10)),
                Arguments.of("d1_create_database", new JsonObject()),
                Arguments.of("d1_create_database", new JsonObject().put("name", "")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "a b")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "a/b")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "..")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "a\n")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "ä")),
                Arguments.of("d1_create_database", new JsonObject().put("name", "n".repeat(65))),
                Arguments.of("d1_query", shop().put("sql", "")),
                Arguments.of("d1_query", shop().put("sql", "SELECT 1; SELECT 2")),
                Arguments.of("d1_query", shop().put("sql", "SELECT ?").put("params", new JsonObject())),
                Arguments.of("d1_query", shop().put("sql", "SELECT ?").put("params", JsonArray.of(new JsonObject()))),
                Arguments.of("d1_query", shop().put("sql", "SELECT 1 -- " + "x".repeat(100_000))),
                Arguments.of("d1_execute", shop().put("statements", new JsonArray())),
                Arguments.of("d1_execute", shop().put("statements", "DELETE FROM t")),
                Arguments.of("d1_execute", shop().put("statements", JsonArray.of("DELETE FROM t"))));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void badArgumentsAreRefusedBeforeAnythingIsAsked(String tool, JsonObject arguments) {
        var failure = d1.failure(tool, arguments);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(connection.names()).isEmpty();
    }

    private static JsonObject shop() {
        return new JsonObject().put("databaseId", ScriptedDatabase.NAME);
    }
}
