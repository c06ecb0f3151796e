package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import symbolai.mcp.server.crypto.SecretShapes;

/**
 * One thing that happened.
 *
 * @param at when
 * @param event what, such as {@code call.intent}
 * @param fields the rest, written after the sequence number, the time and the event in this order; what looks like a secret is masked. Who did it is
 *     {@code caller}
 * @param details what is written only sealed with the caller's key, and only when the server is told to
 */
public record AuditRecord(Instant at, String event, JsonObject fields, JsonObject details) {
    public AuditRecord {
        fields = fields.copy();
    }

    /** A record without details. */
    public AuditRecord(Instant at, String event, JsonObject fields) {
        this(at, event, fields, new JsonObject());
    }

    /** The record as JSON without its sequence number and without the opening brace, in plain ASCII. */
    String text() {
        var json = new JsonObject().put("at", at.toString()).put("event", event);
        fields.forEach(field -> json.put(field.getKey(), field.getValue()));
        return SecretShapes.masked(AsciiJson.encode(json)).substring(1);
    }
}
