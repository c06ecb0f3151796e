package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;

/** One event of a stream; what it does not have is the empty text. */
public record SseEvent(String name, String id, String retry, String comment, String data) {

    /** The data as a message. */
    public JsonObject json() {
        return new JsonObject(data);
    }

    boolean isEmpty() {
        return id.isEmpty() && retry.isEmpty() && comment.isEmpty() && data.isEmpty();
    }
}
