package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about a database's past do. */
final class HistoryTools {

    private static final int LONGEST_SQL = 2000;
    private static final int QUERIES = 20;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Fence fence;

    HistoryTools(Fence fence) {
        this.fence = fence;
    }

    Future<ToolResult> bookmark(ToolCall call) {
        var client = new D1Client(call);
        var at = time(call, "at");
        return client.findId(call.arguments().getString("databaseId"))
                .compose(uuid -> client.bookmark(uuid, at)
                        .map(found -> new JsonObject().put("uuid", uuid).mergeIn(found)))
                .map(ToolResult::json);
    }

    Future<ToolResult> insights(ToolCall call) {
        var client = new D1Client(call);
        var arguments = call.arguments().copy().put("limit", call.arguments().getInteger("limit", QUERIES));
        var from = time(call, "from");
        var to = time(call, "to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw invalid("from is " + from.get() + " and to is " + to.get() + "; from must be earlier");
        }
        from.ifPresent(time -> arguments.put("from", time.toString()));
        to.ifPresent(time -> arguments.put("to", time.toString()));
        return client.findId(call.arguments().getString("databaseId"))
                .compose(uuid ->
                        client.insights(arguments.put("databaseId", uuid)).map(found -> shown(uuid, found)))
                .map(json -> ToolResult.json(json, fence.around(json.encode())));
    }

    private static JsonObject shown(String uuid, JsonObject found) {
        var queries = new JsonArray();
        found.getJsonArray("queries").stream()
                .map(JsonObject.class::cast)
                .map(query -> query.copy().put("sql", cut(query.getString("sql"))))
                .forEach(queries::add);
        return new JsonObject()
                .put("uuid", uuid)
                .put("queries", queries)
                .put("count", queries.size())
                .put("from", found.getString("from"))
                .put("to", found.getString("to"));
    }

    private static String cut(String sql) {
        return sql.length() <= LONGEST_SQL ? sql : sql.substring(0, LONGEST_SQL) + "…";
    }

    private static Optional<Instant> time(ToolCall call, String argument) {
        return Optional.ofNullable(call.arguments().getString(argument)).map(text -> instant(argument, text));
    }

    private static Instant instant(String argument, String text) {
        try {
            var time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException otherForm) {
            // Falls through to the same answer.
        }
        throw invalid(argument + " is no time from 1970 on; write it like 2026-11-22T12:00:00Z");
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
