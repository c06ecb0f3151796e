package symbolai.mcp.testkit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Speaks 2026-07-28: each request says all there is to know. */
public final class ModernSession {

    private static final String META = "io.modelcontextprotocol/";
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private final McpClient client;
    private final JsonObject capabilities;

    /** A session without any client capability. */
    public ModernSession(McpClient client) {
        this(client, new JsonObject());
    }

    /** A session with the client capabilities. */
    public ModernSession(McpClient client, JsonObject capabilities) {
        this.client = client;
        this.capabilities = capabilities;
    }

    /** The names of all methods whose requests carry {@code Mcp-Name}. */
    public static Set<String> named() {
        return NAMED.keySet();
    }

    /** Sends a request and waits for the whole answer. */
    public HttpAnswer send(String method, JsonObject params) {
        var message = message(method, params);
        return headers(message).post(message);
    }

    /** Sends a request and does not wait. */
    public Future<HttpAnswer> sendLater(String method, JsonObject params) {
        var message = message(method, params);
        return headers(message).postLater(message);
    }

    /** Sends a request and reads the answer as a stream. */
    public EventStream stream(String method, JsonObject params) {
        var message = message(method, params);
        return headers(message).stream(message);
    }

    /** Calls a tool. */
    public HttpAnswer call(String tool, JsonObject arguments) {
        return send("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    /** A request with its envelope. */
    public JsonObject message(String method, JsonObject params) {
        var meta = params.getJsonObject("_meta", new JsonObject())
                .copy()
                .put(META + "protocolVersion", "2026-07-28")
                .put(META + "clientCapabilities", capabilities)
                .put(
                        META + "clientInfo",
                        new JsonObject().put("name", "testkit").put("version", "1"));
        return client.message(method, params.copy().put("_meta", meta));
    }

    private McpClient headers(JsonObject message) {
        var method = message.getString("method");
        var headed = client.with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", method);
        var name = NAMED.get(method);
        return name == null
                ? headed
                : headed.with("Mcp-Name", message.getJsonObject("params").getString(name, ""));
    }
}
