package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cloudflare's Workers Observability API: events, numbers over them, their keys and values. */
final class TelemetryRoutes {

    private static final String TELEMETRY = "/accounts/{account}/workers/observability/telemetry";
    private static final int INVALID = 10001;
    private static final int MOST_EVENTS = 2000;

    List<V4Route> routes() {
        return List.of(
                V4Route.of("POST", TELEMETRY + "/query", TelemetryRoutes::query),
                V4Route.of("POST", TELEMETRY + "/keys", TelemetryRoutes::keys),
                V4Route.of("POST", TELEMETRY + "/values", TelemetryRoutes::values));
    }

    private static Future<V4Answer> query(V4Request request) {
        var body = request.object();
        var parameters = body.getValue("parameters") instanceof JsonObject given ? given : new JsonObject();
        return switch (String.valueOf(body.getValue("view"))) {
            case "events", "null" -> events(request, body, parameters);
            case "calculations" -> calculate(request, body, parameters);
            default -> Future.failedFuture(invalid("view must be events or calculations here"));
        };
    }

    private static Future<V4Answer> events(V4Request request, JsonObject body, JsonObject parameters) {
        var limit = limit(body, limit(parameters, 100, MOST_EVENTS), MOST_EVENTS);
        var arguments = matching(body, parameters).put("limit", limit);
        if (body.getValue("offset") instanceof String offset && !offset.isEmpty()) {
            arguments.put("offset", offset);
        }
        return request.account()
                .read("observability.events", arguments)
                .map(reply -> V4Answer.result(run(body, parameters).put("events", events(reply))))
                .recover(ErrorCodes.TELEMETRY::failed);
    }

    private static JsonObject events(JsonObject reply) {
        var events = new JsonArray();
        reply.getJsonArray("events").forEach(event -> events.add(TelemetryEvents.event((JsonObject) event)));
        return new JsonObject()
                .put("count", reply.getInteger("count", events.size()))
                .put("events", events)
                .put("fields", new JsonArray())
                .put("series", new JsonArray());
    }

    private static Future<V4Answer> calculate(V4Request request, JsonObject body, JsonObject parameters) {
        if (!(parameters.getValue("calculations") instanceof JsonArray calculations)
                || calculations.size() != 1
                || !(calculations.getValue(0) instanceof JsonObject calculation)) {
            throw invalid("calculations must hold one calculation here");
        }
        var operator = String.valueOf(calculation.getValue("operator")).toLowerCase(Locale.ROOT);
        var arguments = matching(body, parameters)
                .put("calculation", operator.equals("count_distinct") ? "uniq" : operator)
                .put("limit", limit(parameters, 10, 100));
        if (calculation.getValue("key") instanceof String key) {
            arguments.put("key", key);
        }
        var group = group(parameters);
        group.ifPresent(key -> arguments.put("groupBy", key));
        return request.account()
                .read("observability.calculate", arguments)
                .map(reply -> TelemetryEvents.aggregates(reply, group))
                .map(aggregates -> V4Answer.result(run(body, parameters)
                        .put(
                                "calculations",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("calculation", operator)
                                                .put("alias", calculation.getString("alias", operator))
                                                .put("aggregates", aggregates)
                                                .put("series", new JsonArray())))))
                .recover(ErrorCodes.TELEMETRY::failed);
    }

    private static Optional<String> group(JsonObject parameters) {
        return parameters.getValue("groupBys") instanceof JsonArray groups
                        && !groups.isEmpty()
                        && groups.getValue(0) instanceof JsonObject group
                ? Optional.ofNullable(group.getString("value"))
                : Optional.empty();
    }

    private static Future<V4Answer> keys(V4Request request) {
        var body = request.object();
        var arguments = frame(body).put("limit", limit(body, 1000, 1000));
        needle(body, "keyNeedle").ifPresent(text -> arguments.put("needle", text));
        return request.account()
                .read("observability.keys", arguments)
                .map(TelemetryRoutes::keys)
                .recover(ErrorCodes.TELEMETRY::failed);
    }

    private static V4Answer keys(JsonObject reply) {
        var keys = new JsonArray();
        for (var index = 0; index < reply.getJsonArray("keys").size(); index++) {
            var key = reply.getJsonArray("keys").getJsonObject(index).copy();
            Optional.ofNullable(key.getString("lastSeenAt"))
                    .ifPresent(time -> key.put("lastSeenAt", Times.millis(time)));
            keys.add(key);
        }
        return V4Answer.result(keys);
    }

    private static Future<V4Answer> values(V4Request request) {
        var body = request.object();
        var key = String.valueOf(body.getValue("key"));
        var type = String.valueOf(body.getValue("type"));
        if (!type.matches("string|number|boolean")) {
            throw invalid("type must be string, number or boolean");
        }
        var arguments = frame(body).put("key", key).put("type", type).put("limit", limit(body, 100, 1000));
        needle(body, "needle").ifPresent(text -> arguments.put("needle", text));
        return request.account()
                .read("observability.values", arguments)
                .map(reply -> V4Answer.result(TelemetryEvents.values(reply, key, type)))
                .recover(ErrorCodes.TELEMETRY::failed);
    }

    /** What events are looked at: their time, filters and a text. */
    private static JsonObject matching(JsonObject body, JsonObject parameters) {
        var arguments = frame(body);
        if (parameters.getValue("filters") instanceof JsonArray filters && !filters.isEmpty()) {
            arguments.put("filters", TelemetryFilters.read(filters, parameters));
        }
        needle(parameters, "needle").ifPresent(text -> arguments.put("needle", text));
        return arguments;
    }

    private static JsonObject frame(JsonObject body) {
        var frame = body.getValue("timeframe") instanceof JsonObject given ? given : body;
        if (frame.getValue("from") instanceof Number from && frame.getValue("to") instanceof Number to) {
            return new JsonObject()
                    .put("from", Times.ofMillis(from.longValue()))
                    .put("to", Times.ofMillis(to.longValue()));
        }
        throw invalid("timeframe must hold from and to in milliseconds since 1970");
    }

    private static Optional<String> needle(JsonObject holder, String name) {
        return holder.getValue(name) instanceof JsonObject needle && needle.getValue("value") instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static int limit(JsonObject holder, int fallback, int most) {
        return holder.getValue("limit") instanceof Number limit
                ? Math.max(1, Math.min(most, limit.intValue()))
                : fallback;
    }

    private static JsonObject run(JsonObject body, JsonObject parameters) {
        var statistics = new JsonObject().put("elapsed", 0).put("rows_read", 0).put("bytes_read", 0);
        var frame = body.getValue("timeframe") instanceof JsonObject given ? given : new JsonObject();
        var run = new JsonObject()
                .put("id", String.valueOf(body.getValue("queryId")))
                .put("accountId", LocalAccount.ID)
                .put("dry", Boolean.TRUE.equals(body.getValue("dry")))
                .put("granularity", 0)
                .put("status", "COMPLETED")
                .put("timeframe", frame)
                .put("query", new JsonObject().put("parameters", parameters));
        return new JsonObject().put("run", run).put("statistics", statistics);
    }

    private static V4Error invalid(String message) {
        return new V4Error(400, INVALID, message);
    }
}
