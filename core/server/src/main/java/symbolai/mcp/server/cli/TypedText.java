package symbolai.mcp.server.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/**
 * Turns a text into the type that a schema asks for.
 *
 * @param name what the value is called in messages
 */
record TypedText(String name, JsonObject schema) {

    /** The value; an element of the list when the schema is of a list and the text is no list. */
    Object value(String text) {
        var types = types();
        if (types.size() != 1) {
            return types.contains("string") ? scalarOr(text, types) : jsonOrText(text);
        }
        return switch (types.get(0)) {
            case "string" -> text;
            case "integer" -> integer(text);
            case "number" -> number(text);
            case "boolean" -> bool(text);
            case "array" -> text.startsWith("[") ? json(text, JsonArray.class, "a JSON list") : element(text);
            case "object" -> json(text, JsonObject.class, "a JSON object");
            default -> jsonOrText(text);
        };
    }

    private List<String> types() {
        var type = schema.getValue("type");
        if (type instanceof JsonArray several) {
            return several.stream().map(String::valueOf).toList();
        }
        return type instanceof String one ? List.of(one) : List.of();
    }

    private Object element(String text) {
        var items = schema.getValue("items") instanceof JsonObject known ? known : new JsonObject();
        return new TypedText(name, items).value(text);
    }

    /** Where a text would do as well, only what is clearly something else is. */
    private static Object scalarOr(String text, List<String> types) {
        var value = jsonOrText(text);
        var fits = (value instanceof Boolean && types.contains("boolean"))
                || (value instanceof Number && (types.contains("number") || types.contains("integer")));
        return fits ? value : text;
    }

    private static Object jsonOrText(String text) {
        try {
            var value = Json.decodeValue(text);
            return value == null ? text : value;
        } catch (DecodeException e) {
            return text;
        }
    }

    private Object integer(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(text, "a whole number");
        }
    }

    private Object number(String text) {
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            throw wrong(text, "a number");
        }
    }

    private Object bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw wrong(text, "true or false");
    }

    private <T> T json(String text, Class<T> type, String expected) {
        var value = jsonOrText(text);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(text, expected);
    }

    private CommandFailed wrong(String text, String expected) {
        return new CommandFailed(CommandFailed.USAGE, name + ": '" + text + "' is not " + expected + ".");
    }
}
