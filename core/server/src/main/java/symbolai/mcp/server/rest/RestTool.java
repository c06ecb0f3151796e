package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Tool;

/** One tool as REST sees it: its parameters are its arguments under the names of its binding. */
final class RestTool {

    private final Tool tool;
    private final RestBinding binding;
    private final JsonObject properties;
    private final Map<String, String> parameters = new HashMap<>();

    RestTool(Tool tool, RestBinding binding) {
        this.tool = tool;
        this.binding = binding;
        this.properties =
                tool.inputSchema().getValue("properties") instanceof JsonObject known ? known : new JsonObject();
        binding.names().forEach((parameter, argument) -> parameters.put(argument, parameter));
    }

    Tool tool() {
        return tool;
    }

    RestBinding binding() {
        return binding;
    }

    /** Whether the parameters are in the body. */
    boolean hasBody() {
        return binding.method() == RestBinding.Method.POST || binding.method() == RestBinding.Method.PUT;
    }

    /** The names of the parameters, in the order of the schema. */
    List<String> parameters() {
        return properties.fieldNames().stream().map(this::parameter).toList();
    }

    /** The argument that the parameter gives; empty when there is none of this name. */
    Optional<String> argument(String parameter) {
        var argument = binding.names().getOrDefault(parameter, parameter);
        boolean isKnown =
                properties.containsKey(argument) && parameter(argument).equals(parameter);
        boolean isExtra = isOpen() && !properties.containsKey(argument);
        return isKnown || isExtra ? Optional.of(argument) : Optional.empty();
    }

    /** The schema of an argument. */
    JsonObject schema(String argument) {
        return properties.getValue(argument) instanceof JsonObject schema ? schema : new JsonObject();
    }

    String parameter(String argument) {
        return parameters.getOrDefault(argument, argument);
    }

    /** A message of the tool in the words of REST. */
    String told(String message) {
        var told = message;
        for (var renamed : parameters.entrySet()) {
            told = Pattern.compile("(?<![\\w.])" + Pattern.quote(renamed.getKey()) + "(?!\\w)")
                    .matcher(told)
                    .replaceAll(Matcher.quoteReplacement(renamed.getValue()));
        }
        return told;
    }

    /** Whether the tool takes arguments that its schema does not name. */
    private boolean isOpen() {
        return !Boolean.FALSE.equals(tool.inputSchema().getValue("additionalProperties"));
    }
}
