package symbolai.mcp.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The result of a tool.
 *
 * @param content what the model reads, in order; when empty and there is structured content, the host adds a text copy of it
 * @param structured the structured content: a JsonObject, a JsonArray, a String, a Number or a Boolean
 * @param isError the tool could not do its work, and the content says why
 * @param meta the {@code _meta} object
 */
public record ToolResult(List<Content> content, Optional<Object> structured, boolean isError, JsonObject meta)
        implements ToolOutcome {

    public ToolResult {
        content = List.copyOf(content);
        structured = structured.map(ToolResult::copy);
        meta = meta.copy();
    }

    /** A text. */
    public static ToolResult text(String text) {
        return of(new Content.Text(text));
    }

    /** Several pieces of content. */
    public static ToolResult of(Content... content) {
        return new ToolResult(List.of(content), Optional.empty(), false, new JsonObject());
    }

    /** Structured content; the host adds the text copy. */
    public static ToolResult json(JsonObject structured) {
        return new ToolResult(List.of(), Optional.of(structured), false, new JsonObject());
    }

    /** Structured content with a text of the tool's own beside it. */
    public static ToolResult json(JsonObject structured, String text) {
        return new ToolResult(List.of(new Content.Text(text)), Optional.of(structured), false, new JsonObject());
    }

    /** An error that the model reads. */
    public static ToolResult error(String message) {
        return new ToolResult(List.of(new Content.Text(message)), Optional.empty(), true, new JsonObject());
    }

    private static Object copy(Object value) {
        if (value instanceof JsonObject object) {
            return object.copy();
        }
        if (value instanceof JsonArray array) {
            return array.copy();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "structured content is JSON, not " + value.getClass().getName());
    }
}
