package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What an operation gave.
 *
 * @param json as the operation's schema says; the receiver owns it
 * @param body the bytes of an operation that gives bytes; the receiver reads them to their end or closes them
 */
public record Reply(JsonObject json, Optional<ByteStream> body) {

    /** A reply without bytes. */
    public Reply(JsonObject json) {
        this(json, Optional.empty());
    }
}
