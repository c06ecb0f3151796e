package symbolai.mcp.server.http.control;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.mcp.stdio.StdioFront;

/** MCP over the lines of one long request and its response, for {@code symbolai-mcp stdio}. */
public final class StdioRoutes implements ControlRoutes {

    private final StdioFront front;

    public StdioRoutes(StdioFront front) {
        this.front = front;
    }

    @Override
    public void mount(Router router) {
        router.post("/stdio").handler(this::serve);
    }

    /** The head is sent at once, so that the client knows that it is served before it has said anything. */
    private void serve(RoutingContext context) {
        var response = context.response();
        response.setChunked(true)
                .putHeader("Content-Type", "application/x-ndjson")
                .writeHead();
        front.serve(context.request(), response, Authenticator.localAdmin())
                .onSuccess(served -> response.end())
                .onFailure(failure -> response.reset());
    }
}
