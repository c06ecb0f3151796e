package symbolai.mcp.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one statement gave.
 *
 * @param columns the names of the columns, as SQLite gives them, repeated names included
 * @param rows the values: String, Long, Double, {@code byte[]} or null
 * @param truncated whether rows, bytes or a value were cut
 * @param changes how many rows the statement inserted, updated or deleted
 * @param lastRowId the row id of the last insert on this connection
 * @param duration how long the statement ran
 */
public record SqliteResult(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        boolean truncated,
        long changes,
        long lastRowId,
        Duration duration) {

    public SqliteResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
