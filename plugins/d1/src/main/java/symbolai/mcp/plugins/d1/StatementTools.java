package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Does what the tools that take SQL do. */
final class StatementTools {

    private final SqlGate gate = new SqlGate();
    private final Fence fence;
    private final DatabaseError error;
    private final SchemaUpdates updates;

    StatementTools(Fence fence, SchemaUpdates updates) {
        this.fence = fence;
        this.error = new DatabaseError(fence);
        this.updates = updates;
    }

    Future<ToolResult> query(ToolCall call) {
        var statement = D1Statement.from(call.arguments());
        var gated = gate.checkRead(statement.sql());
        var client = new D1Client(call);
        return client.findId(call.arguments().getString("databaseId"))
                .compose(uuid -> client.query(uuid, List.of(statement), ResultCaps.forQuery(gated.limited())))
                .recover(failure -> told(failure, List.of(statement)))
                .map(results -> queryResult(results.get(0), gated.limited()))
                .map(this::fenced);
    }

    Future<ToolResult> execute(ToolCall call) {
        var statements = call.arguments().getJsonArray("statements").stream()
                .map(JsonObject.class::cast)
                .map(D1Statement::from)
                .toList();
        var gated = statements.stream().map(D1Statement::sql).map(gate::check).toList();
        var client = new D1Client(call);
        return client.findId(call.arguments().getString("databaseId"))
                .compose(uuid -> client.execute(uuid, statements, ResultCaps.forBatch(statements.size()))
                        .onSuccess(done -> tellSubscribers(client, uuid, gated)))
                .recover(failure -> told(failure, statements))
                .map(StatementTools::executeResult)
                .map(this::fenced);
    }

    private void tellSubscribers(D1Client client, String uuid, List<GatedStatement> gated) {
        if (gated.stream().anyMatch(GatedStatement::changesSchema)) {
            updates.changed(client, uuid);
        }
    }

    private static JsonObject queryResult(D1Result result, boolean limited) {
        var json = new JsonObject()
                .put("columns", result.columns())
                .put("rows", result.rows())
                .put("rowCount", result.rows().size())
                .put("truncated", result.truncated())
                .put("meta", new JsonObject().put("durationMs", result.durationMs()));
        return result.truncated() ? json.put("hint", hint(result, limited)) : json;
    }

    private static String hint(D1Result result, boolean limited) {
        return !limited && result.rows().size() == ResultCaps.ROWS_WITHOUT_LIMIT
                ? "There are more rows. Narrow the query, aggregate, or page with LIMIT and OFFSET."
                : "The result was too large and was cut. Ask for fewer rows or columns, or for parts of long values"
                        + " with substr().";
    }

    private static JsonObject executeResult(List<D1Result> results) {
        var json = new JsonArray();
        results.stream().map(StatementTools::statementResult).forEach(json::add);
        return new JsonObject().put("results", json);
    }

    private static JsonObject statementResult(D1Result result) {
        var json = new JsonObject().put("changes", result.changes()).put("durationMs", result.durationMs());
        result.lastRowId().ifPresent(id -> json.put("lastRowId", id));
        return result.columns().isEmpty()
                ? json
                : json.put("columns", result.columns())
                        .put("rows", result.rows())
                        .put("truncated", result.truncated());
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }

    private <T> Future<T> told(Throwable failure, List<D1Statement> statements) {
        var sqls = statements.stream().map(D1Statement::sql).toList();
        return Future.failedFuture(error.readable(failure, sqls));
    }
}
