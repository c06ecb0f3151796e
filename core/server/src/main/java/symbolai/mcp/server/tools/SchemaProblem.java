package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says in one line which value does not match a schema, and what would. */
record SchemaProblem(JsonNode schema, Error error) {
    String line() {
        var path = path(error.getInstanceLocation());
        var keyword = Objects.requireNonNullElse(error.getKeyword(), "");
        return switch (keyword) {
            case "required", "dependentRequired" -> join(path, name()) + ": is missing" + meaning();
            case "additionalProperties", "unevaluatedProperties" ->
                join(path, name()) + ": is not known" + KnownNames.hint(name(), known());
            default -> (path.isEmpty() ? "the arguments" : path) + ": " + complaint(keyword, error);
        };
    }

    private String name() {
        return Objects.requireNonNullElse(error.getProperty(), "?");
    }

    /** The names that the object's schema has. */
    private List<String> known() {
        var names = new ArrayList<String>();
        around().path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What the schema says of a value that is missing. */
    private String meaning() {
        var property = around().path("properties").path(name());
        var type = types(property.path("type"));
        return type.isEmpty() ? "" : "; it is " + type;
    }

    /** The schema that the failing keyword stands in. */
    private JsonNode around() {
        var location = error.getSchemaLocation().getFragment();
        var node = schema;
        for (int i = 0; i + 1 < location.getNameCount(); i++) {
            var element = location.getElement(i);
            node = element instanceof Integer index ? node.path(index) : node.path(String.valueOf(element));
        }
        return node;
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

    private static String join(String path, String property) {
        var name = Shown.plain(property);
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
        return path.toString();
    }
}
