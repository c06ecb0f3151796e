package symbolai.mcp.plugins.cloudflare;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/**
 * The section {@code plugins.config.cloudflare}.
 *
 * @param api the REST API of version 4
 * @param mcp the section of the remote MCP servers
 * @param wrangler the section of {@code wrangler dev}
 */
record CloudflareConfig(Origin api, JsonObject mcp, JsonObject wrangler) {

    private static final String PREFIX = "plugins.config.cloudflare.";
    private static final String API_URL = "https://api.cloudflare.com/client/v4";
    private static final Set<String> KEYS = Set.of("apiUrl", "mcp", "wrangler");

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    static CloudflareConfig read(JsonObject config) {
        var unknown = new TreeSet<>(config.fieldNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + PREFIX + unknown.first() + "; there are " + new TreeSet<>(KEYS));
        }
        return new CloudflareConfig(api(config), section(config, "mcp"), section(config, "wrangler"));
    }

    /** A token goes there, so it is TLS or this machine. */
    private static Origin api(JsonObject config) {
        var url = config.getValue("apiUrl", API_URL);
        if (!(url instanceof String text)) {
            throw new IllegalArgumentException(PREFIX + "apiUrl must be a text");
        }
        var api = Origin.of("Cloudflare", text);
        if (!api.secure() && !api.isLoopback()) {
            throw new IllegalArgumentException(PREFIX + "apiUrl must begin with https://");
        }
        return api;
    }

    private static JsonObject section(JsonObject config, String key) {
        var value = config.getValue(key, new JsonObject());
        if (value instanceof JsonObject section) {
            return section;
        }
        throw new IllegalArgumentException(PREFIX + key + " must be a section");
    }
}
