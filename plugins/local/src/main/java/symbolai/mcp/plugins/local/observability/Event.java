package symbolai.mcp.plugins.local.observability;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened.
 *
 * @param document all fields by the names that Cloudflare gives them
 */
public record Event(Instant at, JsonObject document) {

    private static final int LONGEST_MESSAGE = 4000;

    public Event {
        document = document.copy();
    }

    /** What a Worker, or a build of it, said. */
    public static Event said(Instant at, String worker, String level, String message, String type) {
        var metadata = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("service", worker)
                .put("level", level)
                .put("type", type)
                .put("message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        return new Event(at, new JsonObject().put("$metadata", metadata));
    }

    /** The same with how it ended. */
    public Event ended(String outcome, double durationMs) {
        var workers = new JsonObject().put("outcome", outcome).put("wallTimeMs", durationMs);
        return new Event(at, document.copy().put("$workers", workers));
    }

    /** The same as a part of one request. */
    public Event ofRequest(String requestId, JsonObject source) {
        var changed = document.copy().put("source", source);
        changed.getJsonObject("$metadata").put("requestId", requestId);
        return new Event(at, changed);
    }
}
