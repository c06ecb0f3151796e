package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.event.Level;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.Upstream;

/** Sends requests through the host's way out, each try judged by what is known of it. */
public final class HttpSender {

    private static final int LONG = 256 << 10;

    private final FamilyContext context;
    private final Upstream upstream;

    public HttpSender(FamilyContext context, Upstream upstream) {
        this.context = context;
        this.upstream = upstream;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param read makes something of an answer of any status, or fails with a {@link ToolException}; that decides about another try
     */
    public <T> Future<T> send(HttpCall call, Function<HttpReply, Future<T>> read) {
        return upstream.request(call.target(), () -> once(call, false, read));
    }

    /** The same, but the body of an answer with a status of success is given as a stream. */
    public <T> Future<T> download(HttpCall call, Function<HttpReply, Future<T>> read) {
        return upstream.request(call.target(), () -> once(call, true, read));
    }

    /** The JSON value of an answer; a long one is read beside the event loop. Empty stands for JSON's null. */
    public Future<Optional<Object>> json(HttpCall call, HttpReply reply) {
        return read(call, reply).recover(failure -> Future.failedFuture(readable(call, reply, failure)));
    }

    /** A long one is bounded in size, so that a thread that is given up ends by itself. */
    private Future<Optional<Object>> read(HttpCall call, HttpReply reply) {
        if (reply.body().length() <= LONG) {
            return readNow(reply);
        }
        var millis = Math.max(1, call.target().deadline().remaining().toMillis());
        return context.blocking(() -> Optional.ofNullable(StrictJson.read(reply.body())))
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    private static Throwable readable(HttpCall call, HttpReply reply, Throwable failure) {
        if (failure instanceof TimeoutException) {
            return HttpFailure.timedOut(call);
        }
        return failure instanceof IOException ? HttpFailure.unreadable(call, reply, "it is not sound JSON") : failure;
    }

    private static Future<Optional<Object>> readNow(HttpReply reply) {
        try {
            return Future.succeededFuture(Optional.ofNullable(StrictJson.read(reply.body())));
        } catch (IOException unsound) {
            return Future.failedFuture(unsound);
        }
    }

    private <T> Future<T> once(HttpCall call, boolean streamed, Function<HttpReply, Future<T>> read) {
        var started = System.nanoTime();
        return new Attempt(call, streamed, context)
                .run()
                .map(reply -> reply.without(call.token()))
                .onSuccess(reply -> RateHeaders.tell(reply, upstream))
                .onSuccess(reply -> reply.requestId().ifPresent(upstream::answered))
                .onSuccess(reply -> logAnswer(call, reply, started))
                .onFailure(failure -> logFailure(call, failure, started))
                .compose(read);
    }

    /** The path is not logged: it holds keys of the user's data. */
    private void logAnswer(HttpCall call, HttpReply reply, long started) {
        context.logger()
                .atLevel(reply.status() < 400 ? Level.DEBUG : Level.INFO)
                .addKeyValue("operation", call.operation())
                .addKeyValue("host", call.origin().authority())
                .addKeyValue("status", reply.status())
                .addKeyValue("requestId", reply.requestId().orElse(""))
                .addKeyValue("millis", millisSince(started))
                .log("upstream request");
    }

    private void logFailure(HttpCall call, Throwable failure, long started) {
        context.logger()
                .atInfo()
                .addKeyValue("operation", call.operation())
                .addKeyValue("host", call.origin().authority())
                .addKeyValue("outcome", failure.getMessage())
                .addKeyValue("millis", millisSince(started))
                .log("upstream request failed");
    }

    private static long millisSince(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
