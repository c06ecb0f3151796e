package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.plugins.cloudflare.rest.Octets;

/** Puts a value and what is known of its key together. */
final class KvValue {

    private KvValue() {}

    static JsonObject of(JsonObject entry, Buffer bytes, long all, int maxBytes) {
        var value = Octets.of(bytes, maxBytes).put("bytes", all).put("truncated", all > maxBytes);
        for (var field : new String[] {"expiration", "metadata"}) {
            if (entry.containsKey(field)) {
                value.put(field, entry.getValue(field));
            }
        }
        return value;
    }
}
