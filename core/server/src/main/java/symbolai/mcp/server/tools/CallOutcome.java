package symbolai.mcp.server.tools;

import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolResult;

/** How a call of a tool ended, for now. */
public sealed interface CallOutcome {

    /** The tool is done; an error that the model reads is a result too. */
    record Done(ToolResult result) implements CallOutcome {}

    /** The tool asks the client, and is to be called again with the answers. */
    record Asks(InputRequired questions) implements CallOutcome {}

    /** The tool goes on as a task. */
    record AsTask(Task task) implements CallOutcome {}
}
