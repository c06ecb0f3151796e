package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Answers a control request with JSON once the work is done. */
final class ControlAnswer {

    private ControlAnswer() {}

    static <T> void json(RoutingContext context, Future<T> work, Function<T, JsonObject> json) {
        work.map(json)
                .onSuccess(body -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .end(body.toBuffer()))
                .onFailure(context::fail);
    }

    static void done(RoutingContext context, Future<Void> work) {
        json(context, work.map(new JsonObject()), body -> body);
    }
}
