package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Finishes result objects: since 2026-07-28 they say their type, their server and how long they hold. */
final class Results {

    static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

    private final ServerProfile server;

    Results(ServerProfile server) {
        this.server = server;
    }

    /** A result. */
    McpResult complete(JsonObject result, ProtocolVersion version) {
        return new McpResult.Complete(typed("complete", result, version).toBuffer());
    }

    /** A result that may be kept for a while, by nobody but the caller, because lists depend on who asks. */
    McpResult cacheable(JsonObject result, Duration hold, ProtocolVersion version) {
        if (version.isStateless()) {
            result.put("ttlMs", hold.toMillis()).put("cacheScope", "private");
        }
        return complete(result, version);
    }

    /** A result of another type than {@code complete}. */
    JsonObject typed(String type, JsonObject result, ProtocolVersion version) {
        if (!version.isStateless()) {
            return result;
        }
        var meta = result.getJsonObject("_meta", new JsonObject()).copy().put(SERVER_INFO, server.info(version));
        return result.put("resultType", type).put("_meta", meta);
    }
}
