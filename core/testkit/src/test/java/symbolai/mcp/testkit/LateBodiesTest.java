package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that stop on their way or never end, at every place that reads one: security rows 24 and 26. */
class LateBodiesTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /** Where bodies are read, and of which type they are. */
    private static final Map<String, String> READERS = Map.of(
            "/mcp", JSON,
            "/api/mcp/sse", JSON,
            "/api/mcp/users/create", JSON,
            "/api/mcp/auth/sign-in", JSON,
            "/sign-in", FORM,
            "/oauth/token", FORM,
            "/oauth/register", JSON);

    private static final String STALLED_LENGTH = "Content-Length: 1000\r\n\r\n{";
    private static final String STALLED_CHUNK = "Transfer-Encoding: chunked\r\n\r\n10\r\n{";
    private static final String NO_LAST_CHUNK = "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";

    /** Longer than the server waits for a body. */
    private static final int PATIENCE_MILLIS = 50_000;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;
    private static RawHttp raw;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), config -> config);
        admin = server.admin();
        raw = new RawHttp(server.server().port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** All of them wait at the same time, and nobody else waits with them. */
    @Test
    void row24And26ABodyThatStopsOnItsWayIsAnswered408AndClosed() throws IOException {
        var waiting = new LinkedHashMap<String, Socket>();
        for (var path : READERS.keySet()) {
            for (var rest : List.of(STALLED_LENGTH, STALLED_CHUNK, NO_LAST_CHUNK)) {
                waiting.put(path + " " + rest, begun(path, rest));
            }
        }

        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
        for (var each : waiting.entrySet()) {
            assertThat(answer(each.getKey(), each.getValue())).as(each.getKey()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void row24ABodyWithoutEndIsAnswered413AndClosed() throws IOException {
        for (var path : READERS.keySet()) {
            var socket = begun(path, "Transfer-Encoding: chunked\r\n\r\n");
            boolean isCutOff = false;
            for (int i = 0; i < 10_000 && !isCutOff; i++) {
                isCutOff = isRefused(socket);
            }

            assertThat(isCutOff).as(path).isTrue();
            assertThat(answer(path, socket)).as(path).startsWith("HTTP/1.1 413 ");
        }
    }

    /** Sends one more chunk, unless the server has answered. */
    private static boolean isRefused(Socket socket) throws IOException {
        if (socket.getInputStream().available() > 0) {
            return true;
        }
        try {
            RawHttp.write(socket, "4000\r\n" + "x".repeat(0x4000) + "\r\n");
            return false;
        } catch (SocketException closed) {
            return true;
        }
    }

    private static Socket begun(String path, String rest) throws IOException {
        var socket = raw.open();
        socket.setSoTimeout(PATIENCE_MILLIS);
        RawHttp.write(
                socket,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nAuthorization: "
                        + admin.header("Authorization") + "\r\nContent-Type: " + READERS.get(path) + "\r\n" + rest);
        return socket;
    }

    /** All that comes until the server closes. */
    private static String answer(String what, Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException open) {
            throw new AssertionError("was not closed: " + what, open);
        }
    }
}
