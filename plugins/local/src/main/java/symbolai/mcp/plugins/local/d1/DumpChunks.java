package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.plugins.local.store.Chunks;

/** Gives an export part by part, and removes the copy that it was read from. */
final class DumpChunks implements Chunks {

    private final FrozenCopy copy;
    private final Deque<DumpPart> parts;

    DumpChunks(FrozenCopy copy, List<DumpPart> parts) {
        this.copy = copy;
        this.parts = new ArrayDeque<>(parts);
    }

    @Override
    public Future<Optional<Buffer>> next() {
        var part = parts.peek();
        if (part == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return part.next().compose(text -> given(part, text));
    }

    @Override
    public void close() {
        copy.close();
    }

    private Future<Optional<Buffer>> given(DumpPart part, String text) {
        if (!part.hasMore()) {
            parts.remove();
        }
        return text.isEmpty() ? next() : Future.succeededFuture(Optional.of(Buffer.buffer(text)));
    }
}
