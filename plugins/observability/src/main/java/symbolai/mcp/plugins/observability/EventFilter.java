package symbolai.mcp.plugins.observability;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** Which events are meant. */
record EventFilter(JsonArray filters, Optional<String> needle) {

    private static final String SERVICE = "$metadata.service";
    private static final Set<String> WITHOUT_VALUE = Set.of("exists", "notExists");

    /** What the arguments {@code worker}, {@code filters} and {@code needle} say. */
    static EventFilter of(JsonObject arguments) {
        var filters = new JsonArray();
        if (arguments.containsKey("worker")) {
            filters.add(filter(SERVICE, "eq").put("value", arguments.getString("worker")));
        }
        arguments.getJsonArray("filters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(EventFilter::checked)
                .forEach(filters::add);
        return new EventFilter(filters, Optional.ofNullable(arguments.getString("needle")));
    }

    /** Adds them to the arguments of an operation. */
    JsonObject into(JsonObject arguments) {
        if (!filters.isEmpty()) {
            arguments.put("filters", filters.copy());
        }
        needle.ifPresent(text -> arguments.put("needle", text));
        return arguments;
    }

    private static JsonObject checked(JsonObject filter) {
        var operation = filter.getString("operation");
        var what = "the filter " + operation + " on \"" + Quoted.text(filter.getString("key")) + "\"";
        if (WITHOUT_VALUE.contains(operation) && filter.containsKey("value")) {
            throw new ToolException(ToolException.Reason.INVALID, what + " takes no value");
        }
        if (!WITHOUT_VALUE.contains(operation) && !filter.containsKey("value")) {
            throw new ToolException(ToolException.Reason.INVALID, what + " needs a value");
        }
        return filter;
    }

    private static JsonObject filter(String key, String operation) {
        return new JsonObject().put("key", key).put("operation", operation);
    }
}
