package symbolai.mcp.plugins.local.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;

/** Reads and writes the JSON of the operations. */
final class D1Json {

    private D1Json() {}

    static JsonObject database(Database database) {
        return new JsonObject()
                .put("uuid", database.entry().uuid())
                .put("name", database.entry().name())
                .put("createdAt", database.entry().createdAt().toString())
                .put("fileSize", database.fileSize());
    }

    /** One more than a page holds was asked for, to know whether there is a next one. */
    static JsonObject page(List<Database> found, int page, int perPage) {
        var databases = new JsonArray();
        found.stream().limit(perPage).map(D1Json::database).forEach(databases::add);
        var json = new JsonObject().put("databases", databases);
        return found.size() > perPage ? json.put("nextPage", page + 1) : json;
    }

    static List<SqliteStatement> statements(JsonArray json) {
        var statements = new ArrayList<SqliteStatement>();
        for (var index = 0; index < json.size(); index++) {
            var statement = json.getJsonObject(index);
            var params = statement.getJsonArray("params", new JsonArray());
            statements.add(new SqliteStatement(statement.getString("sql"), params(params)));
        }
        return statements;
    }

    static SqliteCaps caps(JsonObject json) {
        return new SqliteCaps(json.getInteger("rows"), json.getLong("bytes"), json.getInteger("cellCharacters"));
    }

    static JsonObject results(List<SqliteResult> results) {
        var json = new JsonArray();
        results.stream().map(D1Json::result).forEach(json::add);
        return new JsonObject().put("results", json);
    }

    private static JsonObject result(SqliteResult result) {
        var rows = new JsonArray();
        result.rows().stream().map(D1Json::row).forEach(rows::add);
        var json = new JsonObject()
                .put("columns", new JsonArray(result.columns()))
                .put("rows", rows)
                .put("truncated", result.truncated())
                .put("changes", result.changes())
                .put("durationMs", Math.round(result.duration().toNanos() / 10_000.0) / 100.0);
        return result.changes() > 0 ? json.put("lastRowId", result.lastRowId()) : json;
    }

    private static JsonArray row(List<@Nullable Object> row) {
        var json = new JsonArray();
        row.forEach(value -> json.add(cell(value)));
        return json;
    }

    private static @Nullable Object cell(@Nullable Object value) {
        if (value instanceof byte[] blob) {
            return new JsonObject().put("base64", Base64.getEncoder().encodeToString(blob));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        return value;
    }

    private static List<@Nullable Object> params(JsonArray json) {
        var params = new ArrayList<@Nullable Object>();
        json.forEach(value -> params.add(param(value)));
        return params;
    }

    /** A number beyond 64 bits becomes a floating one, as it does in a statement. */
    private static @Nullable Object param(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return value;
        }
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }
}
