package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Timers;

/** The body of an answer as it comes in; fails when nearly nothing comes although it is asked for, or when the call is cancelled. */
final class BodyStream implements ByteStream {

    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(30);
    private static final int LEAST_BYTES = 1024;

    private final HttpCall call;
    private final HttpClientResponse response;
    private final Optional<Context> loop = Optional.ofNullable(Vertx.currentContext());
    private final Timers.Timer watch;
    private Optional<Handler<Throwable>> onFailure = Optional.empty();
    private Optional<Handler<Void>> onEnd = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private long window;
    /** How many more buffers are asked for; the greatest number stands for all. */
    private long demand;

    private boolean ended;

    /** Made in the turn in which the response came. */
    BodyStream(HttpCall call, HttpClientResponse response, FamilyContext context) {
        this.call = call;
        this.response = response;
        response.pause();
        response.exceptionHandler(
                broken -> fail(HttpFailure.broken(call, broken.getClass().getSimpleName())));
        response.endHandler(nothing -> end());
        var remaining = call.target().deadline().remaining();
        var shorter = remaining.compareTo(LONGEST_WINDOW) < 0 ? remaining : LONGEST_WINDOW;
        watch = context.timers().every(shorter, () -> run(this::look));
        call.target().cancellation().onCancel(() -> run(() -> fail(HttpFailure.cancelled(call, true))));
    }

    @Override
    public BodyStream handler(@Nullable Handler<Buffer> handler) {
        if (handler == null) {
            response.handler(null);
            return this;
        }
        response.handler(bytes -> {
            window += bytes.length();
            demand -= demand == 0 || demand == Long.MAX_VALUE ? 0 : 1;
            handler.handle(bytes);
        });
        return this;
    }

    @Override
    public BodyStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = Optional.ofNullable(handler);
        failure.ifPresent(known -> onFailure.ifPresent(told -> told.handle(known)));
        return this;
    }

    @Override
    public BodyStream endHandler(@Nullable Handler<Void> handler) {
        onEnd = Optional.ofNullable(handler);
        return this;
    }

    @Override
    public BodyStream pause() {
        demand = 0;
        response.pause();
        return this;
    }

    @Override
    public BodyStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public BodyStream fetch(long amount) {
        if (demand == 0) {
            window = LEAST_BYTES;
        }
        demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
        response.fetch(amount);
        return this;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            watch.cancel();
            response.request().reset();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            watch.cancel();
            onEnd.ifPresent(told -> told.handle(null));
        }
    }

    private void look() {
        if (demand > 0 && window < LEAST_BYTES) {
            fail(HttpFailure.timedOut(call));
        }
        window = 0;
    }

    private void fail(Throwable why) {
        if (!ended) {
            close();
            failure = Optional.of(why);
            onFailure.ifPresent(told -> told.handle(why));
        }
    }

    private void run(Runnable step) {
        loop.ifPresentOrElse(context -> context.runOnContext(v -> step.run()), step);
    }
}
