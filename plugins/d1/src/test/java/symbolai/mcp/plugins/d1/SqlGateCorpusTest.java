package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.ToolException;

/** What the gate calls a read, SQLite runs with all rights, and nothing may change: on every statement of SQLite's own tests. */
class SqlGateCorpusTest {

    private static final double MOST_FALSE_REFUSALS = 0.001;

    private final SqlGate gate = new SqlGate();
    private final List<String> falseRefusals = new ArrayList<>();
    private int proven;
    private int ran;
    private int queries;

    @TempDir
    private Path folder;

    @Test
    void noReadOfTheCorporaChangesAnything() throws Exception {
        runAll("sqlite-tests.jsonl");
        runAll("sqllogictest-sample.jsonl");

        System.out.printf(
                "SQL corpora: %d reads proven, %d of them without an error; %d single queries prepare and change nothing, falsely refused %d: %s%n",
                proven, ran, queries, falseRefusals.size(), falseRefusals);
        assertThat(ran).isGreaterThan(15_000);
        assertThat((double) falseRefusals.size() / queries)
                .as("falsely refused queries: %s", falseRefusals)
                .isLessThan(MOST_FALSE_REFUSALS);
    }

    @Test
    void aChangeWouldBeSeen() throws Exception {
        try (var scratch = new ScratchDatabase(folder.resolve("seen.db"))) {
            for (var sql : List.of(
                    "UPDATE tab0 SET col0 = 1",
                    "CREATE TABLE seen(a)",
                    "PRAGMA user_version = 9",
                    "PRAGMA foreign_keys = 1",
                    "SELECT * FROM pragma_optimize(0x10002)")) {
                assertThatThrownBy(() -> scratch.proveUnchanged(sql)).as(sql).isInstanceOf(AssertionError.class);
            }
        }
    }

    private void runAll(String name) throws Exception {
        var scratch = new ScratchDatabase(folder.resolve("none.db"));
        var script = "";
        var number = 0;
        for (var line : corpus(name)) {
            var entry = new JsonObject(line);
            if (!entry.getString("file", name).equals(script)) {
                script = entry.getString("file", name);
                scratch.close();
                scratch = new ScratchDatabase(folder.resolve(name + number++ + ".db"));
            }
            runEntry(entry.getString("sql"), scratch);
        }
        scratch.close();
    }

    /** First the whole text as it stands, then each statement of it. */
    private void runEntry(String sql, ScratchDatabase scratch) throws Exception {
        runOne(sql, scratch);
        List<List<SqlToken>> statements;
        try {
            statements = SqlStatements.split(sql);
        } catch (ToolException unreadable) {
            return;
        }
        for (var statement : statements) {
            var text = statement.stream().map(SqlToken::text).collect(Collectors.joining(" "));
            runOne(text, scratch);
            if (isChange(statement)) {
                scratch.change(text);
            }
        }
    }

    private void runOne(String sql, ScratchDatabase scratch) throws Exception {
        if (isRead(sql)) {
            proven++;
            ran += scratch.proveUnchanged(sql) ? 1 : 0;
            queries += isQuery(sql) && !holdsSeveral(sql) && scratch.accepts(sql) ? 1 : 0;
        } else if (isQuery(sql) && !holdsSeveral(sql) && scratch.accepts(sql) && scratch.leavesUnchanged(sql)) {
            queries++;
            falseRefusals.add(sql);
        }
    }

    private boolean isRead(String sql) {
        try {
            return gate.check(sql).access() == Operation.Access.READ;
        } catch (ToolException refused) {
            return false;
        }
    }

    /** Other statements that change nothing, such as most PRAGMAs, are not offered by D1. */
    private static boolean isQuery(String sql) {
        return Stream.of("SELECT", "VALUES", "WITH", "EXPLAIN")
                .anyMatch(verb -> sql.strip().regionMatches(true, 0, verb, 0, verb.length()));
    }

    private static boolean holdsSeveral(String sql) {
        try {
            return SqlStatements.split(sql).size() > 1;
        } catch (ToolException unreadable) {
            return sql.contains(";");
        }
    }

    /** What would leave the scratch database, or lock it, is not run. */
    private static boolean isChange(List<SqlToken> statement) {
        return List.of("CREATE", "INSERT", "REPLACE", "UPDATE", "DELETE", "ALTER", "DROP").stream()
                .anyMatch(statement.get(0)::is);
    }

    private static List<String> corpus(String name) throws IOException {
        try (var file = SqlGateCorpusTest.class.getResourceAsStream("/sql/" + name + ".gz");
                var text = new GZIPInputStream(Objects.requireNonNull(file, name))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
