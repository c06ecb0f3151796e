package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import symbolai.mcp.server.config.Suggestion;

/** Turns options into the arguments of a tool, with the types that its schema asks for. */
final class ToolArguments {

    private static final Pattern DASH = Pattern.compile("-([a-z0-9])");

    private final String tool;
    private final JsonObject schema;
    private final JsonObject properties;

    ToolArguments(String tool, JsonObject schema) {
        this.tool = tool;
        this.schema = schema;
        this.properties = schema.getJsonObject("properties", new JsonObject());
    }

    /**
     * The arguments.
     *
     * @param given those that were given as JSON; an option of the same name beats them
     */
    JsonObject read(JsonObject given, List<String> options) {
        var arguments = given.copy();
        var seen = new HashSet<String>();
        var rest = new ArrayDeque<>(options);
        while (!rest.isEmpty()) {
            option(arguments, seen, rest);
        }
        return arguments;
    }

    private void option(JsonObject arguments, Set<String> seen, Deque<String> rest) {
        var option = rest.removeFirst();
        if (!option.startsWith("--") || option.length() == 2) {
            throw usage("'" + option + "' belongs to no argument; write --NAME before a value.");
        }
        var equals = option.indexOf('=');
        var name = name(equals < 0 ? option.substring(2) : option.substring(2, equals));
        var property = properties.getValue(name) instanceof JsonObject known ? known : new JsonObject();
        var text = equals < 0 ? next(name, property, rest) : option.substring(equals + 1);
        put(arguments, seen, name, property, text);
    }

    /** A truth needs no value. */
    private static String next(String name, JsonObject property, Deque<String> rest) {
        var next = rest.peekFirst();
        if ("boolean".equals(property.getValue("type")) && !"true".equals(next) && !"false".equals(next)) {
            return "true";
        }
        if (next == null) {
            throw usage("--" + name + " needs a value.");
        }
        return rest.removeFirst();
    }

    private static void put(JsonObject arguments, Set<String> seen, String name, JsonObject property, String text) {
        var first = seen.add(name);
        var value = new TypedText("--" + name, property).value(text);
        if ("array".equals(property.getValue("type")) && !text.startsWith("[")) {
            var list = first ? new JsonArray() : arguments.getJsonArray(name);
            arguments.put(name, list.add(value));
        } else if (first) {
            arguments.put(name, value);
        } else {
            throw usage("--" + name + " is given twice.");
        }
    }

    /** {@code --database-id} is {@code databaseId} too. */
    private String name(String written) {
        if (properties.containsKey(written)) {
            return written;
        }
        var camel = DASH.matcher(written).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        if (properties.containsKey(camel)) {
            return camel;
        }
        if (Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
            throw usage("The tool " + tool + " has no argument --" + written + suggestion(written));
        }
        return written;
    }

    private String suggestion(String written) {
        var names = properties.fieldNames();
        return Suggestion.of(written, names)
                .map(near -> "; did you mean --" + near + "?")
                .orElse(names.isEmpty() ? "; it takes none." : "; it takes --" + String.join(", --", names) + ".");
    }

    private static CommandFailed usage(String message) {
        return new CommandFailed(CommandFailed.USAGE, message);
    }
}
