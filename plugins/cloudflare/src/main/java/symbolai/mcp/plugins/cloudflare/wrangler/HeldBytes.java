package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;

/** A stream of bytes that are all there, given in pieces. */
final class HeldBytes implements ByteStream {

    private static final int PIECE = 64 << 10;

    private final Buffer bytes;
    private Optional<Handler<Buffer>> onBytes = Optional.empty();
    private Optional<Handler<Void>> onEnd = Optional.empty();
    private long demand;
    private int at;
    private boolean giving;
    private boolean ended;

    HeldBytes(Buffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public HeldBytes exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public HeldBytes handler(@Nullable Handler<Buffer> handler) {
        onBytes = Optional.ofNullable(handler);
        return this;
    }

    @Override
    public HeldBytes endHandler(@Nullable Handler<Void> handler) {
        onEnd = Optional.ofNullable(handler);
        return this;
    }

    @Override
    public HeldBytes pause() {
        demand = 0;
        return this;
    }

    @Override
    public HeldBytes resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HeldBytes fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
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

    /** A handler may pause, fetch or close while it takes a piece. */
    private void give() {
        while (!ended && demand > 0 && at < bytes.length()) {
            var end = Math.min(bytes.length(), at + PIECE);
            var piece = bytes.slice(at, end);
            at = end;
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            onBytes.ifPresent(handler -> handler.handle(piece));
        }
        if (!ended && at == bytes.length() && demand > 0) {
            ended = true;
            onEnd.ifPresent(handler -> handler.handle(null));
        }
    }
}
