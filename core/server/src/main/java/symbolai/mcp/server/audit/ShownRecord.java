package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Lines of the log as a reader is shown them: what was changed since it was written is never passed off as a record. Used by one thread at a time. */
final class ShownRecord {
    private static final String DAMAGED = "damaged";

    private final LinkHash links = new LinkHash();

    /** The record of a line; one that its hash does not confirm says {@code "damaged": true}, and of what is no record at all there is the text. */
    JsonObject of(String text) {
        return ChainLine.parse(text)
                .map(this::of)
                .orElseGet(() -> new JsonObject().put("text", text).put(DAMAGED, true));
    }

    /** The same of a line that has the form of a record. */
    JsonObject of(ChainLine line) {
        return genuine(line)
                .orElseGet(() -> line.json()
                        .orElseGet(() ->
                                new JsonObject().put("seq", line.sequence()).put("text", line.text()))
                        .put(DAMAGED, true));
    }

    /** A record that is not where it was written. */
    static JsonObject missing(long sequence) {
        return new JsonObject().put("seq", sequence).put(DAMAGED, true);
    }

    /** Whether a record is shown as it was written. */
    static boolean isGenuine(JsonObject shown) {
        return !shown.containsKey(DAMAGED);
    }

    private Optional<JsonObject> genuine(ChainLine line) {
        return line.computed(links).equals(line.hash()) ? line.json() : Optional.empty();
    }
}
