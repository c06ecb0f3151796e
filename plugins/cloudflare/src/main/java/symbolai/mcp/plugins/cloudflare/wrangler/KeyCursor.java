package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Cursors in lists of keys: the last key that was given, written as Local Explorer writes it. */
final class KeyCursor {

    private KeyCursor() {}

    /** The key that the page comes after; empty for the first page. */
    static String read(String cursor) {
        try {
            return new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new ToolException(Reason.INVALID, "the cursor is not one that was given here");
        }
    }

    static String write(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** A page of entries, of which there is one more than the limit where there are more. */
    static JsonObject page(String name, List<JsonObject> found, String key, int limit) {
        var kept = found.subList(0, Math.min(limit, found.size()));
        var page = new JsonObject().put(name, new JsonArray(kept));
        return found.size() > limit
                ? page.put("cursor", write(kept.get(limit - 1).getString(key)))
                : page;
    }
}
