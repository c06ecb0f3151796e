package symbolai.mcp.server.mcp.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

/** The requests of one client that are being answered, by their ids. */
final class CallsInFlight {

    private final Map<Object, CallInFlight> calls = new ConcurrentHashMap<>(4);

    /**
     * A new call.
     *
     * @throws JsonRpcException when the id is in use
     */
    CallInFlight begin(Object id) {
        CallInFlight call = new CallInFlight();
        if (calls.putIfAbsent(id, call) != null) {
            throw new JsonRpcException(
                    JsonRpcError.INVALID_REQUEST, "the id " + id + " is that of a request that is not answered yet");
        }
        return call;
    }

    /** Ends a call; false when it was cancelled. */
    boolean end(Object id, CallInFlight call) {
        calls.remove(id, call);
        return call.end();
    }

    /** Cancels a call, if there is one with this id. */
    void cancel(Object id) {
        Optional.ofNullable(calls.get(id)).ifPresent(CallInFlight::cancel);
    }

    /** Cancels all. */
    void cancelAll() {
        List.copyOf(calls.values()).forEach(CallInFlight::cancel);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }
}
