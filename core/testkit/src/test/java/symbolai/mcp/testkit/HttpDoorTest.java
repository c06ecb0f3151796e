package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.config.HttpConfig;

/** The HTTP door: hosts, origins, keys, bodies and headers. */
class HttpDoorTest {

    private static final String PAGE = "https://app.example.org";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;
    private static RawHttp raw;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(TestServer.FIXTURES), config -> TestServer.withHttp(config, http()));
        admin = server.admin();
        raw = new RawHttp(server.server().port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpConfig http() {
        return new HttpConfig(
                "127.0.0.1",
                0,
                Optional.of(URI.create("https://mcp.example.com")),
                List.of("127.0.0.1"),
                List.of(PAGE),
                true,
                1 << 20);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // path, Host, second Host or -, Origin or -, status
                "/livez, localhost, -, -, 200",
                "/livez, mcp.example.com, -, -, 200",
                "/livez, evil.com, -, -, 403",
                "/livez, localhost.evil.com, -, -, 403",
                "/livez, 127.0.0.1.nip.io, -, -, 403",
                "/livez, localhost., -, -, 403",
                "/livez, evil@localhost, -, -, 400",
                "/livez, localhost, evil.com, -, 403",
                "/livez, localhost, localhost, -, 403",
                "/livez, localhost, -, http://evil.com, 403",
                "/livez, localhost, -, null, 403",
                "/livez, localhost, -, http://localhost, 200",
                "/livez, localhost, -, https://app.example.org, 200",
                "/readyz, evil.com, -, -, 403",
                "/version, evil.com, -, -, 403",
                "/api/mcp/auth/status, evil.com, -, -, 403",
                "/api/mcp/sse, evil.com, -, -, 403",
                "/api/mcp, evil.com, -, -, 403",
                "/mcp, evil.com, -, -, 403",
                "/mcp, localhost, -, http://evil.com, 403",
                "/mcp, localhost, -, -, 401",
                "/nothing, evil.com, -, -, 403",
                "/nothing, localhost, -, -, 404",
            })
    void row1EveryRouteAsksForHostAndOriginFirst(String path, String host, String second, String origin, int status)
            throws IOException {
        var headers = new ArrayList<String>(List.of("Host: " + host));
        Optional.ofNullable(second).ifPresent(value -> headers.add("Host: " + value));
        Optional.ofNullable(origin).ifPresent(value -> headers.add("Origin: " + value));

        assertThat(raw.status("GET " + path + " HTTP/1.1", headers.toArray(String[]::new)))
                .isEqualTo(status);
    }

    @Test
    void row1AnAbsoluteRequestLineOrNoHostIsRefused() throws IOException {
        assertThat(raw.status("GET http://evil.com/livez HTTP/1.1", "Host: localhost"))
                .isIn(400, 403);
        assertThat(raw.status("GET http://localhost/livez HTTP/1.1", "Host: evil.com"))
                .isIn(400, 403);
        assertThat(raw.status("GET /livez HTTP/1.1", "X-None: 1")).isIn(400, 403);
        assertThat(raw.status(
                        "GET /livez HTTP/1.1",
                        "Host: localhost",
                        "Origin: http://localhost",
                        "Origin: http://localhost"))
                .isEqualTo(403);
    }

    @Test
    void row1AForwardedHostIsCheckedToo() throws IOException {
        assertThat(raw.status("GET /livez HTTP/1.1", "Host: localhost", "X-Forwarded-Host: evil.com"))
                .isEqualTo(403);
        assertThat(raw.status("GET /livez HTTP/1.1", "Host: localhost", "X-Forwarded-Host: mcp.example.com"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP",
                "GET",
                "GET /livez",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0000\u0001\u0002",
                "GET /%zz HTTP/1.1\r\nHost: localhost"
            })
    void bytesThatAreNoHttpHurtNobody(String bytes) throws IOException {
        try (var socket = raw.open()) {
            RawHttp.write(socket, bytes + "\r\n\r\n");
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).doesNotContain(" 500 ").doesNotContain("Exception");
        }

        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
    }

    @Test
    void pathThatCannotBeDecodedIsMalformed() throws IOException {
        assertThat(raw.status("GET /%zz HTTP/1.1", "Host: localhost")).isEqualTo(400);
    }

    @Test
    void clearTextHttp2IsNotSpoken() throws IOException {
        try (var socket = raw.open()) {
            RawHttp.write(
                    socket,
                    "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");

            var beginning = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            assertThat(beginning).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void aPageThatMayCallIsToldSo() {
        var answer = server.client()
                .with("Origin", PAGE)
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization, Mcp-Param-Region, X-Evil, Mcp-Param-a b")
                .send(HttpMethod.OPTIONS);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(answer.header("Access-Control-Allow-Headers").split(", "))
                .contains("authorization", "mcp-session-id", "mcp-protocol-version", "last-event-id", "mcp-method")
                .contains("mcp-name", "content-type", "accept", "mcp-param-region")
                .doesNotContain("x-evil", "mcp-param-a b");
        assertThat(answer.header("Access-Control-Expose-Headers")).startsWith("Mcp-Session-Id, WWW-Authenticate, ");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void aPageThatMayNotCallGetsNothing() {
        var answer = server.client().with("Origin", "https://evil.com").send(HttpMethod.OPTIONS);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "access_token",
        "token",
        "api_key",
        "key",
    })
    void aKeyInTheUrlIsRefused(String name) {
        var answer = new ModernSession(admin.at("/mcp?" + name + "=smcp_x")).send("tools/list", new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("smcp_x");
    }

    @Test
    void twoAuthorizationHeadersAreRefused() throws IOException {
        assertThat(raw.status(
                        "GET /mcp HTTP/1.1", "Host: localhost", "Authorization: Bearer a", "Authorization: Bearer b"))
                .isEqualTo(401);
    }

    @Test
    void row24ABodyThatIsTooLargeIsRefused() throws IOException {
        var authorization = "Authorization: " + admin.header("Authorization");
        var tooLong = raw.send(
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\n" + authorization + "\r\nContent-Length: 1048577\r\n\r\n");
        var tooLongInPieces = raw.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\n" + authorization
                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(17));

        assertThat(tooLong).startsWith("HTTP/1.1 413").contains("\"code\":-32000");
        assertThat(tooLongInPieces).startsWith("HTTP/1.1 413").contains("\"code\":-32000");
    }

    @Test
    void aBodyOfJustTheLimitIsRead() {
        var padding = "x".repeat((1 << 20) - 63);
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\",\"params\":{\"p\":\"" + padding + "\"}}";

        assertThat(body.length()).isLessThanOrEqualTo(1 << 20);
        assertThat(admin.post(body).errorCode()).isNotEqualTo(-32700);
        assertThat(admin.post(body).status()).isEqualTo(400);
    }

    @Test
    void row14HeadersOfTheRequestAreNotReflected() throws IOException {
        var answer = raw.send(
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
                        + "Mcp-Method: inj\u00e4ected\"\r\nMcp-Session-Id: inj\"ected\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("inj");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        var answer = admin.send(HttpMethod.PUT);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
        assertThat(answer.errorCode()).isEqualTo(-32000);
    }
}
