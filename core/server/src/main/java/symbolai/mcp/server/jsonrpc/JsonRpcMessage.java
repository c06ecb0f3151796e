package symbolai.mcp.server.jsonrpc;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One message of either side; an id is a String or a Long. */
public sealed interface JsonRpcMessage {

    /** Asks for a response; the params are empty when there were none. */
    record Request(Object id, String method, JsonObject params) implements JsonRpcMessage {}

    /** Asks for nothing. */
    record Notification(String method, JsonObject params) implements JsonRpcMessage {}

    /** Answers a request of the other side with a result or an error, never both; the id is empty text when the error names none. */
    record Response(Object id, Optional<JsonObject> result, Optional<JsonObject> error) implements JsonRpcMessage {}
}
