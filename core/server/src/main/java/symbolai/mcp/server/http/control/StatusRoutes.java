package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** Says what the server is: its version, its process, and where it listens. */
public final class StatusRoutes implements ControlRoutes {

    private final String version;
    private final String url;

    /**
     * @param url where clients reach the server; empty when it does not listen
     */
    public StatusRoutes(String version, String url) {
        this.version = version;
        this.url = url;
    }

    @Override
    public void mount(Router router) {
        router.get("/status")
                .handler(context -> ControlAnswer.json(context, Future.succeededFuture(), none -> status()));
    }

    private JsonObject status() {
        return new JsonObject()
                .put("version", version)
                .put("process", ProcessHandle.current().pid())
                .put("url", url);
    }
}
