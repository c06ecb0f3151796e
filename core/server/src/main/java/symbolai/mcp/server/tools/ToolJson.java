package symbolai.mcp.server.tools;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ToolResult;

/** How results and questions are stored; clients see another form, which depends on their version. */
final class ToolJson {
    private ToolJson() {}

    static JsonObject result(ToolResult result) {
        var content = new JsonArray();
        result.content().forEach(piece -> content.add(content(piece)));
        var json = new JsonObject()
                .put("content", content)
                .put("isError", result.isError())
                .put("meta", result.meta());
        result.structured().ifPresent(structured -> json.put("structured", structured));
        return json;
    }

    static ToolResult result(JsonObject json) {
        List<Content> content = json.getJsonArray("content").stream()
                .map(piece -> content((JsonObject) piece))
                .toList();
        return new ToolResult(
                content,
                Optional.ofNullable(json.getValue("structured")),
                json.getBoolean("isError"),
                json.getJsonObject("meta"));
    }

    private static JsonObject content(Content content) {
        if (content instanceof Content.Text text) {
            return typed("text").put("text", text.text());
        }
        if (content instanceof Content.Image image) {
            return typed("image").put("data", image.data()).put("mimeType", image.mimeType());
        }
        if (content instanceof Content.Audio audio) {
            return typed("audio").put("data", audio.data()).put("mimeType", audio.mimeType());
        }
        if (content instanceof Content.Embedded embedded) {
            return typed("resource").put("resource", contents(embedded.resource()));
        }
        var link = (Content.Link) content;
        return typed("resource_link")
                .put("uri", link.uri())
                .put("name", link.name())
                .put("title", link.title())
                .put("description", link.description())
                .put("mimeType", link.mimeType());
    }

    private static JsonObject contents(ResourceContents contents) {
        var json = new JsonObject().put("uri", contents.uri()).put("mimeType", contents.mimeType());
        return contents instanceof ResourceContents.Text text
                ? json.put("text", text.text())
                : json.put("blob", ((ResourceContents.Blob) contents).data());
    }

    private static Content content(JsonObject json) {
        return switch (json.getString("type")) {
            case "text" -> new Content.Text(json.getString("text"));
            case "image" -> new Content.Image(data(json, "data"), json.getString("mimeType"));
            case "audio" -> new Content.Audio(data(json, "data"), json.getString("mimeType"));
            case "resource" -> new Content.Embedded(contents(json.getJsonObject("resource")));
            default ->
                new Content.Link(
                        json.getString("uri"),
                        json.getString("name"),
                        json.getString("title"),
                        json.getString("description"),
                        json.getString("mimeType"));
        };
    }

    private static ResourceContents contents(JsonObject json) {
        var uri = json.getString("uri");
        var mimeType = json.getString("mimeType");
        return json.containsKey("text")
                ? new ResourceContents.Text(uri, mimeType, json.getString("text"))
                : new ResourceContents.Blob(uri, mimeType, data(json, "blob"));
    }

    private static Buffer data(JsonObject json, String name) {
        return Buffer.buffer(json.getBinary(name));
    }

    static JsonObject question(InputRequest question) {
        if (question instanceof InputRequest.Form form) {
            return typed("form").put("message", form.message()).put("schema", form.schema());
        }
        if (question instanceof InputRequest.Page page) {
            return typed("page").put("message", page.message()).put("url", page.url());
        }
        return question instanceof InputRequest.Sampling sampling
                ? typed("sampling").put("params", sampling.params())
                : typed("roots");
    }

    static InputRequest question(JsonObject json) {
        return switch (json.getString("type")) {
            case "form" -> new InputRequest.Form(json.getString("message"), json.getJsonObject("schema"));
            case "page" -> new InputRequest.Page(json.getString("message"), json.getString("url"));
            case "sampling" -> new InputRequest.Sampling(json.getJsonObject("params"));
            default -> new InputRequest.Roots();
        };
    }

    private static JsonObject typed(String type) {
        return new JsonObject().put("type", type);
    }
}
