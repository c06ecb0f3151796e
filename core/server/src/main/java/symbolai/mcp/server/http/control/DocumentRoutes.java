package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.rest.RestApi;

/** The OpenAPI document. */
public final class DocumentRoutes implements ControlRoutes {

    private final RestApi rest;

    public DocumentRoutes(RestApi rest) {
        this.rest = rest;
    }

    @Override
    public void mount(Router router) {
        router.get("/openapi")
                .handler(context -> ControlAnswer.json(
                        context, Future.succeededFuture(), none -> rest.document(Authenticator.localAdmin(), "")));
    }
}
