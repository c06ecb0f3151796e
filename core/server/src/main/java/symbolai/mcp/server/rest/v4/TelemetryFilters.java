package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the filters of a telemetry query. */
final class TelemetryFilters {

    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("eq", "eq"),
            Map.entry("=", "eq"),
            Map.entry("neq", "neq"),
            Map.entry("!=", "neq"),
            Map.entry("gt", "gt"),
            Map.entry(">", "gt"),
            Map.entry("gte", "gte"),
            Map.entry(">=", "gte"),
            Map.entry("lt", "lt"),
            Map.entry("<", "lt"),
            Map.entry("lte", "lte"),
            Map.entry("<=", "lte"),
            Map.entry("includes", "includes"),
            Map.entry("not_includes", "notIncludes"),
            Map.entry("does_not_include", "notIncludes"),
            Map.entry("starts_with", "startsWith"),
            Map.entry("regex", "regex"),
            Map.entry("match_regex", "regex"),
            Map.entry("exists", "exists"),
            Map.entry("is_null", "notExists"),
            Map.entry("does_not_exist", "notExists"));

    private static final int MOST = 20;

    private TelemetryFilters() {}

    static JsonArray read(JsonArray given, JsonObject parameters) {
        var combination = String.valueOf(parameters.getValue("filterCombination", "and"));
        if (given.size() > 1 && !combination.equalsIgnoreCase("and")) {
            throw invalid("filterCombination must be and here");
        }
        if (given.size() > MOST) {
            throw invalid("there can be at most " + MOST + " filters");
        }
        var filters = new JsonArray();
        given.forEach(element -> filters.add(filter(element)));
        return filters;
    }

    private static JsonObject filter(Object element) {
        if (!(element instanceof JsonObject filter) || !(filter.getValue("key") instanceof String key)) {
            throw invalid("each filter must be an object with key and operation; groups of filters are not known here");
        }
        var name = String.valueOf(filter.getValue("operation")).toLowerCase(Locale.ROOT);
        var operation = Optional.ofNullable(OPERATIONS.get(name))
                .orElseThrow(() -> invalid("the operation of a filter is not known here"));
        var read = new JsonObject().put("key", key).put("operation", operation);
        var value = filter.getValue("value");
        return value == null ? read : read.put("value", value);
    }

    private static V4Error invalid(String message) {
        return new V4Error(400, 10001, message);
    }
}
