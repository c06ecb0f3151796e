package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import symbolai.mcp.api.InputRequired;

/** How a method ended. */
public sealed interface McpResult {

    /** The value of {@code result}, encoded for the client's version. */
    record Complete(Buffer result) implements McpResult {}

    /** Questions to the client; afterwards the method is called again with the answers. Each era asks in its own way. */
    record InputNeeded(InputRequired questions) implements McpResult {}
}
