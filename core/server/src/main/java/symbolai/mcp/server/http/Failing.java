package symbolai.mcp.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpClosedException;
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

    /** Answers bytes that are not HTTP, or have too long a head. */
    void invalid(HttpServerRequest request) {
        request.response().putHeader("Connection", "close");
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            refuse(request, 414, "the request line is too long");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuse(request, 431, "the headers are too long");
        } else {
            refuse(request, 400, "the request is not well-formed HTTP");
        }
        request.connection().close();
    }

    private void refuse(HttpServerRequest request, int status, String message) {
        refusals.refuse(request.response(), status, new JsonRpcException(JsonRpcError.REFUSED, message));
    }

    private void unexpected(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            return; // The caller has gone, and nobody is there to be answered.
        }
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
