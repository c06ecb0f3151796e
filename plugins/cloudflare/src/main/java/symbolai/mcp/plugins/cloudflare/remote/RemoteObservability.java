package symbolai.mcp.plugins.cloudflare.remote;

import static symbolai.mcp.plugins.cloudflare.remote.Server.OBSERVABILITY;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Carries out the operations on logs by tools of the observability server. */
final class RemoteObservability {

    private static final int VALUES = 50;

    private final RemoteClient client;

    RemoteObservability(RemoteClient client) {
        this.client = client;
    }

    Future<JsonObject> events(Operation operation) {
        var arguments = operation.arguments();
        var limit = arguments.getInteger("limit");
        var query = TelemetryQuery.of("events", arguments).put("limit", limit);
        Optional.ofNullable(arguments.getString("offset"))
                .ifPresent(offset -> query.put("offset", offset).put("offsetDirection", "next"));
        return client.call(OBSERVABILITY, ToolTable.EVENTS, new JsonObject().put("query", query), operation)
                .map(text -> events(text, limit));
    }

    /** The table does not say how many events a number stands for, so they are counted beside it. */
    Future<JsonObject> calculate(Operation operation) {
        var query = TelemetryQuery.calculation(operation.arguments());
        return client.call(OBSERVABILITY, ToolTable.EVENTS, new JsonObject().put("query", query), operation)
                .map(text -> Calculations.groups(
                        text.all(), Optional.ofNullable(operation.arguments().getString("groupBy"))))
                .map(groups -> new JsonObject().put("groups", new JsonArray(groups)));
    }

    Future<JsonObject> keys(Operation operation) {
        var query = TelemetryQuery.timed(operation.arguments());
        Optional.ofNullable(operation.arguments().getInteger("limit")).ifPresent(limit -> query.put("limit", limit));
        Optional.ofNullable(operation.arguments().getString("needle"))
                .ifPresent(needle -> query.put("keyNeedle", TelemetryQuery.needle(needle)));
        return client.call(OBSERVABILITY, ToolTable.KEYS, new JsonObject().put("keysQuery", query), operation)
                .map(RemoteObservability::keys);
    }

    Future<JsonObject> values(Operation operation) {
        var type = operation.arguments().getString("type");
        var query = TelemetryQuery.timed(operation.arguments())
                .put("key", operation.arguments().getString("key"))
                .put("type", type)
                .put("limit", operation.arguments().getInteger("limit", VALUES));
        Optional.ofNullable(operation.arguments().getString("needle"))
                .ifPresent(needle -> query.put("needle", TelemetryQuery.needle(needle)));
        return client.call(OBSERVABILITY, ToolTable.VALUES, new JsonObject().put("valuesQuery", query), operation)
                .map(text -> values(text, type));
    }

    private static JsonObject events(ToolText text, int limit) {
        // Without events the server gives a block without a text.
        var found = text.all().isEmpty() ? List.<Fields>of() : Fields.each(text.json());
        var events = found.stream()
                .map(RemoteObservability::event)
                .flatMap(Optional::stream)
                .toList();
        var result = new JsonObject().put("events", new JsonArray(events));
        return events.size() < limit
                ? result
                : result.put("offset", events.get(events.size() - 1).getString("id"));
    }

    private static Optional<JsonObject> event(Fields found) {
        var id = found.at("$metadata").filled("id");
        var at = found.number("timestamp").flatMap(Fields::utc);
        return id.flatMap(given -> at.map(time -> event(given, time, found)));
    }

    private static JsonObject event(String id, String at, Fields found) {
        var metadata = found.at("$metadata");
        var workers = found.at("$workers");
        var event = new JsonObject().put("id", id).put("at", at).put("fields", found.json());
        metadata.filled("service").or(() -> workers.filled("scriptName")).ifPresent(name -> event.put("worker", name));
        metadata.filled("level").ifPresent(level -> event.put("level", level));
        metadata.filled("message").or(() -> metadata.filled("error")).ifPresent(text -> event.put("message", text));
        workers.filled("outcome").ifPresent(outcome -> event.put("outcome", outcome));
        metadata.filled("requestId")
                .or(() -> workers.filled("requestId"))
                .ifPresent(request -> event.put("requestId", request));
        workers.number("wallTimeMs")
                .or(() -> metadata.number("duration"))
                .ifPresent(duration -> event.put("durationMs", duration));
        return event;
    }

    private static JsonObject keys(ToolText text) {
        var keys = new JsonArray();
        text.table().stream()
                .filter(row ->
                        row.filled("key").isPresent() && row.filled("type").isPresent())
                .map(row -> new JsonObject()
                        .put("key", row.filled("key").orElseThrow())
                        .put("type", row.filled("type").orElseThrow()))
                .filter(key -> TelemetryQuery.TYPES.contains(key.getString("type")))
                .forEach(keys::add);
        return new JsonObject().put("keys", keys);
    }

    private static JsonObject values(ToolText text, String type) {
        var values = new JsonArray();
        text.table().stream()
                .map(row -> row.filled("value"))
                .flatMap(Optional::stream)
                .map(value -> typed(value, type))
                .forEach(values::add);
        return new JsonObject().put("values", values);
    }

    /** A table holds texts only; one that is no number stays a text. */
    private static Object typed(String value, String type) {
        return switch (type) {
            case "boolean" -> value.equals("true");
            case "number" -> Calculations.number(value).map(Object.class::cast).orElse(value);
            default -> value;
        };
    }
}
