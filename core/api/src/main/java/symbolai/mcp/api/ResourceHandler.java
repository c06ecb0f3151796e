package symbolai.mcp.api;

import io.vertx.core.Future;

/** Reads a resource. The rules are those of {@link ToolHandler}. */
@FunctionalInterface
public interface ResourceHandler {

    /** One reading. Fails with {@link ToolException.Reason#NOT_FOUND} when there is no such resource. */
    Future<? extends ResourceOutcome> read(ResourceCall call);
}
