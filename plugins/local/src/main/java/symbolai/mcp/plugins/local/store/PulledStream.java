package symbolai.mcp.plugins.local.store;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;

/** A stream that asks for the next piece only when its reader wants one. Used on one event-loop context. */
public final class PulledStream implements ByteStream {

    private final Chunks chunks;
    private Handler<Buffer> onBytes = bytes -> {};
    private Handler<Throwable> onFailure = failure -> {};
    private Handler<Void> onEnd = end -> {};
    private Optional<Buffer> waiting = Optional.empty();
    private long demand;
    private boolean asked;
    private boolean ended;

    /** A paused stream of the pieces. */
    public PulledStream(Chunks chunks) {
        this.chunks = chunks;
    }

    @Override
    public PulledStream handler(@Nullable Handler<Buffer> handler) {
        onBytes = handler == null ? bytes -> {} : handler;
        return this;
    }

    @Override
    public PulledStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public PulledStream endHandler(@Nullable Handler<Void> handler) {
        onEnd = handler == null ? end -> {} : handler;
        return this;
    }

    @Override
    public PulledStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public PulledStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public PulledStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        deliver();
        return this;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            waiting = Optional.empty();
            chunks.close();
        }
    }

    private void deliver() {
        if (waiting.isPresent() && demand > 0 && !ended) {
            var piece = waiting.get();
            waiting = Optional.empty();
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            onBytes.handle(piece);
        }
        if (waiting.isEmpty() && demand > 0 && !asked && !ended) {
            asked = true;
            chunks.next().onComplete(this::arrived, this::failed);
        }
    }

    private void arrived(Optional<Buffer> piece) {
        asked = false;
        if (ended) {
            return;
        }
        if (piece.isEmpty()) {
            close();
            onEnd.handle(null);
            return;
        }
        waiting = piece;
        deliver();
    }

    private void failed(Throwable failure) {
        asked = false;
        if (!ended) {
            close();
            onFailure.handle(failure);
        }
    }
}
