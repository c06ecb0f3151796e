package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;

/** One call of a tool. */
public interface ToolCall extends Call {

    /** The tool's name. */
    String tool();

    /** The arguments; they match the input schema. */
    JsonObject arguments();

    /** Whether the caller takes {@link Streamed} bytes, as a download does; an MCP client never does. */
    default boolean takesStream() {
        return false;
    }
}
