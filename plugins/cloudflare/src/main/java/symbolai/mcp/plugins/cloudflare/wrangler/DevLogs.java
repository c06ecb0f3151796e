package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/** Reads what running servers logged and traced, the newest first, at most so many of each. */
final class DevLogs {

    private static final int MOST = 2000;
    private static final int COLUMNS = 10;
    private static final String LOGS =
            "SELECT l.trace_id, l.seq, l.ts_ms, l.level, l.message, s.service, s.name, s.outcome, NULL, NULL FROM logs l"
                    + " LEFT JOIN spans s ON s.trace_id = l.trace_id AND s.span_id = l.span_id"
                    + " WHERE l.ts_ms BETWEEN %d AND %d ORDER BY l.ts_ms DESC, l.seq DESC LIMIT %d";
    private static final String SPANS =
            "SELECT trace_id, span_id, start_ms, NULL, name, service, kind, outcome, duration_ms, error FROM spans"
                    + " WHERE parent_id IS NULL AND start_ms BETWEEN %d AND %d ORDER BY start_ms DESC LIMIT %d";

    private final Explorer explorer;
    private final List<Origin> urls;

    DevLogs(Explorer explorer, List<Origin> urls) {
        this.explorer = explorer;
        this.urls = urls;
    }

    /** The events of all servers that run; fails when none does, or one fails. */
    Future<List<JsonObject>> events(Operation operation) {
        var from = Instant.parse(operation.arguments().getString("from")).toEpochMilli();
        var to = Instant.parse(operation.arguments().getString("to")).toEpochMilli();
        var asked = urls.stream()
                .flatMap(url -> Stream.of(
                        rows(url, LOGS.formatted(from, to, MOST), operation),
                        rows(url, SPANS.formatted(from, to, MOST), operation)))
                .toList();
        return Future.join(asked).transform(done -> joined(asked, operation));
    }

    private Future<List<JsonObject>> rows(Origin url, String sql, Operation operation) {
        var body = new JsonObject().put("sql", sql);
        var call = explorer.post(url, "/local/observability/query", body, Explorer.hasty(operation));
        return explorer.json(call.reading(), DevLogs::rows);
    }

    private static List<JsonObject> rows(Fields answer) {
        if (Explorer.object(answer).json().getValue("rows") instanceof JsonArray rows) {
            return rows.stream().map(DevLogs::row).map(DevLogs::event).toList();
        }
        throw new Malformed("its rows are no list");
    }

    private static JsonArray row(Object row) {
        if (row instanceof JsonArray values && values.size() == COLUMNS) {
            return values;
        }
        throw new Malformed("a row has not as many values as were asked for");
    }

    private static Future<List<JsonObject>> joined(List<Future<List<JsonObject>>> asked, Operation operation) {
        var failure = asked.stream()
                .filter(Future::failed)
                .map(Future::cause)
                .filter(why -> !NotRunning.says(why, operation))
                .findFirst();
        if (failure.isPresent()) {
            return Future.failedFuture(failure.get());
        }
        if (asked.stream().noneMatch(Future::succeeded)) {
            return Future.failedFuture(new ToolException(
                    Reason.UNAVAILABLE, "no wrangler dev runs at the addresses that are set up; start wrangler dev"));
        }
        List<JsonObject> events = new ArrayList<>();
        asked.stream().filter(Future::succeeded).map(Future::result).forEach(events::addAll);
        events.sort(Comparator.<JsonObject, String>comparing(event -> event.getString("at"))
                .reversed());
        return Future.succeededFuture(events);
    }

    /** The keys are Cloudflare's, so that the same filters fit. */
    private static JsonObject event(JsonArray row) {
        var id = row.getValue(0) + "-" + row.getValue(1);
        var at = row.getValue(2) instanceof Number millis ? Fields.utc(millis) : Fields.utc(0);
        var fields =
                new JsonObject().put("$metadata.id", id).put("$metadata.requestId", String.valueOf(row.getValue(0)));
        put(fields, "$metadata.level", row.getValue(3));
        put(fields, "$metadata.message", row.getValue(4));
        put(fields, "$metadata.service", row.getValue(5));
        put(fields, "$workers.scriptName", row.getValue(5));
        put(fields, "$metadata.trigger", row.getValue(6));
        put(fields, "$workers.outcome", row.getValue(7));
        put(fields, "$workers.wallTimeMs", row.getValue(8));
        put(fields, "$metadata.error", row.getValue(9));
        return new JsonObject()
                .put("id", id)
                .put("at", at.orElse("1970-01-01T00:00:00Z"))
                .put("fields", fields);
    }

    private static void put(JsonObject fields, String key, Object value) {
        if (value instanceof String || value instanceof Number) {
            fields.put(key, value);
        }
    }
}
