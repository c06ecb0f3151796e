package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Carries out the operations on logs over what running servers keep of them. */
final class DevObservability {

    private static final int KEYS = 1000;
    private static final int VALUES = 50;
    private static final int GROUPS = 10;

    private final DevLogs logs;

    DevObservability(DevLogs logs) {
        this.logs = logs;
    }

    Future<JsonObject> events(Operation operation) {
        var filter = EventFilter.of(operation.arguments());
        var skip = skip(operation.arguments().getString("offset", "0"));
        var limit = operation.arguments().getInteger("limit");
        return logs.events(operation)
                .map(all -> all.stream().filter(filter::fits).toList())
                .map(found -> {
                    var end = Math.min(found.size(), skip + limit);
                    var shown = found.subList(Math.min(skip, end), end).stream()
                            .map(DevObservability::described)
                            .toList();
                    var result =
                            new JsonObject().put("events", new JsonArray(shown)).put("count", found.size());
                    return end < found.size() ? result.put("offset", String.valueOf(end)) : result;
                });
    }

    Future<JsonObject> calculate(Operation operation) {
        var arguments = operation.arguments();
        var filter = EventFilter.of(arguments);
        var groupBy = Optional.ofNullable(arguments.getString("groupBy"));
        var calculation = Calculation.of(arguments);
        return logs.events(operation)
                .map(all -> all.stream()
                        .filter(filter::fits)
                        .map(event -> event.getJsonObject("fields"))
                        .collect(Collectors.groupingBy(
                                fields -> groupBy.map(fields::getValue)
                                        .map(Object::toString)
                                        .orElse(""),
                                TreeMap::new,
                                Collectors.toList())))
                .map(groups -> groups.entrySet().stream()
                        .flatMap(group -> calculation
                                .of(group.getValue())
                                .map(result -> groupBy.isPresent() ? result.put("group", group.getKey()) : result)
                                .stream())
                        .sorted(Comparator.<JsonObject, Double>comparing(result -> result.getDouble("value"))
                                .reversed())
                        .limit(arguments.getInteger("limit", GROUPS))
                        .toList())
                .map(groups -> new JsonObject().put("groups", new JsonArray(groups)));
    }

    Future<JsonObject> keys(Operation operation) {
        var needle = operation.arguments().getString("needle", "");
        var limit = operation.arguments().getInteger("limit", KEYS);
        return logs.events(operation)
                .map(all -> {
                    var types = new TreeMap<String, String>();
                    all.forEach(event -> event.getJsonObject("fields")
                            .forEach(field -> types.put(field.getKey(), type(field.getValue()))));
                    return types.entrySet().stream()
                            .filter(type -> type.getKey().contains(needle))
                            .limit(limit)
                            .map(type ->
                                    new JsonObject().put("key", type.getKey()).put("type", type.getValue()))
                            .toList();
                })
                .map(keys -> new JsonObject().put("keys", new JsonArray(keys)));
    }

    Future<JsonObject> values(Operation operation) {
        var key = operation.arguments().getString("key");
        var type = operation.arguments().getString("type");
        var needle = operation.arguments().getString("needle", "");
        var limit = operation.arguments().getInteger("limit", VALUES);
        return logs.events(operation)
                .map(all -> all.stream()
                        .map(event -> Optional.ofNullable(
                                event.getJsonObject("fields").getValue(key)))
                        .flatMap(Optional::stream)
                        .filter(value ->
                                type(value).equals(type) && value.toString().contains(needle))
                        .distinct()
                        .limit(limit)
                        .toList())
                .map(values -> new JsonObject().put("values", new JsonArray(values)));
    }

    private static JsonObject described(JsonObject event) {
        var fields = event.getJsonObject("fields");
        var described = event.copy();
        copy(fields, "$metadata.service", described, "worker");
        copy(fields, "$metadata.level", described, "level");
        copy(fields, "$metadata.message", described, "message");
        copy(fields, "$workers.outcome", described, "outcome");
        copy(fields, "$metadata.requestId", described, "requestId");
        copy(fields, "$workers.wallTimeMs", described, "durationMs");
        return described;
    }

    private static void copy(JsonObject from, String key, JsonObject to, String name) {
        Optional.ofNullable(from.getValue(key)).ifPresent(value -> to.put(name, value));
    }

    private static int skip(String offset) {
        if (!offset.matches("[0-9]{1,6}")) {
            throw new ToolException(Reason.INVALID, "the offset is not one that was given here");
        }
        return Integer.parseInt(offset);
    }

    private static String type(Object value) {
        return value instanceof Number ? "number" : "string";
    }
}
