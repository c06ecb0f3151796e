package symbolai.mcp.plugins.kv;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;

/** A value that is in memory already, given piece by piece as the reader asks for it. */
final class ValueStream implements ByteStream {

    private static final int PIECE = 64 * 1024;

    private final Buffer bytes;
    private int at;
    private long wanted;
    private boolean giving;
    private boolean ended;
    private Handler<Buffer> handler = piece -> {};
    private Handler<Void> endHandler = end -> {};

    ValueStream(Buffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public ValueStream exceptionHandler(@Nullable Handler<Throwable> failed) {
        return this;
    }

    @Override
    public ValueStream handler(@Nullable Handler<Buffer> given) {
        handler = given == null ? piece -> {} : given;
        return this;
    }

    @Override
    public ValueStream endHandler(@Nullable Handler<Void> given) {
        endHandler = given == null ? end -> {} : given;
        return this;
    }

    @Override
    public ValueStream pause() {
        wanted = 0;
        return this;
    }

    @Override
    public ValueStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ValueStream fetch(long amount) {
        wanted = wanted + amount < 0 ? Long.MAX_VALUE : wanted + amount;
        if (!giving) {
            giving = true;
            give();
            giving = false;
        }
        return this;
    }

    @Override
    public void close() {
        ended = true;
    }

    /** The handler may pause, fetch or close in between. */
    private void give() {
        while (!ended && wanted > 0 && at < bytes.length()) {
            wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
            var end = Math.min(bytes.length(), at + PIECE);
            var piece = bytes.slice(at, end);
            at = end;
            handler.handle(piece);
        }
        if (!ended && wanted > 0) {
            ended = true;
            endHandler.handle(null);
        }
    }
}
