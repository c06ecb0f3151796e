package symbolai.mcp.api;

import io.vertx.core.Future;

/** Proposes values for an argument of a prompt or a variable of a template. Must not block. */
@FunctionalInterface
public interface Completer {

    /** The proposals for what was typed so far. */
    Future<Completion> complete(CompletionCall call);
}
