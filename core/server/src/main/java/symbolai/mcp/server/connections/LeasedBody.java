package symbolai.mcp.server.connections;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Timers.Timer;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Bytes of a connection that stays open until they have ended; it is closed when none come for a while. */
final class LeasedBody implements ByteStream {

    static final Duration IDLE = Duration.ofSeconds(30);

    private final ByteStream body;
    private final Timing timing;
    private final Runnable leave;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long touched;
    private volatile Timer timer = () -> {};
    private volatile Handler<Throwable> failed = failure -> {};
    private volatile Runnable ended = () -> {};

    LeasedBody(ByteStream body, Timing timing, Runnable leave) {
        this.body = body;
        this.timing = timing;
        this.leave = leave;
        this.touched = timing.nanos();
    }

    /** Begins to watch over the bytes. */
    LeasedBody watched() {
        body.exceptionHandler(this::fail);
        body.endHandler(nothing -> end());
        watch(IDLE);
        return this;
    }

    @Override
    public LeasedBody handler(@Nullable Handler<Buffer> handler) {
        body.handler(
                handler == null
                        ? null
                        : chunk -> {
                            touched = timing.nanos();
                            handler.handle(chunk);
                        });
        return this;
    }

    @Override
    public LeasedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public LeasedBody endHandler(@Nullable Handler<@Nullable Void> handler) {
        ended = handler == null ? () -> {} : () -> handler.handle(null);
        return this;
    }

    @Override
    public LeasedBody pause() {
        body.pause();
        return this;
    }

    @Override
    public LeasedBody resume() {
        body.resume();
        return this;
    }

    @Override
    public LeasedBody fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public void close() {
        if (finish()) {
            body.close();
            leave.run();
        }
    }

    private void end() {
        if (finish()) {
            leave.run();
            ended.run();
        }
    }

    private void fail(Throwable failure) {
        if (finish()) {
            leave.run();
            failed.handle(failure);
        }
    }

    private boolean finish() {
        timer.cancel();
        return over.compareAndSet(false, true);
    }

    private void watch(Duration time) {
        timer = timing.once(time, this::look);
        if (over.get()) {
            timer.cancel();
        }
    }

    private void look() {
        var left = IDLE.minusNanos(timing.nanos() - touched);
        if (!left.isZero() && !left.isNegative()) {
            watch(left);
        } else if (!over.get()) {
            close();
            failed.handle(new ToolException(
                    Reason.TIMED_OUT, "no more bytes came or were taken for " + IDLE.toSeconds() + " s"));
        }
    }
}
