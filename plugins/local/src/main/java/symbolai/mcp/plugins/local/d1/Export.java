package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/**
 * Plans what an export holds: tables, rows, then what may refer to both.
 *
 * @param schema whether the statements are there that make things
 * @param rows whether the rows are there
 * @param only the tables and views to write; empty for all
 */
record Export(boolean schema, boolean rows, List<String> only) {

    private static final String BEGINNING = "PRAGMA defer_foreign_keys = ON;\n";
    private static final List<SqliteStatement> QUESTIONS = List.of(
            SqliteStatement.of("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
                    + " AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_' ORDER BY rowid"),
            SqliteStatement.of("SELECT l.name, l.type, l.wr, x.name, x.hidden FROM pragma_table_list l"
                    + " JOIN pragma_table_xinfo(l.name) x WHERE l.schema = 'main' ORDER BY l.name, x.cid"),
            SqliteStatement.of("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'"));

    /** The parts, in order; fails with NOT_FOUND when a table is not there. */
    Future<List<DumpPart>> parts(Sqlite sqlite, Deadline deadline) {
        return sqlite.batch(QUESTIONS, SqliteCaps.NONE, deadline, Cancellation.NEVER)
                .compose(answers -> hasSequences(answers)
                        ? sqlite.query(
                                        SqliteStatement.of("SELECT name, seq FROM sqlite_sequence"),
                                        SqliteCaps.NONE,
                                        deadline,
                                        Cancellation.NEVER)
                                .map(sequences -> plan(sqlite, answers, Records.rows(sequences)))
                        : Future.succeededFuture(plan(sqlite, answers, List.of())));
    }

    private static boolean hasSequences(List<SqliteResult> answers) {
        return Records.rows(answers.get(2)).get(0).number(0) > 0;
    }

    private List<DumpPart> plan(Sqlite sqlite, List<SqliteResult> answers, List<Row> sequences) {
        var things = Records.rows(answers.get(0));
        var tables = tables(Records.rows(answers.get(1)));
        requireAll(things);
        var parts = new ArrayList<DumpPart>();
        parts.add(DumpPart.of(BEGINNING));
        if (schema) {
            parts.add(DumpPart.of(
                    statements(things, tables.keySet(), Set.of("table")) + leftOut(things, tables.keySet())));
        }
        if (rows) {
            tables.values().stream()
                    .filter(table -> wanted(table.name()))
                    .forEach(table -> parts.add(new RowsPart(sqlite, table)));
            parts.add(DumpPart.of(counters(sequences)));
        }
        if (schema) {
            parts.add(DumpPart.of(statements(things, tables.keySet(), Set.of("index"))));
            parts.add(DumpPart.of(statements(things, tables.keySet(), Set.of("view"))));
            parts.add(DumpPart.of(statements(things, tables.keySet(), Set.of("trigger"))));
        }
        return parts;
    }

    private void requireAll(List<Row> things) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        things.forEach(thing -> names.add(thing.text(1)));
        only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new ToolException(ToolException.Reason.NOT_FOUND, "there is no table \"" + name + "\" to export");
        });
    }

    /** The ordinary tables; a virtual table and the tables behind it hold what only its module can write. */
    private static Map<String, DumpedTable> tables(List<Row> columns) {
        var all = new LinkedHashMap<String, List<Row>>();
        columns.stream()
                .filter(row -> row.text(1).equals("table") && !row.text(0).startsWith("sqlite_"))
                .forEach(row -> all.computeIfAbsent(row.text(0), first -> new ArrayList<>())
                        .add(row));
        var tables = new LinkedHashMap<String, DumpedTable>();
        all.forEach((name, rows) -> tables.put(name, table(name, rows)));
        return tables;
    }

    private static DumpedTable table(String name, List<Row> columns) {
        var insertable = columns.stream()
                .filter(row -> row.number(4) == 0)
                .map(row -> row.text(3))
                .toList();
        var all = columns.stream().map(row -> row.text(3)).toList();
        return DumpedTable.of(name, insertable, all, columns.get(0).number(2) == 1);
    }

    private String statements(List<Row> things, Set<String> tables, Set<String> types) {
        var statements = new StringBuilder();
        things.stream()
                .filter(thing -> types.contains(thing.text(0)) && wanted(thing.text(2)))
                .filter(thing -> !thing.text(0).equals("table") || tables.contains(thing.text(1)))
                .forEach(thing -> statements.append(ended(thing.text(3))));
        return statements.toString();
    }

    private String leftOut(List<Row> things, Set<String> tables) {
        var comments = new StringBuilder();
        things.stream()
                .filter(thing ->
                        thing.text(0).equals("table") && thing.text(3).regionMatches(true, 0, "CREATE VIRTUAL", 0, 14))
                .filter(thing -> wanted(thing.text(1)) && !tables.contains(thing.text(1)))
                .forEach(thing -> comments.append("-- left out: the virtual table ")
                        .append(thing.text(1).replace('\n', ' ').replace('\r', ' '))
                        .append('\n'));
        return comments.toString();
    }

    private String counters(List<Row> sequences) {
        var counters = new StringBuilder();
        sequences.stream().filter(row -> wanted(row.text(0))).forEach(row -> {
            var name = SqlText.text(row.text(0));
            counters.append("DELETE FROM sqlite_sequence WHERE name = ")
                    .append(name)
                    .append(";\n");
            counters.append(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %d);\n".formatted(name, row.number(1)));
        });
        return counters.toString();
    }

    private boolean wanted(String table) {
        return only.isEmpty() || only.stream().anyMatch(table::equalsIgnoreCase);
    }

    /** A comment at the end would hide the semicolon. */
    private static String ended(String sql) {
        var comment = sql.lastIndexOf("--") > sql.lastIndexOf('\n');
        return sql + (comment ? "\n;\n" : ";\n");
    }
}
