package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.rest.RestAnswer;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.rest.RestRequest;

/** The server's own REST routes for the local admin, so that a command and the dashboard do the same. */
public final class RestRoutes implements ControlRoutes {

    private static final String ROOT = "/rest/";

    private final RestApi rest;

    public RestRoutes(RestApi rest) {
        this.rest = rest;
    }

    @Override
    public void mount(Router router) {
        router.route(ROOT + "*").handler(ControlBody.handler()).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        rest.answer(request(context))
                .onSuccess(answer -> write(context, answer))
                .onFailure(context::fail);
    }

    private static RestRequest request(RoutingContext context) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        context.queryParams()
                .names()
                .forEach(name -> query.put(name, context.queryParams().getAll(name)));
        var body = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
        return new RestRequest(
                context.request().method().name(),
                context.normalizedPath().substring(ROOT.length()),
                query,
                MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json"),
                Authenticator.localAdmin(),
                true,
                "",
                () -> Future.succeededFuture(body),
                Cancellation.NEVER);
    }

    private static void write(RoutingContext context, RestAnswer answer) {
        var response = context.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer instanceof RestAnswer.Whole whole) {
            response.end(whole.body());
        } else {
            ((RestAnswer.Download) answer).streamed().body().close();
            response.setStatusCode(501).end();
        }
    }
}
