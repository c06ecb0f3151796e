package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Says in one line which value does not match a schema, and what would. */
final class SchemaProblem {
    private SchemaProblem() {}

    static String line(Error error) {
        var path = path(error.getInstanceLocation());
        var keyword = Objects.requireNonNullElse(error.getKeyword(), "");
        return switch (keyword) {
            case "required", "dependentRequired" -> join(path, error.getProperty()) + ": is missing";
            case "additionalProperties", "unevaluatedProperties" -> unknown(path, error);
            default -> (path.isEmpty() ? "the arguments" : path) + ": " + complaint(keyword, error);
        };
    }

    private static String complaint(String keyword, Error error) {
        var value = Shown.value(error.getInstanceNode());
        var wanted = error.getSchemaNode();
        return switch (keyword) {
            case "type" -> value + " is not " + types(wanted);
            case "enum" -> value + " is not one of " + choices(wanted);
            case "const" -> value + " is not " + Shown.value(wanted);
            case "minimum" -> value + " is less than the minimum " + wanted.asText();
            case "maximum" -> value + " is more than the maximum " + wanted.asText();
            case "exclusiveMinimum" -> value + " is not more than " + wanted.asText();
            case "exclusiveMaximum" -> value + " is not less than " + wanted.asText();
            case "multipleOf" -> value + " is not a multiple of " + wanted.asText();
            case "minLength" -> value + " is shorter than " + count(wanted, "character");
            case "maxLength" -> value + " is longer than " + count(wanted, "character");
            case "pattern" -> value + " does not match the pattern " + wanted.asText();
            case "minItems" -> "has fewer than " + count(wanted, "element");
            case "maxItems" -> "has more than " + count(wanted, "element");
            case "uniqueItems" -> "has an element twice";
            case "minProperties" -> "has fewer than " + count(wanted, "property", "properties");
            case "maxProperties" -> "has more than " + count(wanted, "property", "properties");
            default ->
                value + " " + Shown.plain(Objects.requireNonNullElse(error.getMessage(), "does not match " + keyword));
        };
    }

    private static String count(JsonNode wanted, String one) {
        return count(wanted, one, one + "s");
    }

    private static String count(JsonNode wanted, String one, String many) {
        return wanted.asText() + " " + (wanted.asLong() == 1 ? one : many);
    }

    private static String types(JsonNode wanted) {
        var types = new ArrayList<String>();
        (wanted.isArray() ? wanted : wanted.isTextual() ? List.of(wanted) : List.<JsonNode>of())
                .forEach(type -> types.add(type(type.asText())));
        return String.join(" or ", types);
    }

    private static String type(String type) {
        return switch (type) {
            case "array" -> "a list";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "null" -> "null";
            case "integer", "object" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String choices(JsonNode wanted) {
        var choices = new ArrayList<String>();
        wanted.forEach(choice -> choices.add(Shown.value(choice)));
        return String.join(", ", choices.subList(0, Math.min(20, choices.size()))) + (choices.size() > 20 ? ", …" : "");
    }

    private static String unknown(String path, Error error) {
        var property = Objects.requireNonNullElse(error.getProperty(), "");
        var known = new ArrayList<String>();
        return join(path, property) + ": is not known" + suggestion(property, known);
    }

    private static String suggestion(String property, List<String> known) {
        return Suggestion.of(property, known)
                .map(name -> "; did you mean " + Shown.text(name) + "?")
                .orElse("");
    }

    private static String join(String path, @org.jspecify.annotations.Nullable String property) {
        var name = Shown.plain(Objects.requireNonNullElse(property, "?"));
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String path(NodePath location) {
        var path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            var element = location.getElement(i);
            if (element instanceof Integer) {
                path.append('[').append(element).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Shown.plain(String.valueOf(element)));
            }
        }
        return path.toString().toLowerCase(Locale.ROOT).isEmpty() ? "" : path.toString();
    }
}
