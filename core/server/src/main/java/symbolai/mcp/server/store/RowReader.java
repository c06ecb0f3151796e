package symbolai.mcp.server.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.SqliteCaps;

/** Reads rows up to the caps, plus one to know whether there are more. */
final class RowReader {

    private static final String ELLIPSIS = "…";

    private final SqliteCaps caps;
    private final List<String> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private long bytes;
    private boolean truncated;

    RowReader(SqliteCaps caps) {
        this.caps = caps;
    }

    List<String> columns() {
        return columns;
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    boolean truncated() {
        return truncated;
    }

    void read(ResultSet results) throws SQLException {
        var shape = results.getMetaData();
        for (var column = 1; column <= shape.getColumnCount(); column++) {
            columns.add(shape.getColumnName(column));
        }
        while (results.next()) {
            if (rows.size() == caps.rows() || !add(results)) {
                truncated = true;
                return;
            }
        }
    }

    private boolean add(ResultSet results) throws SQLException {
        var row = new ArrayList<@Nullable Object>(columns.size());
        for (var column = 1; column <= columns.size(); column++) {
            var value = cut(results.getObject(column));
            bytes += size(value);
            if (bytes > caps.bytes()) {
                return false;
            }
            row.add(value);
        }
        rows.add(Collections.unmodifiableList(row));
        return true;
    }

    private @Nullable Object cut(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof String text && text.length() > caps.cellCharacters()) {
            truncated = true;
            return cutText(text);
        }
        if (value instanceof byte[] blob && blob.length > caps.cellCharacters()) {
            truncated = true;
            return Arrays.copyOf(blob, caps.cellCharacters());
        }
        return value;
    }

    private String cutText(String text) {
        var end = caps.cellCharacters();
        var splitsPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }

    private static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (value instanceof byte[] blob) {
            return blob.length;
        }
        return String.valueOf(value).length();
    }
}
