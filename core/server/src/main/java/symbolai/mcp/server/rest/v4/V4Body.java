package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Collects the body of one request, up to a limit, for a while, and out of the memory for all bodies. */
final class V4Body {

    private static final int PATIENCE_SECONDS = 60;

    private final HttpServerRequest request;
    private final int limit;
    private final BodyBudget budget;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> complete = Promise.promise();
    private int taken;

    V4Body(HttpServerRequest request, int limit, BodyBudget budget) {
        this.request = request;
        this.limit = limit;
        this.budget = budget;
    }

    /** Begins to read; fails as soon as it is known that the body is too large. */
    Future<Buffer> read() {
        if (announced() > limit) {
            return Future.failedFuture(tooLarge());
        }
        request.handler(this::take);
        request.endHandler(end -> complete.tryComplete(body));
        request.exceptionHandler(complete::tryFail);
        request.resume();
        return complete.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Gives back the memory; to be called once, when the request has been answered. */
    void free() {
        budget.give(taken);
        taken = 0;
    }

    private void take(Buffer bytes) {
        if (complete.future().isComplete()) {
            return;
        }
        if (body.length() + bytes.length() > limit) {
            complete.tryFail(tooLarge());
        } else if (budget.take(bytes.length())) {
            taken += bytes.length();
            body.appendBuffer(bytes);
        } else {
            complete.tryFail(new V4Error(429, 971, "too many large bodies at once; try again in a moment"));
        }
    }

    private V4Error tooLarge() {
        return new V4Error(413, 10413, "the body may have at most " + limit + " bytes here");
    }

    private long announced() {
        var length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }
}
