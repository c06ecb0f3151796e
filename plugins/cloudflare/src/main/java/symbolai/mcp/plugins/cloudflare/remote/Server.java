package symbolai.mcp.plugins.cloudflare.remote;

import java.util.Locale;

/** The MCP servers of Cloudflare that this backend knows. */
enum Server {
    BINDINGS,
    BUILDS,
    OBSERVABILITY;

    /** The word in its host name and in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it; begins sentences. */
    String title() {
        return "Cloudflare's " + word() + " server";
    }
}
