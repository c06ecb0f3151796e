package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;

/** How a call of a tool ended, for now. */
public sealed interface CallOutcome {

    /**
     * The tool is done; an error that the model reads is a result too.
     *
     * @param failure what the error was made of, where it was made of a failure
     */
    record Done(ToolResult result, Optional<ToolException> failure) implements CallOutcome {

        /** A result of which no more is known. */
        public Done(ToolResult result) {
            this(result, Optional.empty());
        }
    }

    /** The tool gives bytes; whoever has them reads them to their end or closes them. */
    record Download(Streamed streamed) implements CallOutcome {}

    /**
     * The tool asks the client, and is to be called again with the answers.
     *
     * @param settled begins to watch, and succeeds when somebody has done what the questions ask for; empty where that is not seen here
     */
    record Asks(InputRequired questions, Optional<Supplier<Future<Void>>> settled) implements CallOutcome {

        /** What only the client's answer settles. */
        public Asks(InputRequired questions) {
            this(questions, Optional.empty());
        }
    }

    /** The tool goes on as a task. */
    record AsTask(Task task) implements CallOutcome {}
}
