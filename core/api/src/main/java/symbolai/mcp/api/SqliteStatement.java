package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement and the values of its parameters.
 *
 * @param params strings, numbers, booleans (stored as 0 and 1), {@code byte[]} and null, in the order of the parameters
 */
public record SqliteStatement(String sql, List<@Nullable Object> params) {

    public SqliteStatement {
        params = Collections.unmodifiableList(new ArrayList<>(params));
    }

    /** A statement with parameters. */
    public static SqliteStatement of(String sql, @Nullable Object... params) {
        return new SqliteStatement(sql, java.util.Arrays.asList(params));
    }
}
