package symbolai.mcp.server.mcp.legacy;

import java.util.Map;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

/** An HTTP request that reaches no method, with the status that tells the client what to do now. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final JsonRpcError error;
    private final transient Map<String, String> headers;

    private Refusal(int status, JsonRpcError error, String message) {
        this(status, error, message, Map.of());
    }

    private Refusal(int status, JsonRpcError error, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.headers = headers;
    }

    /** The request is wrong. */
    static Refusal badRequest(String message) {
        return new Refusal(400, JsonRpcError.REFUSED, message);
    }

    /** The message is wrong. */
    static Refusal invalid(String message) {
        return new Refusal(400, JsonRpcError.INVALID_REQUEST, message);
    }

    /** There is no such session, so the client must begin anew. */
    static Refusal noSession() {
        return new Refusal(404, JsonRpcError.REFUSED, "there is no such session; begin a new one with initialize");
    }

    /** There is no stream for a GET. */
    static Refusal noStream(String message) {
        return new Refusal(405, JsonRpcError.REFUSED, message, Map.of("Allow", "GET, POST, DELETE"));
    }

    /** The caller has too many connections. */
    static Refusal tooMany(String message) {
        return new Refusal(429, JsonRpcError.REFUSED, message);
    }

    /** The caller shows one session id after the other that is not one of the caller's. */
    static Refusal wrongIds(long seconds) {
        return new Refusal(
                429,
                JsonRpcError.REFUSED,
                "too many session ids that do not exist; begin a new session with initialize",
                Map.of("Retry-After", String.valueOf(seconds)));
    }

    /** The server has no room. */
    static Refusal full() {
        return new Refusal(503, JsonRpcError.REFUSED, "the server has too many sessions now; try again later");
    }

    int status() {
        return status;
    }

    /** What the answer's head says of it. */
    Map<String, String> headers() {
        return headers;
    }

    JsonRpcException problem() {
        return new JsonRpcException(error, String.valueOf(getMessage()));
    }
}
