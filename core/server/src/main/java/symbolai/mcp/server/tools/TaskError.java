package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.ToolException;

/** What a failed task tells of its failure: the JSON-RPC error that the call would have had. */
final class TaskError {
    private TaskError() {}

    static JsonObject of(Throwable failure) {
        if (failure instanceof NotFound missing) {
            return error(
                    -32602, "the tool " + missing.name() + " is gone: its plugin was removed or offers it no more");
        }
        if (failure instanceof CapabilityMissing missing) {
            return error(-32021, "the task has a question, and " + failure.getMessage())
                    .put("data", new JsonObject().put("requiredCapabilities", missing.required()));
        }
        if (failure instanceof ToolException) {
            return error(-32001, String.valueOf(failure.getMessage()))
                    .put("data", new JsonObject().put("code", "MCP_NOT_CONNECTED"));
        }
        return failure instanceof InternalFailure internal
                ? error(-32603, "internal error").put("data", new JsonObject().put("id", internal.id()))
                : error(-32603, "internal error");
    }

    private static JsonObject error(int code, String message) {
        return new JsonObject().put("code", code).put("message", message);
    }
}
