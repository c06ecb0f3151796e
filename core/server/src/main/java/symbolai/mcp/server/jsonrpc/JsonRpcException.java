package symbolai.mcp.server.jsonrpc;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The client spoke wrongly, or cannot be served; becomes an error response. */
public final class JsonRpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final JsonRpcError error;
    private final transient Optional<JsonObject> data;
    private final transient Optional<Object> id;

    /** An error without data, of a request whose id is not known here. */
    public JsonRpcException(JsonRpcError error, String message) {
        this(error, message, Optional.empty(), Optional.empty());
    }

    /** An error with data, of a request whose id is not known here. */
    public JsonRpcException(JsonRpcError error, String message, JsonObject data) {
        this(error, message, Optional.of(data), Optional.empty());
    }

    /** An error with all that is known. */
    public JsonRpcException(JsonRpcError error, String message, Optional<JsonObject> data, Optional<Object> id) {
        super(message, null, false, false);
        this.error = error;
        this.data = data;
        this.id = id;
    }

    /** The same error as the answer to the request with the id. */
    public JsonRpcException withId(Object requestId) {
        return new JsonRpcException(error, text(), data, Optional.of(requestId));
    }

    /** Which error. */
    public JsonRpcError error() {
        return error;
    }

    /** What was wrong, for people. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** More, for programs. */
    public Optional<JsonObject> data() {
        return data;
    }

    /** The id of the request that this answers, where it could be found. */
    public Optional<Object> id() {
        return id;
    }
}
