package symbolai.mcp.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

/** Answers requests for which no route has an answer, or whose route failed. */
final class Failing {

    private static final Logger LOG = LoggerFactory.getLogger(Failing.class);

    private final Refusals refusals;

    Failing(Refusals refusals) {
        this.refusals = refusals;
    }

    void handle(RoutingContext context) {
        int status = context.statusCode();
        switch (status) {
            case 404 -> refusals.refuse(context, 404, "there is nothing at this path");
            case 405 -> refusals.refuse(context, 405, "this path does not take the method");
            case 400 -> refusals.refuse(context, 400, "the request is malformed");
            default -> unexpected(context);
        }
    }

    /** Answers bytes that are not HTTP. */
    void invalid(HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        refusals.refuse(
                request.response(),
                400,
                new JsonRpcException(JsonRpcError.REFUSED, "the request is not well-formed HTTP"));
        request.connection().close();
    }

    private void unexpected(RoutingContext context) {
        LOG.atError()
                .addKeyValue("path", context.normalizedPath())
                .setCause(context.failure())
                .log("request failed");
        if (Refusals.isRest(context.request().path())) {
            refusals.refuse(context, 500, "the server failed");
        } else {
            refusals.refuse(
                    context.response(), 500, new JsonRpcException(JsonRpcError.INTERNAL_ERROR, "the server failed"));
        }
    }
}
