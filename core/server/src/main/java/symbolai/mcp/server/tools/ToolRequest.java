package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.ToolCall;

/** A call of a tool. */
record ToolRequest(Call common, String tool, JsonObject arguments, boolean takesStream)
        implements DelegatingCall, ToolCall {
    ToolRequest {
        arguments = arguments.copy();
    }
}
