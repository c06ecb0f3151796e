package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Writes a query as Cloudflare's observability server reads it. */
final class TelemetryQuery {

    static final Set<String> TYPES = Set.of("string", "number", "boolean");
    static final String VALUE = "value";
    static final String EVENTS = "events";

    private static final int GROUPS = 10;
    private static final Map<String, String> OPERATIONS = Map.of(
            "notIncludes", "not_includes",
            "startsWith", "starts_with",
            "notExists", "is_null");

    private TelemetryQuery() {}

    static JsonObject timed(JsonObject arguments) {
        var timeframe =
                new JsonObject().put("from", arguments.getString("from")).put("to", arguments.getString("to"));
        return new JsonObject().put("timeframe", timeframe);
    }

    /** Cloudflare would keep a query that is not dry. */
    static JsonObject of(String view, JsonObject arguments) {
        var parameters = new JsonObject()
                .put("filters", filters(arguments.getJsonArray("filters", new JsonArray())))
                .put("filterCombination", "and");
        Optional.ofNullable(arguments.getString("needle")).ifPresent(text -> parameters.put("needle", needle(text)));
        return timed(arguments)
                .put("queryId", "symbolai-mcp-" + view)
                .put("view", view)
                .put("dry", true)
                .put("parameters", parameters);
    }

    static JsonObject calculation(JsonObject arguments) {
        var query = of("calculations", arguments);
        var operator = arguments.getString("calculation");
        var calculation = new JsonObject().put("operator", operator).put("alias", VALUE);
        var key = Optional.ofNullable(arguments.getString("key"));
        if (key.isEmpty() && !operator.equals("count")) {
            throw new ToolException(Reason.INVALID, "\"" + operator + "\" needs a key to be calculated from");
        }
        key.ifPresent(
                name -> calculation.put("key", name).put("keyType", operator.equals("uniq") ? "string" : "number"));
        var count = new JsonObject().put("operator", "count").put("alias", EVENTS);
        var parameters = query.getJsonObject("parameters")
                .put("calculations", JsonArray.of(calculation, count))
                .put("limit", arguments.getInteger("limit", GROUPS));
        Optional.ofNullable(arguments.getString("groupBy")).ifPresent(name -> group(parameters, name));
        return query;
    }

    static JsonObject needle(String text) {
        return new JsonObject().put("value", text).put("matchCase", false).put("isRegex", false);
    }

    private static void group(JsonObject parameters, String key) {
        parameters.put(
                "groupBys", JsonArray.of(new JsonObject().put("type", "string").put("value", key)));
        parameters.put("orderBy", new JsonObject().put("value", VALUE).put("order", "desc"));
    }

    private static JsonArray filters(JsonArray ours) {
        var theirs = new JsonArray();
        ours.stream().map(JsonObject.class::cast).map(TelemetryQuery::filter).forEach(theirs::add);
        return theirs;
    }

    private static JsonObject filter(JsonObject ours) {
        var operation = ours.getString("operation");
        var value = Optional.ofNullable(ours.getValue("value"));
        var filter = new JsonObject()
                .put("key", ours.getString("key"))
                .put("operation", OPERATIONS.getOrDefault(operation, operation))
                .put("type", value.map(TelemetryQuery::type).orElse("string"));
        value.ifPresent(given -> filter.put("value", given));
        return filter;
    }

    private static String type(Object value) {
        if (value instanceof Number) {
            return "number";
        }
        return value instanceof Boolean ? "boolean" : "string";
    }
}
