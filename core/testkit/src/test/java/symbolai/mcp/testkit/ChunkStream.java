package symbolai.mcp.testkit;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.ByteStream;

/** The same chunk so many times, as fast as it is asked for; then the end, or a failure. */
final class ChunkStream implements ByteStream {

    final AtomicInteger given = new AtomicInteger();
    final AtomicBoolean paused = new AtomicBoolean();
    final AtomicBoolean closed = new AtomicBoolean();

    private final Context context = Vertx.currentContext();
    private final Buffer chunk;
    private final int count;
    private final boolean fails;
    private long demand;
    private boolean over;
    private Handler<Buffer> taker = bytes -> {};
    private Handler<Throwable> failureTaker = failure -> {};
    private Handler<Void> endTaker = end -> {};

    ChunkStream(Buffer chunk, int count, boolean fails) {
        this.chunk = chunk;
        this.count = count;
        this.fails = fails;
    }

    @Override
    public ChunkStream handler(Handler<Buffer> handler) {
        taker = handler;
        return this;
    }

    @Override
    public ChunkStream exceptionHandler(Handler<Throwable> handler) {
        failureTaker = handler;
        return this;
    }

    @Override
    public ChunkStream endHandler(Handler<Void> handler) {
        endTaker = handler;
        return this;
    }

    @Override
    public ChunkStream pause() {
        paused.set(true);
        demand = 0;
        return this;
    }

    @Override
    public ChunkStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ChunkStream fetch(long amount) {
        paused.set(false);
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        context.runOnContext(now -> step());
        return this;
    }

    @Override
    public void close() {
        closed.set(true);
        over = true;
    }

    private void step() {
        if (over || demand == 0) {
            return;
        }
        if (given.get() < count) {
            demand--;
            given.incrementAndGet();
            taker.handle(chunk);
            context.runOnContext(now -> step());
            return;
        }
        over = true;
        if (fails) {
            failureTaker.handle(new IllegalStateException("the source broke"));
        } else {
            endTaker.handle(null);
        }
    }
}
