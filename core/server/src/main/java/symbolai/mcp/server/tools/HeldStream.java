package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The bytes of a download on their way to the caller: known to end, because a stream in which nothing moves is closed. Stays on one loop. */
final class HeldStream implements ByteStream {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Loop loop;
    private final ByteStream body;
    private final Promise<Void> ended = Promise.promise();
    private Handler<Buffer> taker = nothing -> {};
    private Handler<Throwable> failureTaker = nothing -> {};
    private Handler<Void> endTaker = nothing -> {};
    private long timer;
    private long bytes;
    private long bytesBefore = -1;

    private HeldStream(Loop loop, ByteStream body) {
        this.loop = loop;
        this.body = body;
    }

    /** Watches over the stream from now on. To be called on the loop. */
    static HeldStream of(Loop loop, ByteStream body) {
        return of(loop, body, LONGEST_PAUSE);
    }

    /** The same with another time after which a stream without motion is closed. */
    static HeldStream of(Loop loop, ByteStream body, Duration longestPause) {
        var held = new HeldStream(loop, body);
        held.watch(longestPause);
        return held;
    }

    /** Succeeds when the stream in the outcome has ended, one way or the other; at once when there is none. */
    static Future<Void> ended(@Nullable Object outcome) {
        return outcome instanceof Streamed streamed && streamed.body() instanceof HeldStream held
                ? held.end().otherwiseEmpty()
                : Future.succeededFuture();
    }

    /** Closes the stream in the outcome, where there is one. */
    static void close(@Nullable Object outcome) {
        if (outcome instanceof Streamed streamed) {
            streamed.body().close();
        }
    }

    /** How many bytes went through. */
    long bytes() {
        return bytes;
    }

    /** Succeeds when all bytes went through; fails when the stream was cut. */
    Future<Void> end() {
        return ended.future();
    }

    @Override
    public HeldStream handler(@Nullable Handler<Buffer> handler) {
        taker = handler == null ? nothing -> {} : handler;
        return this;
    }

    @Override
    public HeldStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        failureTaker = handler == null ? nothing -> {} : handler;
        if (end().failed()) {
            failureTaker.handle(end().cause());
        }
        return this;
    }

    @Override
    public HeldStream endHandler(@Nullable Handler<Void> handler) {
        endTaker = handler == null ? nothing -> {} : handler;
        return this;
    }

    @Override
    public HeldStream pause() {
        body.pause();
        return this;
    }

    @Override
    public HeldStream resume() {
        body.resume();
        return this;
    }

    @Override
    public HeldStream fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public void close() {
        fail(CallScope.cancelled());
    }

    private void watch(Duration longestPause) {
        timer = loop.vertx().setPeriodic(Math.max(1, longestPause.toMillis()), id -> tick(longestPause));
        body.handler(this::took).exceptionHandler(this::fail).endHandler(end -> complete());
    }

    private void took(Buffer chunk) {
        bytes += chunk.length();
        taker.handle(chunk);
    }

    private void tick(Duration longestPause) {
        if (bytes == bytesBefore) {
            fail(new ToolException(
                    Reason.TIMED_OUT,
                    "the download was closed, because nothing moved for " + longestPause.toSeconds() + " s"));
        }
        bytesBefore = bytes;
    }

    private void complete() {
        loop.vertx().cancelTimer(timer);
        if (ended.tryComplete()) {
            endTaker.handle(null);
        }
    }

    private void fail(Throwable failure) {
        loop.vertx().cancelTimer(timer);
        if (ended.tryFail(failure)) {
            body.close();
            failureTaker.handle(failure);
        }
    }
}
