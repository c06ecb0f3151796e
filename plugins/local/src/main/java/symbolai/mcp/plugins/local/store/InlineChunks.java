package symbolai.mcp.plugins.local.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Gives bytes that are in memory, in one piece. */
final class InlineChunks implements Chunks {

    private Optional<Buffer> rest;

    InlineChunks(Buffer bytes) {
        this.rest = bytes.length() == 0 ? Optional.empty() : Optional.of(bytes);
    }

    @Override
    public Future<Optional<Buffer>> next() {
        var piece = rest;
        rest = Optional.empty();
        return Future.succeededFuture(piece);
    }

    @Override
    public void close() {
        rest = Optional.empty();
    }
}
