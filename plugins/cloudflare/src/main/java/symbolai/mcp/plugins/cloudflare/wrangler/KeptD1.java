package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;

/** Reads databases of projects that do not run, from the files that they left. */
final class KeptD1 {

    private static final SqliteLimits LIMITS =
            new SqliteLimits(100_000, 100, 50, 100, 5, 100, 25_000, 2_000_000, 10, 10L << 30);

    private final FamilyContext context;

    KeptD1(FamilyContext context) {
        this.context = context;
    }

    Future<JsonObject> query(Store store, Operation operation) {
        if (operation.access() == Operation.Access.WRITE) {
            Offline.served(store);
        }
        var statements = statements(operation.arguments().getJsonArray("statements"));
        statements.forEach(statement -> SqlStatements.single(statement.sql()));
        var caps = operation.arguments().getJsonObject("caps");
        var most = new SqliteCaps(caps.getInteger("rows"), caps.getLong("bytes"), caps.getInteger("cellCharacters"));
        return context.sqlite(store.file().orElseThrow(), Sqlite.Mode.READ_ONLY, LIMITS)
                .compose(sqlite -> sqlite.batch(statements, most, operation.deadline(), operation.cancellation())
                        .eventually(sqlite::close))
                .map(KeptD1::results);
    }

    private static List<SqliteStatement> statements(JsonArray json) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(statement -> new SqliteStatement(
                        statement.getString("sql"), params(statement.getJsonArray("params", new JsonArray()))))
                .toList();
    }

    private static List<@Nullable Object> params(JsonArray json) {
        var params = new ArrayList<@Nullable Object>();
        json.forEach(params::add);
        return params;
    }

    private static JsonObject results(List<SqliteResult> results) {
        var json = new JsonArray();
        results.stream().map(KeptD1::result).forEach(json::add);
        return new JsonObject().put("results", json);
    }

    private static JsonObject result(SqliteResult result) {
        var rows = new ArrayList<JsonArray>();
        result.rows().forEach(row -> rows.add(row(row)));
        return new JsonObject()
                .put("columns", new JsonArray(result.columns()))
                .put("rows", new JsonArray(rows))
                .put("truncated", result.truncated())
                .put("changes", 0)
                .put("durationMs", result.duration().toNanos() / 1_000_000.0);
    }

    private static JsonArray row(List<@Nullable Object> values) {
        var row = new JsonArray();
        values.forEach(value -> row.add(cell(value)));
        return row;
    }

    private static @Nullable Object cell(@Nullable Object value) {
        if (value instanceof byte[] blob) {
            return new JsonObject().put("base64", Base64.getEncoder().encodeToString(blob));
        }
        return value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
    }
}
