package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;

/** The rows of one table as INSERT statements, a few hundred at a time. */
final class RowsPart implements DumpPart {

    private static final int ROWS = 500;
    private static final SqliteCaps CAPS = new SqliteCaps(ROWS, 8L << 20, Integer.MAX_VALUE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sqlite sqlite;
    private final DumpedTable table;
    private long from;
    private boolean more = true;

    RowsPart(Sqlite sqlite, DumpedTable table) {
        this.sqlite = sqlite;
        this.table = table;
        this.from = table.rowId().isPresent() ? Long.MIN_VALUE : 0;
    }

    @Override
    public Future<String> next() {
        return sqlite.query(SqliteStatement.of(select(), from), CAPS, Deadline.after(PATIENCE), Cancellation.NEVER)
                .map(this::inserts);
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    private String select() {
        var values = table.select() + " FROM " + SqlText.name(table.name());
        return table.rowId()
                .map(id -> "SELECT " + id + ", " + values + " WHERE " + id + " >= ? ORDER BY " + id)
                .orElseGet(() -> "SELECT 0, " + values + " LIMIT -1 OFFSET ?");
    }

    private String inserts(SqliteResult result) {
        var inserts = new StringBuilder();
        var insert = table.insert();
        result.rows().forEach(row -> inserts.append(insert).append(values(row)).append(");\n"));
        more = result.truncated() && !result.rows().isEmpty();
        if (more) {
            advance(result.rows());
        }
        return inserts.toString();
    }

    private void advance(List<List<@Nullable Object>> rows) {
        if (table.rowId().isEmpty()) {
            from += rows.size();
        } else if (rows.get(rows.size() - 1).get(0) instanceof Long last) {
            from = last + 1;
        }
    }

    private static String values(List<@Nullable Object> row) {
        var values = new StringBuilder();
        for (var index = 1; index + 1 < row.size(); index += 2) {
            values.append(index == 1 ? "" : ", ")
                    .append(SqlText.value(String.valueOf(row.get(index)), row.get(index + 1)));
        }
        return values.toString();
    }
}
