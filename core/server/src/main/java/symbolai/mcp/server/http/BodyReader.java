package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** Collects the body of one request, up to a limit and for a while. */
public final class BodyReader {

    /** The body is larger than the limit. */
    public static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge(int limit) {
            super("the body may have at most " + limit + " bytes", null, false, false);
        }
    }

    private static final int PATIENCE_SECONDS = 30;

    private final HttpServerRequest request;
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> complete = Promise.promise();

    public BodyReader(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /** Begins to read; fails with {@link TooLarge} as soon as that is known, and with a time-out when the client dawdles. */
    public Future<Buffer> read() {
        if (announced() > limit) {
            return Future.failedFuture(new TooLarge(limit));
        }
        request.handler(this::take);
        request.endHandler(end -> complete.tryComplete(body));
        request.exceptionHandler(complete::tryFail);
        request.resume();
        return complete.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void take(Buffer bytes) {
        if (body.length() + bytes.length() > limit) {
            complete.tryFail(new TooLarge(limit));
            return;
        }
        body.appendBuffer(bytes);
    }

    private long announced() {
        var length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }
}
