package symbolai.mcp.api;

import io.vertx.core.Future;

/** Tells what a call would do, without doing it. */
@FunctionalInterface
public interface PreviewHandler {

    /**
     * Called with arguments that match the tool's schema before somebody is asked to approve the call, and again when an approved call is about
     * to begin. The connection refuses what changes anything, and there are a few seconds only; a failure does not stop the request, and the
     * person is told of it.
     */
    Future<Preview> preview(ToolCall call);
}
