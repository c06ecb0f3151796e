package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Icon;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;

/** Writes what the SPI says as the newest protocol's JSON; {@link Projection} makes older shapes of it. Writes no nulls of its own. */
public final class McpJson {

    /** A tool, as a list shows it. */
    public JsonObject tool(Tool tool) {
        var json = named(tool.name(), tool.title(), tool.description()).put("inputSchema", tool.inputSchema());
        tool.outputSchema().ifPresent(schema -> json.put("outputSchema", schema));
        json.put("annotations", annotations(tool.annotations()));
        putIcons(json, tool.icons());
        putMeta(json, tool.meta());
        return json;
    }

    /** A resource, as a list shows it. */
    public JsonObject resource(Resource resource) {
        var json = new JsonObject()
                .put("uri", resource.uri())
                .mergeIn(named(resource.name(), resource.title(), resource.description()));
        putText(json, "mimeType", resource.mimeType());
        putIcons(json, resource.icons());
        return json;
    }

    /** A resource template, as a list shows it. */
    public JsonObject resourceTemplate(ResourceTemplate template) {
        var json = new JsonObject()
                .put("uriTemplate", template.uriTemplate())
                .mergeIn(named(template.name(), template.title(), template.description()));
        putText(json, "mimeType", template.mimeType());
        putIcons(json, template.icons());
        return json;
    }

    /** A prompt, as a list shows it. */
    public JsonObject prompt(Prompt prompt) {
        var json = named(prompt.name(), prompt.title(), prompt.description());
        json.put("arguments", array(prompt.arguments(), McpJson::argument));
        putIcons(json, prompt.icons());
        return json;
    }

    /** The result of a tool, with a text copy of structured content that has no content of its own. */
    public JsonObject toolResult(ToolResult result) {
        var content = array(result.content(), this::content);
        if (content.isEmpty() && result.structured().isPresent()) {
            content.add(content(new Content.Text(Json.encode(result.structured().get()))));
        }
        var json = new JsonObject().put("content", content);
        result.structured().ifPresent(structured -> json.put("structuredContent", structured));
        if (result.isError()) {
            json.put("isError", true);
        }
        putMeta(json, result.meta());
        return json;
    }

    /** What a prompt gave. */
    public JsonObject promptResult(PromptResult result) {
        var json = new JsonObject();
        putText(json, "description", result.description());
        return json.put("messages", array(result.messages(), this::message));
    }

    /** What a resource holds. */
    public JsonObject resourceResult(ResourceResult result) {
        return new JsonObject().put("contents", array(result.contents(), this::contents));
    }

    /** One piece of content. */
    public JsonObject content(Content content) {
        if (content instanceof Content.Text text) {
            return typed("text").put("text", text.text());
        }
        if (content instanceof Content.Image image) {
            return typed("image").put("data", base64(image.data())).put("mimeType", image.mimeType());
        }
        if (content instanceof Content.Audio audio) {
            return typed("audio").put("data", base64(audio.data())).put("mimeType", audio.mimeType());
        }
        if (content instanceof Content.Embedded embedded) {
            return typed("resource").put("resource", contents(embedded.resource()));
        }
        return link((Content.Link) content);
    }

    private JsonObject link(Content.Link link) {
        var json = typed("resource_link")
                .put("uri", link.uri())
                .mergeIn(named(link.name(), link.title(), link.description()));
        putText(json, "mimeType", link.mimeType());
        return json;
    }

    private JsonObject contents(ResourceContents contents) {
        var json = new JsonObject().put("uri", contents.uri());
        putText(json, "mimeType", contents.mimeType());
        return contents instanceof ResourceContents.Text text
                ? json.put("text", text.text())
                : json.put("blob", base64(((ResourceContents.Blob) contents).data()));
    }

    private JsonObject message(PromptResult.Message message) {
        return new JsonObject()
                .put("role", message.speaker().name().toLowerCase(Locale.ROOT))
                .put("content", content(message.content()));
    }

    private static JsonObject argument(Prompt.Argument argument) {
        var json = new JsonObject().put("name", argument.name());
        putText(json, "description", argument.description());
        return json.put("required", argument.required());
    }

    private static JsonObject annotations(ToolAnnotations annotations) {
        return new JsonObject()
                .put("readOnlyHint", annotations.readOnly())
                .put("destructiveHint", annotations.destructive())
                .put("idempotentHint", annotations.idempotent())
                .put("openWorldHint", annotations.openWorld());
    }

    private static JsonObject named(String name, String title, String description) {
        var json = new JsonObject().put("name", name);
        putText(json, "title", title);
        putText(json, "description", description);
        return json;
    }

    private static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }

    private static void putText(JsonObject json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void putMeta(JsonObject json, JsonObject meta) {
        if (!meta.isEmpty()) {
            json.put("_meta", meta);
        }
    }

    private static void putIcons(JsonObject json, List<Icon> icons) {
        if (!icons.isEmpty()) {
            json.put("icons", array(icons, McpJson::icon));
        }
    }

    private static JsonObject icon(Icon icon) {
        var json = new JsonObject().put("src", icon.src());
        putText(json, "mimeType", icon.mimeType());
        return icon.sizes().isEmpty() ? json : json.put("sizes", new JsonArray(icon.sizes()));
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> json) {
        var array = new JsonArray();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }

    private static String base64(Buffer data) {
        return Base64.getEncoder().encodeToString(data.getBytes());
    }
}
