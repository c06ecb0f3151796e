package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes of the newest protocol's JSON what a client of one version may see: the older, the less. Changes what it is given. */
public final class Projection {

    private static final List<String> REFERENCES = List.of("$ref", "$defs", "$id", "$anchor", "$dynamicRef");

    private static final Set<String> SIMPLE = Set.of("array", "string", "number", "integer", "boolean", "null");

    private final ProtocolVersion version;

    public Projection(ProtocolVersion version) {
        this.version = version;
    }

    /** A tool of a list. */
    public JsonObject tool(JsonObject tool) {
        withoutNews(tool);
        if (!knowsAnnotations()) {
            tool.remove("annotations");
        }
        if (!knowsStructure()) {
            tool.remove("outputSchema");
        }
        if (!version.isStateless() && tool.getValue("outputSchema") instanceof JsonObject schema) {
            projectOutputSchema(tool, schema);
        }
        return tool;
    }

    /** A resource or template of a list. */
    public JsonObject resource(JsonObject resource) {
        return withoutNews(resource);
    }

    /** A prompt of a list. */
    public JsonObject prompt(JsonObject prompt) {
        return withoutNews(prompt);
    }

    /** The result of a tool. */
    public JsonObject toolResult(JsonObject result) {
        replaceEach(result, "content", this::content);
        if (!knowsStructure()) {
            result.remove("structuredContent");
        }
        if (!version.isStateless() && result.containsKey("structuredContent")) {
            result.put("structuredContent", asObject(result.getValue("structuredContent")));
        }
        return result;
    }

    /** The messages of a prompt. */
    public JsonObject promptResult(JsonObject result) {
        replaceEach(result, "messages", message -> message.put("content", content(message.getJsonObject("content"))));
        return result;
    }

    /** The parameters of a progress notification. */
    public JsonObject progress(JsonObject params) {
        if (!knowsAnnotations()) {
            params.remove("message");
        }
        return params;
    }

    private JsonObject content(JsonObject content) {
        return switch (content.getString("type")) {
            case "audio" -> knowsAnnotations() ? content : text("[audio, " + content.getString("mimeType") + "]");
            case "resource_link" -> knowsStructure() ? withoutNews(content) : text(linkText(content));
            default -> content;
        };
    }

    private static String linkText(JsonObject link) {
        return link.getString("name") + ": " + link.getString("uri");
    }

    private static JsonObject text(String text) {
        return new JsonObject().put("type", "text").put("text", text);
    }

    private JsonObject withoutNews(JsonObject entry) {
        if (!knowsStructure()) {
            moveTitle(entry);
            entry.remove("_meta");
        }
        if (!version.atLeast(ProtocolVersion.V2025_11_25)) {
            entry.remove("icons");
        }
        return entry;
    }

    private static void moveTitle(JsonObject entry) {
        var title = entry.remove("title");
        if (title != null && entry.getValue("annotations") instanceof JsonObject annotations) {
            annotations.put("title", title);
        }
    }

    /** What cannot be an object is wrapped, as its results are; a schema that leaves open what its results are is dropped. */
    private static void projectOutputSchema(JsonObject tool, JsonObject schema) {
        if ("object".equals(schema.getValue("type"))) {
            return;
        }
        if (!isSimple(schema) || refersToItself(schema)) {
            tool.remove("outputSchema");
            return;
        }
        tool.put(
                "outputSchema",
                new JsonObject()
                        .put("type", "object")
                        .put("properties", new JsonObject().put("result", schema))
                        .put("required", new JsonArray().add("result")));
    }

    private static boolean isSimple(JsonObject schema) {
        return schema.getValue("type") instanceof String type && SIMPLE.contains(type);
    }

    private static boolean refersToItself(JsonObject schema) {
        return REFERENCES.stream().anyMatch(schema::containsKey)
                || schema.stream().anyMatch(member -> holdsReference(member.getValue()));
    }

    private static boolean holdsReference(Object value) {
        if (value instanceof JsonObject object) {
            return refersToItself(object);
        }
        return value instanceof JsonArray array && array.stream().anyMatch(Projection::holdsReference);
    }

    private static JsonObject asObject(Object structured) {
        return structured instanceof JsonObject object ? object : new JsonObject().put("result", structured);
    }

    private static void replaceEach(JsonObject holder, String name, UnaryOperator<JsonObject> change) {
        var changed = new JsonArray();
        holder.getJsonArray(name).forEach(element -> changed.add(change.apply((JsonObject) element)));
        holder.put(name, changed);
    }

    private boolean knowsAnnotations() {
        return version.atLeast(ProtocolVersion.V2025_03_26);
    }

    private boolean knowsStructure() {
        return version.atLeast(ProtocolVersion.V2025_06_18);
    }
}
