package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.mcp.RequestHead;

/** A client whose HTTP requests reach the front without HTTP. */
final class FakeClient {

    private final McpHouse house;
    private final Caller caller;
    private final Map<String, String> headers = new HashMap<>();
    private final JsonRpcCodec codec = new JsonRpcCodec();
    private Optional<String> stream = Optional.empty();
    private int lastId = 100;

    FakeClient(McpHouse house, Caller caller) {
        this.house = house;
        this.caller = caller;
        with("Accept", "application/json, text/event-stream");
    }

    /** A client of Ada's that has shaken hands. */
    static FakeClient begun(McpHouse house, String version, String capabilities) {
        var client = new FakeClient(house, McpHouse.caller("ada"));
        client.begin(version, capabilities);
        client.wake();
        return client;
    }

    FakeClient with(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    FakeClient without(String name) {
        headers.remove(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** The same session in other hands. */
    FakeClient as(Caller other) {
        var client = new FakeClient(house, other);
        client.headers.putAll(headers);
        return client;
    }

    FakeReply begin(String version, String capabilities) {
        var reply = post("""
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":%s,
                "clientInfo":{"name":"fake","version":"1"}}}""".formatted(version, capabilities));
        reply.status();
        Optional.ofNullable(reply.headers.get("Mcp-Session-Id")).ifPresent(id -> with("Mcp-Session-Id", id));
        return reply;
    }

    /** Brings the session into memory, so that what follows happens at once. */
    void wake() {
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").status();
    }

    /** Messages go to this 2024-11-05 stream from now on. */
    void sendTo(String sessionId) {
        stream = Optional.of(sessionId);
    }

    FakeReply post(String body) {
        var reply = new FakeReply();
        house.legacy.post(head(), codec.decode(Buffer.buffer(body)), reply);
        return reply;
    }

    FakeReply send(String method, JsonObject params) {
        return post(request(++lastId, method, params).encode());
    }

    FakeReply call(String tool) {
        return call(++lastId, tool);
    }

    FakeReply call(Object id, String tool) {
        return post(request(id, "tools/call", new JsonObject().put("name", tool).put("arguments", new JsonObject()))
                .encode());
    }

    FakeReply answer(Object id, String result) {
        return post(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("result", new JsonObject(result))
                .encode());
    }

    FakeReply cancel(Object id) {
        return post(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/cancelled")
                .put("params", new JsonObject().put("requestId", id))
                .encode());
    }

    FakeReply get() {
        var reply = new FakeReply();
        house.legacy.get(head(), reply);
        return reply;
    }

    FakeReply resume(String lastEventId) {
        with("Last-Event-ID", lastEventId);
        var reply = get();
        without("Last-Event-ID");
        return reply;
    }

    FakeReply delete() {
        var reply = new FakeReply();
        house.legacy.delete(head(), reply);
        return reply;
    }

    static JsonObject request(Object id, String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params);
    }

    private RequestHead head() {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new RequestHead("/proxy/api/mcp/sse", all, stream, caller);
    }
}
