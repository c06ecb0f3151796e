package symbolai.mcp.server.mcp.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.tools.CancelSignal;

/** The requests of one client that are being answered, by their ids. */
final class CallsInFlight {

    private final Map<Object, CancelSignal> calls = new ConcurrentHashMap<>(4);

    /**
     * A new call.
     *
     * @throws JsonRpcException when the id is in use
     */
    CancelSignal begin(Object id) {
        CancelSignal call = new CancelSignal();
        if (calls.putIfAbsent(id, call) != null) {
            throw new JsonRpcException(
                    JsonRpcError.INVALID_REQUEST, "the id " + id + " is that of a request that is not answered yet");
        }
        return call;
    }

    /** Ends a call; false when it was cancelled. */
    boolean end(Object id, CancelSignal call) {
        calls.remove(id, call);
        call.end();
        return !call.isCancelled();
    }

    /** Cancels a call, if there is one with this id. */
    void cancel(Object id) {
        Optional.ofNullable(calls.get(id)).ifPresent(CancelSignal::cancel);
    }

    /** Cancels all. */
    void cancelAll() {
        List.copyOf(calls.values()).forEach(CancelSignal::cancel);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }
}
