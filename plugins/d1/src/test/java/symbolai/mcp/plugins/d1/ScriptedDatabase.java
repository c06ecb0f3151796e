package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** An account of one database that answers as it was told, such as one that takes its time. */
final class ScriptedDatabase implements Connection {

    static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
    static final String NAME = "shop";

    private final Deque<Future<Reply>> replies = new ArrayDeque<>();

    void will(JsonObject answer) {
        replies.add(Future.succeededFuture(new Reply(answer)));
    }

    void will(JsonObject answer, ByteStream body) {
        replies.add(Future.succeededFuture(new Reply(answer, Optional.of(body))));
    }

    void willFail(ToolException.Reason reason) {
        replies.add(Future.failedFuture(new ToolException(reason, "scripted to fail")));
    }

    @Override
    public Set<String> operations() {
        return Set.of();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        var database = new JsonObject().put("uuid", ID).put("name", NAME).put("fileSize", 4096);
        return switch (operation.name()) {
            case "d1.get" -> Future.succeededFuture(new Reply(database));
            case "d1.list" ->
                Future.succeededFuture(new Reply(new JsonObject().put("databases", JsonArray.of(database))));
            default -> replies.remove();
        };
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    /** A text in pieces, each given at once when it is asked for. */
    static final class Pieces implements ByteStream {

        private final Deque<Buffer> pieces = new ArrayDeque<>();
        private Handler<Buffer> handler = piece -> {};
        private Handler<Void> endHandler = end -> {};
        private boolean closed;

        static Pieces of(String... texts) {
            var stream = new Pieces();
            for (var text : texts) {
                stream.pieces.add(Buffer.buffer(text));
            }
            return stream;
        }

        boolean closed() {
            return closed;
        }

        int left() {
            return pieces.size();
        }

        @Override
        public Pieces exceptionHandler(@Nullable Handler<Throwable> failed) {
            return this;
        }

        @Override
        public Pieces handler(@Nullable Handler<Buffer> given) {
            handler = given == null ? piece -> {} : given;
            return this;
        }

        @Override
        public Pieces endHandler(@Nullable Handler<Void> given) {
            endHandler = given == null ? end -> {} : given;
            return this;
        }

        @Override
        public Pieces pause() {
            return this;
        }

        @Override
        public Pieces resume() {
            while (!closed && !pieces.isEmpty()) {
                handler.handle(pieces.remove());
            }
            if (!closed) {
                closed = true;
                endHandler.handle(null);
            }
            return this;
        }

        @Override
        public Pieces fetch(long amount) {
            return resume();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
