package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Encoded;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.sql.BoundStatement;
import symbolai.mcp.plugins.cloudflare.sql.ReadGate;
import symbolai.mcp.plugins.cloudflare.sql.RowCaps;

/** Queries databases that {@code wrangler dev} serves. */
final class ServedD1 {

    private final Explorer explorer;

    ServedD1(Explorer explorer) {
        this.explorer = explorer;
    }

    /** Always a batch: of several statements in one text Local Explorer gives the last result only, and leaves a cursor open. */
    Future<JsonObject> query(Store store, Operation operation) {
        var statements = operation.arguments().getJsonArray("statements");
        var batch = new JsonArray();
        statements.stream().map(JsonObject.class::cast).forEach(statement -> batch.add(bound(statement, operation)));
        var caps = RowCaps.of(operation.arguments());
        return explorer.json(raw(store, batch, operation), answer -> results(answer, statements.size(), caps));
    }

    /** How large the database is, which every answer says. */
    Future<Long> size(Store store, Operation operation) {
        var batch = JsonArray.of(new JsonObject().put("sql", "SELECT 1"));
        return explorer.json(raw(store, batch, operation).reading(), ServedD1::size);
    }

    private static long size(Fields answer) {
        return Explorer.list(answer).stream()
                .flatMap(result -> result.at("meta").count("size_after").stream())
                .findFirst()
                .orElseThrow(() -> new Malformed("it does not say how large the database is"));
    }

    private HttpCall raw(Store store, JsonArray batch, Operation operation) {
        var path = "/d1/database/" + Encoded.segment(store.devId()) + "/raw";
        return explorer.post(Offline.served(store), path, new JsonObject().put("batch", batch), operation);
    }

    private static JsonObject bound(JsonObject statement, Operation operation) {
        if (operation.access() == Operation.Access.READ) {
            ReadGate.check(statement.getString("sql"));
        }
        var bound = BoundStatement.of(statement);
        var json = new JsonObject().put("sql", bound.sql());
        return bound.params().isEmpty() ? json : json.put("params", new JsonArray(bound.params()));
    }

    private static JsonObject results(Fields answer, int expected, RowCaps caps) {
        var found = Explorer.list(answer);
        if (found.size() != expected) {
            throw new Malformed("there are " + found.size() + " results for " + expected + " statements");
        }
        var results = new JsonArray();
        found.forEach(result -> results.add(result(result, caps)));
        return new JsonObject().put("results", results);
    }

    private static JsonObject result(Fields found, RowCaps caps) {
        var table = Fields.of(found.value("results").orElseThrow(() -> new Malformed("it has no results")));
        var rows = table.array("rows").stream().map(ServedD1::row).toList();
        List<String> columns = table.texts("columns");
        var meta = found.at("meta");
        return caps.result(
                columns,
                rows,
                meta.count("changes").orElse(0L),
                meta.number("last_row_id").map(Number::longValue).orElse(0L),
                meta.number("duration").map(Number::doubleValue).orElse(0.0));
    }

    private static JsonArray row(Object row) {
        if (row instanceof JsonArray values) {
            return values;
        }
        throw new Malformed("a row is no list");
    }
}
