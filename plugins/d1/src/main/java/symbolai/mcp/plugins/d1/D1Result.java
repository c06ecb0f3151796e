package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What one statement gave.
 *
 * @param columns the names, repeated ones included
 * @param rows a list of values for each row
 */
record D1Result(
        JsonArray columns,
        JsonArray rows,
        boolean truncated,
        long changes,
        Optional<Long> lastRowId,
        double durationMs) {

    static D1Result from(JsonObject json) {
        return new D1Result(
                json.getJsonArray("columns"),
                json.getJsonArray("rows"),
                json.getBoolean("truncated"),
                json.getLong("changes"),
                Optional.ofNullable(json.getLong("lastRowId")),
                json.getDouble("durationMs"));
    }

    /** The rows as lists of values. */
    List<JsonArray> eachRow() {
        return rows.stream().map(JsonArray.class::cast).toList();
    }
}
