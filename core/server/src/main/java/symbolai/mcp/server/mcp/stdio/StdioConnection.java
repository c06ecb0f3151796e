package symbolai.mcp.server.mcp.stdio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.Envelope;
import symbolai.mcp.server.mcp.ModernFront;
import symbolai.mcp.server.mcp.legacy.LegacyFront;
import symbolai.mcp.server.mcp.legacy.Peer;

/** One client on lines, from its first to its last. */
final class StdioConnection {

    static final int MAX_LINE = 1024 * 1024;

    /** How long answers may take when the client has said its last. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final LegacyFront legacy;
    private final LineOutlet outlet;
    private final Caller caller;
    private final Peer peer;
    private final ModernCalls modern;
    private final JsonRpcCodec codec = new JsonRpcCodec();
    private final AtomicInteger legacyInputs = new AtomicInteger();
    private final Promise<Void> over = Promise.promise();
    private volatile boolean hasEnded;

    StdioConnection(Vertx vertx, ModernFront modern, LegacyFront legacy, LineOutlet outlet, Caller caller) {
        this.vertx = vertx;
        this.legacy = legacy;
        this.caller = caller;
        this.outlet = outlet;
        this.peer = legacy.connect("stdio", outlet);
        this.modern = new ModernCalls(modern, caller, outlet, codec, this::settle);
    }

    Future<Void> serve(ReadStream<Buffer> in) {
        LineSplitter splitter = new LineSplitter(MAX_LINE, this::line, this::tooLong);
        outlet.onBroken(this::abandon);
        in.exceptionHandler(broken -> abandon());
        in.endHandler(end -> {
            splitter.end();
            hangUp();
        });
        in.handler(splitter::take);
        return over.future().onComplete(ended -> legacy.disconnect(peer));
    }

    private void line(Buffer line) {
        if (line.toString().isBlank()) {
            return;
        }
        try {
            take(codec.decode(line));
        } catch (JsonRpcException problem) {
            outlet.send(codec.error(problem));
        }
    }

    private void tooLong() {
        outlet.send(codec.error(new JsonRpcException(
                JsonRpcError.PARSE_ERROR, "a message is a line of at most " + MAX_LINE + " bytes")));
    }

    private void take(JsonRpcInput input) {
        if (input instanceof JsonRpcInput.Single single) {
            take(input, single.message());
            return;
        }
        takeLegacy(input);
    }

    private void take(JsonRpcInput input, JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request request && Envelope.isClaimedBy(request.params())) {
            modern.handle(request);
            return;
        }
        if (message instanceof JsonRpcMessage.Notification notification) {
            cancelled(notification.method(), notification.params());
        }
        takeLegacy(input);
    }

    private void takeLegacy(JsonRpcInput input) {
        legacyInputs.incrementAndGet();
        peer.take(input, caller).onComplete(answered -> {
            legacyInputs.decrementAndGet();
            settle();
        });
    }

    private void cancelled(String method, JsonObject params) {
        Object id = params.getValue("requestId");
        if (method.equals("notifications/cancelled") && id != null) {
            modern.cancel(id instanceof Integer number ? Long.valueOf(number) : id);
        }
    }

    /** The client has said its last; what it asked is still answered, if that is soon. */
    private void hangUp() {
        hasEnded = true;
        modern.cancelListening();
        long timer = vertx.setTimer(GRACE.toMillis(), late -> abandon());
        over.future().onComplete(ended -> vertx.cancelTimer(timer));
        settle();
    }

    /** Nobody is there any more. */
    private void abandon() {
        hasEnded = true;
        modern.cancelAll();
        over.tryComplete();
    }

    private void settle() {
        if (hasEnded && legacyInputs.get() == 0 && modern.isEmpty()) {
            over.tryComplete();
        }
    }
}
