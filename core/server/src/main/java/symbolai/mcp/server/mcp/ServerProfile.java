package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server says of itself.
 *
 * @param instructions tells a model how to use the server as a whole
 * @param development whether internal errors carry details
 * @param connectUrl where a caller who is not connected begins to; empty while the server does not listen
 */
public record ServerProfile(
        String name,
        String title,
        String version,
        String instructions,
        boolean development,
        Supplier<Optional<String>> connectUrl) {

    /** A server that listens nowhere. */
    public ServerProfile(String name, String title, String version, String instructions, boolean development) {
        this(name, title, version, instructions, development, Optional::empty);
    }

    /** The {@code serverInfo} object. */
    public JsonObject info(ProtocolVersion version) {
        JsonObject info = new JsonObject().put("name", name);
        if (version.atLeast(ProtocolVersion.V2025_06_18)) {
            info.put("title", title);
        }
        return info.put("version", this.version);
    }

    /** The {@code capabilities} object. */
    public JsonObject capabilities(ProtocolVersion version) {
        JsonObject changes = new JsonObject().put("listChanged", true);
        JsonObject capabilities = new JsonObject()
                .put("tools", changes.copy())
                .put("resources", changes.copy().put("subscribe", true))
                .put("prompts", changes.copy())
                .put("logging", new JsonObject());
        if (version.atLeast(ProtocolVersion.V2025_03_26)) {
            capabilities.put("completions", new JsonObject());
        }
        if (version.isStateless()) {
            capabilities.put("extensions", new JsonObject().put(ClientCapabilities.TASKS_EXTENSION, new JsonObject()));
        }
        return capabilities;
    }
}
