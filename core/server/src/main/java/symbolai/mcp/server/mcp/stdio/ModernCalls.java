package symbolai.mcp.server.mcp.stdio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.ModernFront;
import symbolai.mcp.server.mcp.RequestChecks;

/** The requests since 2026-07-28 that one client waits for. Safe for any thread. */
final class ModernCalls {

    private static final String LISTEN = "subscriptions/listen";

    private final ModernFront front;
    private final Caller caller;
    private final LineOutlet outlet;
    private final JsonRpcCodec codec;
    private final Runnable ended;
    private final Map<Object, LineChannel> calls = new ConcurrentHashMap<>();

    /**
     * No requests.
     *
     * @param ended is told of each request that is answered or cancelled
     */
    ModernCalls(ModernFront front, Caller caller, LineOutlet outlet, JsonRpcCodec codec, Runnable ended) {
        this.front = front;
        this.caller = caller;
        this.outlet = outlet;
        this.codec = codec;
        this.ended = ended;
    }

    /** Answers a request, now or later. */
    void handle(JsonRpcMessage.Request request) {
        LineChannel channel =
                new LineChannel(outlet, codec, request.method().equals(LISTEN), () -> forget(request.id()));
        if (calls.putIfAbsent(request.id(), channel) != null) {
            outlet.send(codec.error(new JsonRpcException(
                            JsonRpcError.INVALID_REQUEST,
                            "the id " + request.id() + " is that of a request that is not answered yet")
                    .withId(request.id())));
            return;
        }
        front.handle(request, caller, "stdio", RequestChecks.NONE, channel);
    }

    /** Cancels a request, if there is one with this id. */
    void cancel(Object id) {
        Optional.ofNullable(calls.get(id)).ifPresent(LineChannel::cancel);
    }

    /** Cancels those that go on until somebody ends them. */
    void cancelListening() {
        calls.values().stream().filter(LineChannel::listens).toList().forEach(LineChannel::cancel);
    }

    /** Cancels all. */
    void cancelAll() {
        List.copyOf(calls.values()).forEach(LineChannel::cancel);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    private void forget(Object id) {
        calls.remove(id);
        ended.run();
    }
}
