package symbolai.mcp.plugins.r2;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** How much a model is given to read at once. */
final class ReplyCap {

    /** The most bytes of a result as JSON. */
    static final int BYTES = 256 * 1024;

    private ReplyCap() {}

    static boolean holds(JsonObject json) {
        return json.encode().getBytes(StandardCharsets.UTF_8).length <= BYTES;
    }
}
