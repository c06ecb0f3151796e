package symbolai.mcp.plugins.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;

/** Does what the tools that calculate, and that list keys and values, do. */
final class ReadMetrics {

    private static final int USUAL = 100;
    private static final int GROUPS = 10;
    private static final int LONGEST = 500;

    private final Fence fence;
    private final Clock clock;

    ReadMetrics(Fence fence, Clock clock) {
        this.fence = fence;
        this.clock = clock;
    }

    Future<ToolResult> calculate(ToolCall call) {
        var arguments = call.arguments();
        if (!arguments.getString("calculation").equals("count") && !arguments.containsKey("key")) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "the calculation " + arguments.getString("calculation")
                            + " needs a key, such as $workers.wallTimeMs; observability_keys lists the keys there are");
        }
        var range = TimeRange.of(arguments, clock.instant());
        var operation =
                EventFilter.of(arguments).into(range.toJson()).put("limit", arguments.getInteger("limit", GROUPS));
        copy(arguments, operation, List.of("calculation", "key", "groupBy"));
        return new ObservabilityClient(call).calculate(operation).map(groups -> result(range, "groups", groups));
    }

    Future<ToolResult> keys(ToolCall call) {
        var range = TimeRange.of(call.arguments(), clock.instant());
        var operation = range.toJson().put("limit", call.arguments().getInteger("limit", USUAL));
        copy(call.arguments(), operation, List.of("needle"));
        return new ObservabilityClient(call).keys(operation).map(keys -> result(range, "keys", keys));
    }

    Future<ToolResult> values(ToolCall call) {
        var range = TimeRange.of(call.arguments(), clock.instant());
        var operation = range.toJson()
                .put("limit", call.arguments().getInteger("limit", USUAL))
                .put("type", call.arguments().getString("type", "string"));
        copy(call.arguments(), operation, List.of("key", "needle"));
        return new ObservabilityClient(call)
                .values(operation)
                .map(ReadMetrics::cut)
                .map(values -> result(range, "values", values));
    }

    private ToolResult result(TimeRange range, String name, JsonArray list) {
        var json = range.toJson().put(name, list).put("count", list.size());
        return ToolResult.json(json, fence.around(json.encode()));
    }

    private static JsonArray cut(JsonArray values) {
        return new JsonArray(values.stream().map(ReadMetrics::cut).toList());
    }

    private static Object cut(Object value) {
        return value instanceof String text && text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : value;
    }

    private static void copy(JsonObject from, JsonObject to, List<String> names) {
        names.stream().filter(from::containsKey).forEach(name -> to.put(name, from.getValue(name)));
    }
}
