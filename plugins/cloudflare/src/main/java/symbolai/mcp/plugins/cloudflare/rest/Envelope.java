package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/**
 * The answer that Cloudflare wraps around every result.
 *
 * @param result what was asked for; empty stands for null
 * @param info what it says of pages
 */
record Envelope(Optional<Object> result, Fields info) {

    /** For an answer without any content. */
    static final Envelope EMPTY = new Envelope(Optional.empty(), Fields.of(new JsonObject()));

    static Envelope of(Fields answer) {
        return new Envelope(answer.value("result"), answer.object("result_info").orElse(EMPTY.info));
    }

    Fields object() {
        return Fields.of(result.orElseThrow(() -> new Malformed("it has no result")));
    }

    JsonArray array() {
        if (result.isPresent() && result.get() instanceof JsonArray array) {
            return array;
        }
        throw new Malformed("its result is no list");
    }
}
