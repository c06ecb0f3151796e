package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds the arguments that a tool's input schema wants in headers, by {@code x-mcp-header}. */
final class ArgumentHeaders {

    private static final String ANNOTATION = "x-mcp-header";

    private final JsonObject schema;
    private final Optional<JsonObject> arguments;

    ArgumentHeaders(JsonObject schema, Optional<JsonObject> arguments) {
        this.schema = schema;
        this.arguments = arguments;
    }

    /** Tells each header's name and its argument's value, empty where it is absent or null. */
    void forEach(BiConsumer<String, Optional<Object>> consumer) {
        walk(schema, arguments, consumer);
    }

    private static void walk(
            JsonObject schema, Optional<JsonObject> values, BiConsumer<String, Optional<Object>> consumer) {
        if (!(schema.getValue("properties") instanceof JsonObject properties)) {
            return;
        }
        for (var property : properties) {
            if (property.getValue() instanceof JsonObject inner) {
                var value = values.map(object -> object.getValue(property.getKey()));
                if (inner.getValue(ANNOTATION) instanceof String name) {
                    consumer.accept(name, value);
                }
                walk(inner, value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast), consumer);
            }
        }
    }
}
