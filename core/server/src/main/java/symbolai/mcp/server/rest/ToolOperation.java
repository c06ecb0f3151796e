package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Schemas;

/** Writes one tool as an operation of an OpenAPI document. */
final class ToolOperation {

    private static final String DEFINITIONS = "#/$defs/";

    private final RestTool tool;

    ToolOperation(RestTool tool) {
        this.tool = tool;
    }

    /**
     * The operation.
     *
     * @param schemas takes the definitions that the tool's schemas share
     */
    JsonObject operation(JsonObject schemas) {
        var operation = new JsonObject()
                .put("operationId", tool.tool().name())
                .put("summary", tool.tool().title())
                .put("description", description())
                .put("tags", new JsonArray().add(tool.binding().path().split("/", 2)[0]));
        if (tool.hasBody()) {
            operation.put("requestBody", body(bodySchema(schemas), !required().isEmpty()));
        } else {
            operation.put("parameters", parameters(schemas));
        }
        var output = tool.tool()
                .outputSchema()
                .map(schema -> moved(schema, "Out", schemas))
                .orElseGet(() -> new JsonObject().put("type", "object"));
        var responses = OpenApi.responses(json("What the tool gives.", output))
                .put("409", new JsonObject().put("$ref", "#/components/responses/InputRequired"));
        return operation.put("responses", responses);
    }

    private String description() {
        var permission = tool.tool()
                .permission()
                .map(it -> " Needs the permission " + it + ".")
                .orElse("");
        return tool.tool().description() + permission;
    }

    private JsonArray parameters(JsonObject schemas) {
        var properties = tool.tool().inputSchema().getJsonObject("properties", new JsonObject());
        var moved = moved(tool.tool().inputSchema(), "In", schemas).getJsonObject("properties", new JsonObject());
        var parameters = new JsonArray();
        for (var argument : properties.fieldNames()) {
            parameters.add(parameter(argument, moved.getValue(argument)));
        }
        return parameters;
    }

    private JsonObject parameter(String argument, @Nullable Object given) {
        var schema = given instanceof JsonObject known ? known.copy() : new JsonObject();
        var parameter = new JsonObject()
                .put("name", tool.parameter(argument))
                .put("in", "query")
                .put("required", required().contains(argument));
        Optional.ofNullable(schema.remove("description")).ifPresent(text -> parameter.put("description", text));
        return "object".equals(schema.getValue("type"))
                ? parameter.put("content", content(schema))
                : parameter.put("schema", schema);
    }

    private JsonObject bodySchema(JsonObject schemas) {
        var moved = moved(tool.tool().inputSchema(), "In", schemas);
        var properties = new JsonObject();
        for (var property : moved.getJsonObject("properties", new JsonObject())) {
            properties.put(tool.parameter(property.getKey()), property.getValue());
        }
        properties.put(
                RestArguments.ANSWERS,
                new JsonObject()
                        .put("type", "object")
                        .put("description", "Answers to the questions of the call before."));
        properties.put(RestArguments.STATE, Schemas.string("The state that came with the questions."));
        moved.put("properties", properties);
        if (!required().isEmpty()) {
            var names = new JsonArray();
            required().forEach(argument -> names.add(tool.parameter(String.valueOf(argument))));
            moved.put("required", names);
        }
        return moved;
    }

    private JsonArray required() {
        return tool.tool().inputSchema().getJsonArray("required", new JsonArray());
    }

    /** A schema of its own becomes part of a document, so what it refers to moves to a place that all schemas share. */
    private JsonObject moved(JsonObject schema, String side, JsonObject schemas) {
        var names = tool.tool().name() + "." + side + ".";
        var moved = rewritten(schema, names);
        moved.remove("$schema");
        if (moved.remove("$defs") instanceof JsonObject definitions) {
            definitions.forEach(definition -> schemas.put(names + definition.getKey(), definition.getValue()));
        }
        return moved;
    }

    private static JsonObject rewritten(JsonObject object, String names) {
        var copy = new JsonObject();
        object.forEach(member -> copy.put(member.getKey(), reference(member.getKey(), member.getValue(), names)));
        return copy;
    }

    private static @Nullable Object rewritten(@Nullable Object value, String names) {
        if (value instanceof JsonObject object) {
            return rewritten(object, names);
        }
        if (value instanceof JsonArray array) {
            var copy = new JsonArray();
            array.forEach(element -> copy.add(rewritten(element, names)));
            return copy;
        }
        return value;
    }

    private static @Nullable Object reference(String key, @Nullable Object value, String names) {
        return key.equals("$ref") && value instanceof String target && target.startsWith(DEFINITIONS)
                ? "#/components/schemas/" + names + target.substring(DEFINITIONS.length())
                : rewritten(value, names);
    }

    static JsonObject body(JsonObject schema, boolean required) {
        return new JsonObject().put("required", required).put("content", content(schema));
    }

    static JsonObject json(String description, JsonObject schema) {
        return new JsonObject().put("description", description).put("content", content(schema));
    }

    private static JsonObject content(JsonObject schema) {
        return new JsonObject().put("application/json", new JsonObject().put("schema", schema));
    }
}
