package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.ToolException;

class HeldStreamTest {

    private final Vertx vertx = Vertx.vertx();
    private final Still source = new Still();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aStreamInWhichNothingMovesIsClosed() throws Exception {
        var told = new CompletableFuture<Throwable>();

        onLoop(Duration.ofMillis(20), held -> held.exceptionHandler(told::complete));

        assertThat(told.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("nothing moved");
        assertThat(source.closes).hasValue(1);
    }

    @Test
    void whoComesLateHearsOfTheFailure() throws Exception {
        var told = new CompletableFuture<Throwable>();

        onLoop(Duration.ofMinutes(1), held -> {
            source.failureTaker.handle(new IllegalStateException("broke"));
            held.exceptionHandler(told::complete);
        });

        assertThat(told.get(20, TimeUnit.SECONDS)).hasMessage("broke");
        assertThat(source.closes).hasValue(1);
    }

    @Test
    void theEndComesOnceAndClosesNothing() throws Exception {
        var ends = new AtomicInteger();
        var done = new CompletableFuture<Long>();

        onLoop(Duration.ofMinutes(1), held -> {
            held.endHandler(end -> ends.incrementAndGet());
            source.taker.handle(Buffer.buffer("abc"));
            source.endTaker.handle(null);
            source.endTaker.handle(null);
            held.close();
            held.end().onComplete(ended -> done.complete(ended.succeeded() ? held.bytes() : -1L));
        });

        assertThat(done.get(20, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(ends).hasValue(1);
        assertThat(source.closes).hasValue(0);
    }

    private void onLoop(Duration longestPause, Consumer<HeldStream> work) {
        vertx.runOnContext(now -> work.accept(HeldStream.of(Loop.current(vertx), source, longestPause)));
    }

    /** Gives nothing by itself. */
    private static final class Still implements ByteStream {

        final AtomicInteger closes = new AtomicInteger();
        Handler<Buffer> taker = bytes -> {};
        Handler<Throwable> failureTaker = failure -> {};
        Handler<Void> endTaker = end -> {};

        @Override
        public Still handler(Handler<Buffer> handler) {
            taker = handler;
            return this;
        }

        @Override
        public Still exceptionHandler(Handler<Throwable> handler) {
            failureTaker = handler;
            return this;
        }

        @Override
        public Still endHandler(Handler<Void> handler) {
            endTaker = handler;
            return this;
        }

        @Override
        public Still pause() {
            return this;
        }

        @Override
        public Still resume() {
            return this;
        }

        @Override
        public Still fetch(long amount) {
            return this;
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }
}
