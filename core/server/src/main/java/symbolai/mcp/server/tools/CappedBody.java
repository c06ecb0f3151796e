package symbolai.mcp.server.tools;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.ToolException;

/** Bytes that fail when more come than a rule lets through. */
final class CappedBody implements ByteStream {

    private final ByteStream body;
    private final long most;
    private final ToolException tooMany;
    private long came;
    private Handler<Throwable> failed = failure -> {};

    CappedBody(ByteStream body, long most, ToolException tooMany) {
        this.body = body;
        this.most = most;
        this.tooMany = tooMany;
    }

    @Override
    public CappedBody handler(@Nullable Handler<Buffer> handler) {
        body.handler(handler == null ? null : chunk -> take(chunk, handler));
        return this;
    }

    private void take(Buffer chunk, Handler<Buffer> handler) {
        boolean isOver = came > most;
        came += chunk.length();
        if (came <= most) {
            handler.handle(chunk);
        } else if (!isOver) {
            body.close();
            failed.handle(tooMany);
        }
    }

    @Override
    public CappedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler == null ? failure -> {} : handler;
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public CappedBody endHandler(@Nullable Handler<@Nullable Void> handler) {
        body.endHandler(handler);
        return this;
    }

    @Override
    public CappedBody pause() {
        body.pause();
        return this;
    }

    @Override
    public CappedBody resume() {
        body.resume();
        return this;
    }

    @Override
    public CappedBody fetch(long amount) {
        body.fetch(amount);
        return this;
    }

    @Override
    public void close() {
        body.close();
    }
}
