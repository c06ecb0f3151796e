package symbolai.mcp.server.mcp.stdio;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Both ends of a pair of pipes, without pipes. */
final class FakeLines implements ReadStream<Buffer>, WriteStream<Buffer> {

    private final StringBuffer written = new StringBuffer();
    private Handler<Buffer> reader = bytes -> {};
    private Handler<Void> end = nothing -> {};
    private Handler<Throwable> broken = nothing -> {};
    private Handler<Void> drained = nothing -> {};
    volatile boolean isFull;
    volatile boolean isPaused;

    /** The client writes a line. */
    void line(String line) {
        bytes(Buffer.buffer(line + "\n"));
    }

    void bytes(Buffer bytes) {
        reader.handle(bytes);
    }

    /** The client closes its side. */
    void hangUp() {
        end.handle(null);
    }

    /** The client reads no more. */
    void breakOff() {
        broken.handle(new IllegalStateException("broken pipe"));
    }

    void drain() {
        isFull = false;
        drained.handle(null);
    }

    List<String> lines() {
        return written.toString().lines().toList();
    }

    /** The lines that are messages. */
    Stream<JsonObject> messages() {
        return lines().stream().filter(line -> line.startsWith("{")).map(JsonObject::new);
    }

    /** The first message that is like this, when it has come. */
    JsonObject message(Predicate<JsonObject> like) {
        await().until(() -> messages().anyMatch(like));
        return messages().filter(like).findFirst().orElseThrow();
    }

    /** The response to a request. */
    JsonObject response(Object id) {
        return message(message -> id.equals(message.getValue("id")) && !message.containsKey("method"));
    }

    @Override
    public FakeLines exceptionHandler(Handler<Throwable> handler) {
        broken = handler;
        return this;
    }

    @Override
    public FakeLines handler(Handler<Buffer> handler) {
        reader = handler;
        return this;
    }

    @Override
    public FakeLines pause() {
        isPaused = true;
        return this;
    }

    @Override
    public FakeLines resume() {
        isPaused = false;
        return this;
    }

    @Override
    public FakeLines fetch(long amount) {
        return this;
    }

    @Override
    public FakeLines endHandler(Handler<Void> handler) {
        end = handler;
        return this;
    }

    @Override
    public Future<Void> write(Buffer data) {
        written.append(data.toString(StandardCharsets.UTF_8));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        throw new AssertionError("the other side is left open");
    }

    @Override
    public FakeLines setWriteQueueMaxSize(int size) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return isFull;
    }

    @Override
    public FakeLines drainHandler(Handler<Void> handler) {
        drained = handler;
        return this;
    }
}
