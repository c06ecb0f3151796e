package symbolai.mcp.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every server is asked by: the requests of MCP 2025-11-25 as bytes, over plain sockets. One initialize first, whose session the others carry
 * where the server gives one. Not safe for use by several threads.
 */
final class Client {

    private static final String VERSION = "2025-11-25";
    private static final Pattern SESSION = Pattern.compile("(?im)^mcp-session-id: *(\\S+)");
    private static final String CALL = """
            {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"add","arguments":{"a":19,"b":23}}}""";
    private static final String LIST = """
            {"jsonrpc":"2.0","id":%d,"method":"tools/list"}""";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":%d,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"bench","version":"0.1.0"}}}""";
    private static final String INITIALIZED = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private final int port;
    private final String path;
    private final Map<String, String> headers;
    private final ObjectMapper json = new ObjectMapper();

    private Client(int port, String path, Map<String, String> headers) {
        this.port = port;
        this.path = path;
        this.headers = headers;
    }

    /** A client that has shaken hands. */
    static Client initialized(int port, String path, Map<String, String> headers) throws IOException {
        var stranger = new Client(port, path, headers);
        var answer = stranger.send(INITIALIZE.formatted(Exchange.firstId()));
        if (answer.status() != 200) {
            throw new IOException("initialize: " + answer.head() + new String(answer.body(), StandardCharsets.UTF_8));
        }
        var all = new LinkedHashMap<>(headers);
        all.put("MCP-Protocol-Version", VERSION);
        session(answer).ifPresent(id -> all.put("Mcp-Session-Id", id));
        var client = new Client(port, path, all);
        client.send(INITIALIZED);
        return client;
    }

    /** tools/call of add with 19 and 23, once looked at. */
    Exchange call() throws IOException {
        return looked(
                CALL,
                result -> "{\"sum\":42}"
                        .equals(result.path("content").path(0).path("text").asText()));
    }

    /** tools/list with the thirty tools, once looked at. */
    Exchange list() throws IOException {
        return looked(LIST, result -> result.path("tools").size() == 30);
    }

    /** The result of tools/list as this server writes it. */
    byte[] tools() throws IOException {
        var answer = send(LIST.formatted(Exchange.firstId()));
        return json.writeValueAsBytes(message(answer.body()).get("result"));
    }

    private Exchange looked(String template, java.util.function.Predicate<JsonNode> isGood) throws IOException {
        var request = template.formatted(Exchange.firstId());
        var exchange = Exchange.of(bytes(request));
        var answer = send(request);
        var body = answer.body();
        if (answer.status() != 200 || !isGood.test(message(body).path("result"))) {
            throw new IOException(request + " got " + answer.head() + new String(body, StandardCharsets.UTF_8));
        }
        exchange.expect(body);
        return exchange;
    }

    /** The message of an answer, which some servers write as an event. */
    private JsonNode message(byte[] body) throws IOException {
        var text = new String(body, StandardCharsets.UTF_8);
        int data = text.startsWith("{") ? 0 : text.indexOf("data:") + 5;
        return json.readTree(text.substring(data));
    }

    private static Optional<String> session(Answer answer) {
        var found = SESSION.matcher(answer.head());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private Answer send(String body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes(body));
            var answer = new Answer();
            var in = socket.getInputStream();
            int read;
            do {
                read = in.read(answer.bytes(), answer.filled(), answer.bytes().length - answer.filled());
                if (read < 0) {
                    throw new EOFException("the server closed the connection");
                }
            } while (!answer.isWhole(read));
            return answer;
        }
    }

    private byte[] bytes(String body) {
        var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        head.append("Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
