package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;
import symbolai.mcp.api.InputRequired;

/** How a method ended. */
public sealed interface McpResult {

    /** The value of {@code result}, encoded for the client's version. */
    record Complete(Buffer result) implements McpResult {}

    /**
     * Questions to the client; afterwards the method is called again with the answers. Each era asks in its own way.
     *
     * @param settled begins to watch, and succeeds when somebody has done what the questions ask for; empty where that is not seen here
     */
    record InputNeeded(InputRequired questions, Optional<Supplier<Future<Void>>> settled) implements McpResult {

        /** What only the client's answer settles. */
        public InputNeeded(InputRequired questions) {
            this(questions, Optional.empty());
        }
    }
}
