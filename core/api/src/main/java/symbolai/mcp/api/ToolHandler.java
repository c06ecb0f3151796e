package symbolai.mcp.api;

import io.vertx.core.Future;

/** Does the work of a tool. Called on an event loop; it must not block, see {@link FamilyContext#blocking}. */
@FunctionalInterface
public interface ToolHandler {

    /**
     * One call. A {@link ToolException}, thrown or as the future's failure, becomes an error that the model reads; any other failure is hidden
     * from the caller and logged with an id.
     */
    Future<? extends ToolOutcome> call(ToolCall call);
}
