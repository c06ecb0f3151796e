package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
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

    /** How long a client that is refused gets to read why, whatever it goes on sending. */
    private static final long LINGER_MILLIS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> complete = Promise.promise();

    public BodyReader(RoutingContext context, int limit) {
        this.vertx = context.vertx();
        this.request = context.request();
        this.limit = limit;
    }

    /**
     * Begins to read; fails with {@link TooLarge} as soon as that is known, and with a time-out when the client dawdles. Whoever reads answers
     * then at once: the connection is closed soon after.
     */
    public Future<Buffer> read() {
        if (announced() > limit) {
            complete.tryFail(new TooLarge(limit));
            return complete.future().onFailure(this::giveUp);
        }
        request.handler(this::take);
        request.endHandler(end -> complete.tryComplete(body));
        request.exceptionHandler(complete::tryFail);
        request.resume();
        return complete.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).onFailure(this::giveUp);
    }

    /** The request may still be arriving, for ever if it is left alone. */
    private void giveUp(Throwable failure) {
        if (request.version() != HttpVersion.HTTP_2 && !request.response().headWritten()) {
            request.response().putHeader("Connection", "close");
        }
        request.resume();
        vertx.setTimer(LINGER_MILLIS, passed -> Abandoned.end(request));
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
