package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of Observability. */
final class ObservabilityApi implements Api {

    private static final Map<String, String> OPERATIONS = Map.of(
            "notIncludes", "not_includes",
            "startsWith", "starts_with",
            "notExists", "is_null");

    private final RestClient client;

    ObservabilityApi(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of(
                "observability.events", this::events,
                "observability.calculate", this::calculate,
                "observability.keys", this::keys,
                "observability.values", this::values);
    }

    private Future<JsonObject> events(Operation operation) {
        var arguments = operation.arguments();
        var limit = arguments.getInteger("limit");
        var body = query(arguments, "events").put("limit", limit).put("parameters", parameters(arguments));
        Optional.ofNullable(arguments.getString("offset")).ifPresent(offset -> body.put("offset", offset));
        return client.send(operation, telemetry("query").json(body), envelope -> events(envelope.object(), limit));
    }

    private static JsonObject events(Fields result, int limit) {
        var given = result.object("events").orElseThrow(() -> new Malformed("it has no events"));
        var events = new JsonArray();
        given.objects("events").stream().limit(limit).map(TelemetryEvent::read).forEach(events::add);
        var full = events.size() == limit;
        return new Shape()
                .put("events", events)
                .maybe("count", given.count("count"))
                .maybe(
                        "offset",
                        full ? Optional.of(events.getJsonObject(limit - 1).getString("id")) : Optional.empty())
                .json();
    }

    private Future<JsonObject> calculate(Operation operation) {
        var arguments = operation.arguments();
        var operator = arguments.getString("calculation");
        var calculation = new Shape()
                .put("operator", operator)
                .maybe("key", Optional.ofNullable(arguments.getString("key")))
                .maybe("keyType", keyType(arguments, operator))
                .json();
        var parameters = parameters(arguments).put("calculations", new JsonArray().add(calculation));
        Optional.ofNullable(arguments.getString("groupBy"))
                .map(key -> new JsonObject().put("type", "string").put("value", key))
                .ifPresent(group -> parameters.put("groupBys", new JsonArray().add(group)));
        Optional.ofNullable(arguments.getInteger("limit")).ifPresent(limit -> parameters.put("limit", limit));
        var body = query(arguments, "calculations").put("parameters", parameters);
        return client.send(operation, telemetry("query").json(body), envelope -> groups(envelope.object()));
    }

    private static Optional<String> keyType(JsonObject arguments, String operator) {
        return Optional.ofNullable(arguments.getString("key"))
                .map(key -> operator.equals("count") || operator.equals("uniq") ? "string" : "number");
    }

    private static JsonObject groups(Fields result) {
        var groups = new JsonArray();
        result.objects("calculations").stream()
                .limit(1)
                .flatMap(calculation -> calculation.objects("aggregates").stream())
                .map(ObservabilityApi::group)
                .forEach(groups::add);
        return new JsonObject().put("groups", groups);
    }

    private static JsonObject group(Fields aggregate) {
        var group = aggregate.objects("groups").stream()
                .findFirst()
                .flatMap(found -> found.value("value"))
                .map(Object::toString);
        return new Shape()
                .put("value", aggregate.number("value").orElse(0))
                .put("count", aggregate.count("count").orElse(0L))
                .maybe("group", group)
                .json();
    }

    private Future<JsonObject> keys(Operation operation) {
        var arguments = operation.arguments();
        var frame = frame(arguments);
        var body = new Shape()
                .put("datasets", new JsonArray())
                .put("filters", new JsonArray())
                // Cloudflare's own clients differ in how they give the time, so it is given in both ways.
                .put("timeframe", frame)
                .put("from", frame.getLong("from"))
                .put("to", frame.getLong("to"))
                .maybe("keyNeedle", needle(arguments))
                .maybe("limit", Optional.ofNullable(arguments.getInteger("limit")))
                .json();
        return client.send(operation, telemetry("keys").json(body), envelope -> {
            var keys = new JsonArray();
            Fields.all(envelope.array()).stream().map(ObservabilityApi::key).forEach(keys::add);
            return new JsonObject().put("keys", keys);
        });
    }

    private static JsonObject key(Fields key) {
        return new Shape()
                .put("key", key.required("key"))
                .put("type", key.required("type"))
                .maybe(
                        "lastSeenAt",
                        key.count("lastSeenAt")
                                .map(millis -> Instant.ofEpochMilli(millis).toString()))
                .json();
    }

    private Future<JsonObject> values(Operation operation) {
        var arguments = operation.arguments();
        var body = new Shape()
                .put("datasets", new JsonArray())
                .put("filters", new JsonArray())
                .put("timeframe", frame(arguments))
                .put("key", arguments.getString("key"))
                .put("type", arguments.getString("type"))
                .maybe("needle", needle(arguments))
                .maybe("limit", Optional.ofNullable(arguments.getInteger("limit")))
                .json();
        return client.send(operation, telemetry("values").json(body), envelope -> {
            var values = new JsonArray();
            Fields.all(envelope.array())
                    .forEach(value -> value.value("value")
                            .filter(ObservabilityApi::isPlain)
                            .ifPresent(values::add));
            return new JsonObject().put("values", values);
        });
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** All are sent by POST, and change nothing. */
    private static RestRequest telemetry(String what) {
        return RestRequest.post("workers", "observability", "telemetry", what).asReading();
    }

    private static JsonObject query(JsonObject arguments, String view) {
        return new JsonObject()
                .put("queryId", UUID.randomUUID().toString())
                .put("timeframe", frame(arguments))
                .put("view", view)
                .put("dry", true);
    }

    private static JsonObject parameters(JsonObject arguments) {
        var filters = new JsonArray();
        arguments.getJsonArray("filters", new JsonArray()).forEach(filter -> filters.add(filter((JsonObject) filter)));
        return new Shape()
                .put("datasets", new JsonArray())
                .put("filters", filters)
                .put("filterCombination", "and")
                .maybe("needle", needle(arguments))
                .json();
    }

    private static JsonObject filter(JsonObject given) {
        var operation = given.getString("operation");
        var value = Optional.ofNullable(given.getValue("value"));
        return new Shape()
                .put("key", given.getString("key"))
                .put("operation", OPERATIONS.getOrDefault(operation, operation))
                .put("type", type(value))
                .maybe("value", value)
                .json();
    }

    private static String type(Optional<Object> value) {
        if (value.isPresent() && value.get() instanceof Boolean) {
            return "boolean";
        }
        return value.isPresent() && value.get() instanceof Number ? "number" : "string";
    }

    private static Optional<JsonObject> needle(JsonObject arguments) {
        return Optional.ofNullable(arguments.getString("needle"))
                .filter(text -> !text.isEmpty())
                .map(text -> new JsonObject().put("value", text));
    }

    private static JsonObject frame(JsonObject arguments) {
        return new JsonObject().put("from", millis(arguments, "from")).put("to", millis(arguments, "to"));
    }

    private static long millis(JsonObject arguments, String name) {
        return OffsetDateTime.parse(arguments.getString(name)).toInstant().toEpochMilli();
    }
}
