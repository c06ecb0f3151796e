package symbolai.mcp.server.rest;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.server.tools.Shown;

/**
 * Turns the texts of one parameter of a query into the value that its schema asks for.
 *
 * @param name what the parameter is called
 */
record QueryParameter(String name, JsonObject schema) {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

    /**
     * The value.
     *
     * @throws RestProblem when the texts are none of it
     */
    Object value(List<String> texts) {
        if (types().contains("array")) {
            return list(texts);
        }
        if (texts.size() > 1) {
            throw RestProblem.invalid(
                    "the parameter " + Shown.text(name) + " is given " + texts.size() + " times; give it once");
        }
        return single(texts.get(0));
    }

    private JsonArray list(List<String> texts) {
        var items = new QueryParameter(
                name, schema.getValue("items") instanceof JsonObject known ? known : new JsonObject());
        boolean hasTexts = items.types().isEmpty() || items.types().contains("string");
        if (texts.size() == 1 && !hasTexts && texts.get(0).startsWith("[")) {
            return (JsonArray) json(texts.get(0), JsonArray.class).orElseThrow(() -> wrong(texts.get(0)));
        }
        var elements = texts.size() == 1 && hasTexts ? List.of(texts.get(0).split(",", -1)) : texts;
        var list = new JsonArray();
        elements.forEach(element -> list.add(items.single(element)));
        return list;
    }

    private Object single(String text) {
        var types = types();
        if (types.isEmpty() || types.contains("string")) {
            return text;
        }
        return types.stream()
                .map(type -> typed(type, text))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> wrong(text));
    }

    private static Optional<Object> typed(String type, String text) {
        return switch (type) {
            case "integer" -> WHOLE.matcher(text).matches() ? Optional.of(whole(text)) : Optional.empty();
            case "number" -> number(text);
            case "boolean" ->
                text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
            case "object" -> json(text, JsonObject.class);
            case "array" -> json(text, JsonArray.class);
            default -> Optional.empty();
        };
    }

    private static Object whole(String text) {
        var number = new BigInteger(text);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValueExact();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }

    private static Optional<Object> number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Optional.of(whole(text));
        }
        return NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text).doubleValue())
                        .filter(Double::isFinite)
                        .map(Object.class::cast)
                : Optional.empty();
    }

    private static Optional<Object> json(String text, Class<?> type) {
        try {
            return Optional.ofNullable(Json.decodeValue(text)).filter(type::isInstance);
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }

    private List<String> types() {
        var type = schema.getValue("type");
        var types = new ArrayList<String>();
        if (type instanceof JsonArray several) {
            several.forEach(one -> types.add(String.valueOf(one)));
        } else if (type instanceof String one) {
            types.add(one);
        }
        return types;
    }

    private RestProblem wrong(String text) {
        var wanted =
                String.join(" or ", types().stream().map(QueryParameter::shown).toList());
        return RestProblem.invalid(
                "the parameter " + Shown.text(name) + " is " + Shown.text(text) + ", which is not " + wanted);
    }

    private static String shown(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "object" -> "a JSON object";
            case "array" -> "a list";
            default -> type;
        };
    }
}
