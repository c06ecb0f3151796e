package symbolai.mcp.testkit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Speaks Streamable HTTP with sessions, 2025-03-26 to 2025-11-25. */
public final class LegacySession {

    private final McpClient client;
    private final JsonObject initialized;

    private LegacySession(McpClient client, JsonObject initialized) {
        this.client = client;
        this.initialized = initialized;
    }

    /** Shakes hands and says that it is ready. */
    public static LegacySession open(McpClient client, String version, JsonObject capabilities) {
        var answer = client.post(client.message(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", version)
                        .put("capabilities", capabilities)
                        .put(
                                "clientInfo",
                                new JsonObject().put("name", "testkit").put("version", "1"))));
        var id = answer.header("Mcp-Session-Id");
        if (answer.status() != 200 || id.isEmpty()) {
            throw new AssertionError("no session: " + answer.status() + " " + answer.body());
        }
        var session = resume(client, id, answer.result().getString("protocolVersion"), answer.result());
        session.notify("notifications/initialized", new JsonObject());
        return session;
    }

    /** A session without client capabilities. */
    public static LegacySession open(McpClient client, String version) {
        return open(client, version, new JsonObject());
    }

    /** Goes on with a session, perhaps at another server. */
    public LegacySession at(McpClient other) {
        return resume(other, id(), initialized.getString("protocolVersion"), initialized);
    }

    private static LegacySession resume(McpClient client, String id, String version, JsonObject initialized) {
        return new LegacySession(client.with("Mcp-Session-Id", id).with("MCP-Protocol-Version", version), initialized);
    }

    /** What the server answered to initialize. */
    public JsonObject initialized() {
        return initialized;
    }

    /** The session's id. */
    public String id() {
        return client.header("Mcp-Session-Id");
    }

    /** The client with the session's headers. */
    public McpClient client() {
        return client;
    }

    /** Sends a request and waits for the whole answer. */
    public HttpAnswer send(String method, JsonObject params) {
        return client.post(client.message(method, params));
    }

    /** Sends a request and does not wait. */
    public Future<HttpAnswer> sendLater(String method, JsonObject params) {
        return client.postLater(client.message(method, params));
    }

    /** Sends a request and reads the answer as a stream. */
    public EventStream stream(String method, JsonObject params) {
        return client.stream(client.message(method, params));
    }

    /** Calls a tool. */
    public HttpAnswer call(String tool, JsonObject arguments) {
        return send("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    /** Sends a notification. */
    public HttpAnswer notify(String method, JsonObject params) {
        return client.post(
                new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params));
    }

    /** Answers a request of the server. */
    public HttpAnswer answer(Object id, JsonObject result) {
        return client.post(new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result));
    }

    /** Opens the session's own stream. */
    public EventStream open() {
        return client.open();
    }
}
