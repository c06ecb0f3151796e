package symbolai.mcp.api;

import io.vertx.core.Future;

/** Makes the messages of a prompt. The rules are those of {@link ToolHandler}. */
@FunctionalInterface
public interface PromptHandler {

    /** One request. */
    Future<? extends PromptOutcome> get(PromptCall call);
}
