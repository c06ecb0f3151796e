package symbolai.mcp.server.audit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ByteStream;

/** An export as a stream, which reads on as fast as its receiver takes it. Stays on one context. */
final class ExportStream implements ByteStream {
    private static final Logger LOG = LoggerFactory.getLogger(ExportStream.class);

    private final Vertx vertx;
    private final ExportReader reader;
    private Handler<Buffer> onData = data -> {};
    private Handler<Void> onEnd = end -> {};
    private Handler<Throwable> onFailure = failure -> {};
    private long demand;
    private boolean reading;
    private boolean ended;

    ExportStream(Vertx vertx, ExportReader reader) {
        this.vertx = vertx;
        this.reader = reader;
    }

    @Override
    public ByteStream handler(@Nullable Handler<Buffer> handler) {
        onData = handler == null ? data -> {} : handler;
        return this;
    }

    @Override
    public ByteStream endHandler(@Nullable Handler<Void> handler) {
        onEnd = handler == null ? end -> {} : handler;
        return this;
    }

    @Override
    public ByteStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        onFailure = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public ByteStream pause() {
        demand = 0;
        return this;
    }

    @Override
    public ByteStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ByteStream fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        read();
        return this;
    }

    private void read() {
        if (reading || ended || demand == 0) {
            return;
        }
        reading = true;
        vertx.executeBlocking(reader::next, false).onSuccess(this::took).onFailure(this::failed);
    }

    private void took(Buffer piece) {
        reading = false;
        if (ended) {
            release();
        } else if (piece.length() == 0) {
            close();
            onEnd.handle(null);
        } else {
            demand = demand == Long.MAX_VALUE ? demand : Math.max(0, demand - 1);
            onData.handle(piece);
            read();
        }
    }

    private void failed(Throwable failure) {
        reading = false;
        close();
        onFailure.handle(failure);
    }

    @Override
    public void close() {
        boolean first = !ended;
        ended = true;
        if (first && !reading) {
            release();
        }
    }

    private void release() {
        try {
            reader.close();
        } catch (IOException failure) {
            LOG.atDebug().setCause(failure).log("audit segment not closed");
        }
    }
}
