package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import symbolai.mcp.testkit.Answers;

/** Speaks as Cloudflare's MCP servers do, or as older servers would; what its tools give is set by the test. */
final class StubServers implements AutoCloseable {

    static final String TOKEN = "cfut_good_token_of_the_stub";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    /** Which protocol is spoken. */
    enum Speech {
        /** As Cloudflare's: the newest one as JSON, the older one without a handshake as events. */
        BOTH,
        /** The older one alone, without a handshake. */
        PLAIN,
        /** The older one alone, with a handshake and sessions. */
        SESSIONS
    }

    /** One request as it came. */
    record Seen(String server, Map<String, String> headers, JsonObject message) {

        String method() {
            return message.getString("method");
        }

        JsonObject arguments() {
            return message.getJsonObject("params").getJsonObject("arguments");
        }
    }

    /** A whole answer that stands in for what would be said. */
    record Canned(int status, Map<String, String> headers, String body) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<String, Function<JsonObject, JsonObject>> tools = new ConcurrentHashMap<>();
    final Map<String, JsonObject> schemas = new ConcurrentHashMap<>();
    volatile Speech speech = Speech.BOTH;
    volatile Optional<Canned> canned = Optional.empty();

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);
    private volatile String session = "session-1";

    StubServers() {
        StubSchemas.all().forEach(schemas::put);
        Answers.await(server.listen(0, "127.0.0.1"));
    }

    /** The section of the configuration that leads here. */
    JsonObject section() {
        var section = new JsonObject();
        Stream.of(Server.values())
                .forEach(each -> section.put(
                        each.word() + "Url", "http://127.0.0.1:" + server.actualPort() + "/" + each.word() + "/mcp"));
        return section;
    }

    /** What a tool answers, whatever it is asked. */
    void answers(String tool, String... texts) {
        tools.put(tool, arguments -> texts(texts));
    }

    /** How a tool fails. */
    void fails(String tool, String text) {
        tools.put(tool, arguments -> texts(text).put("isError", true));
    }

    /** Ends all sessions. */
    void forgetSessions() {
        session = session + "x";
    }

    List<Seen> calls() {
        return seen.stream().filter(each -> each.method().equals("tools/call")).toList();
    }

    static JsonObject texts(String... texts) {
        var content = new JsonArray();
        Stream.of(texts)
                .map(text -> new JsonObject().put("type", "text").put("text", text))
                .forEach(content::add);
        return new JsonObject().put("content", content);
    }

    @Override
    public void close() {
        Answers.await(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var message = body.toJsonObject();
        var headers = new ConcurrentHashMap<String, String>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        seen.add(new Seen(request.path().split("/")[1], headers, message));
        if (canned.isPresent()) {
            canned.get().headers().forEach(request.response()::putHeader);
            request.response()
                    .setStatusCode(canned.get().status())
                    .end(canned.get().body());
            return;
        }
        var authorization = headers.getOrDefault("authorization", "");
        if (!authorization.equals("Bearer " + TOKEN)) {
            end(request, authorization.isEmpty() ? 401 : 403, new JsonObject().put("error", "insufficient_scope"));
            return;
        }
        speak(request, message, headers);
    }

    private void speak(HttpServerRequest request, JsonObject message, Map<String, String> headers) {
        var meta = message.getJsonObject("params", new JsonObject()).getJsonObject("_meta", new JsonObject());
        var version = meta.getString("io.modelcontextprotocol/protocolVersion", "");
        if (version.equals("2026-07-28") && speech == Speech.BOTH) {
            modern(request, message, headers);
        } else if (!version.isEmpty() || "2026-07-28".equals(headers.get("mcp-protocol-version"))) {
            end(request, 400, error(message, -32000, "Bad Request: Unsupported protocol version"));
        } else if (speech == Speech.SESSIONS) {
            withSession(request, message, headers);
        } else {
            events(request, result(message));
        }
    }

    private void modern(HttpServerRequest request, JsonObject message, Map<String, String> headers) {
        var name = message.getJsonObject("params").getString("name");
        var right = "2026-07-28".equals(headers.get("mcp-protocol-version"))
                && message.getString("method").equals(headers.get("mcp-method"))
                && (name == null || name.equals(headers.get("mcp-name")));
        if (!right) {
            end(request, 400, error(message, -32020, "Header mismatch"));
            return;
        }
        var answer = result(message);
        if (answer.containsKey("result")) {
            answer.getJsonObject("result").put("resultType", "complete");
        }
        end(request, 200, answer);
    }

    private void withSession(HttpServerRequest request, JsonObject message, Map<String, String> headers) {
        if (message.getString("method").equals("initialize")) {
            request.response().putHeader("mcp-session-id", session);
            var result = new JsonObject().put("protocolVersion", "2025-06-18").put("capabilities", new JsonObject());
            end(request, 200, envelope(message).put("result", result));
        } else if (!headers.containsKey("mcp-session-id")) {
            end(request, 400, error(message, -32000, "Bad Request: Server not initialized"));
        } else if (!headers.get("mcp-session-id").equals(session)) {
            end(request, 404, error(message, -32001, "Session not found"));
        } else if (message.getString("method").startsWith("notifications/")) {
            request.response().setStatusCode(202).end();
        } else {
            events(request, result(message));
        }
    }

    private JsonObject result(JsonObject message) {
        var params = message.getJsonObject("params");
        return switch (message.getString("method")) {
            case "tools/list" -> envelope(message).put("result", list(params.getString("cursor", "")));
            case "tools/call" -> call(message, params);
            default -> error(message, -32601, "Method not found");
        };
    }

    private JsonObject call(JsonObject message, JsonObject params) {
        var handler = tools.get(params.getString("name"));
        return handler == null || !schemas.containsKey(params.getString("name"))
                ? error(message, -32602, "Tool not found")
                : envelope(message).put("result", handler.apply(params.getJsonObject("arguments")));
    }

    /** In two pages, to be followed. */
    private JsonObject list(String cursor) {
        var names = schemas.keySet().stream().sorted().toList();
        var half = names.size() / 2;
        var tools = new JsonArray();
        (cursor.isEmpty() ? names.subList(0, half) : names.subList(half, names.size()))
                .forEach(name -> tools.add(new JsonObject().put("name", name).put("inputSchema", schemas.get(name))));
        var result = new JsonObject().put("tools", tools);
        return cursor.isEmpty() ? result.put("nextCursor", "second") : result;
    }

    private static JsonObject envelope(JsonObject message) {
        return new JsonObject().put("jsonrpc", "2.0").put("id", message.getValue("id"));
    }

    private static JsonObject error(JsonObject message, int code, String text) {
        return envelope(message).put("error", new JsonObject().put("code", code).put("message", text));
    }

    private static void end(HttpServerRequest request, int status, JsonObject json) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cf-ray", "ray-of-the-stub")
                .end(json.encode());
    }

    /** The answer stands between other frames, and in two lines. */
    private static void events(HttpServerRequest request, JsonObject answer) {
        var notice = new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/message");
        var other = new JsonObject().put("jsonrpc", "2.0").put("id", "99").put("result", new JsonObject());
        var text = answer.encodePrettily().replace("\n", "\r\ndata: ");
        request.response()
                .putHeader("content-type", "text/event-stream")
                .end(": hello\n\nevent: message\ndata: " + notice.encode() + "\n\ndata: " + other.encode()
                        + "\n\nid: 7\ndata: " + text + "\n\ndata: {\"cut");
    }
}
