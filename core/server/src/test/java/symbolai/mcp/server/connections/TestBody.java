package symbolai.mcp.server.connections;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;

/** Bytes that come when a test says so. */
final class TestBody implements ByteStream {

    boolean closed;
    private Handler<Buffer> chunks = chunk -> {};
    private Handler<Throwable> failures = failure -> {};
    private Handler<@Nullable Void> ends = nothing -> {};

    void give(String text) {
        chunks.handle(Buffer.buffer(text));
    }

    void end() {
        ends.handle(null);
    }

    void fail(Throwable failure) {
        failures.handle(failure);
    }

    @Override
    public TestBody handler(@Nullable Handler<Buffer> handler) {
        chunks = handler == null ? chunk -> {} : handler;
        return this;
    }

    @Override
    public TestBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        failures = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public TestBody endHandler(@Nullable Handler<@Nullable Void> handler) {
        ends = handler == null ? nothing -> {} : handler;
        return this;
    }

    @Override
    public TestBody pause() {
        return this;
    }

    @Override
    public TestBody resume() {
        return this;
    }

    @Override
    public TestBody fetch(long amount) {
        return this;
    }

    @Override
    public void close() {
        closed = true;
    }
}
