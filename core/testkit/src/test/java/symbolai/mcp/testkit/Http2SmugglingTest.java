package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Http2Probe.END_STREAM;
import static symbolai.mcp.testkit.Http2Probe.data;
import static symbolai.mcp.testkit.Http2Probe.headers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Security row 16 over HTTP/2: requests that a server of HTTP/1 behind a proxy would read in another way are read in none. */
class Http2SmugglingTest {

    private static final String BODY = new JsonObject()
            .put("client_name", "a program")
            .put("redirect_uris", new JsonArray().add(OAuthFlow.REDIRECT))
            .put("token_endpoint_auth_method", "none")
            .encode();

    @TempDir
    static Path folder;

    private static TlsServer server;
    private static Http2Probe probe;

    @BeforeAll
    static void start() throws Exception {
        server = TlsServer.start(folder);
        probe = new Http2Probe(server.tls(), server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Arguments get(String what, String... namesAndValues) {
        return Arguments.of(what, List.of(headers(END_STREAM, namesAndValues)));
    }

    /** A request that is in order but for what is added. */
    private static Arguments with(String what, String... added) {
        return get(what, also(new String[] {":method", "GET", ":scheme", "https", ":path", "/livez"}, added));
    }

    private static Arguments path(String what, String path) {
        return get(what, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path);
    }

    private static Arguments post(String what, String... added) {
        return Arguments.of(what, List.of(posting(added), data(BODY)));
    }

    private static byte[] posting(String... added) {
        var head = new String[] {
            ":method", "POST", ":scheme", "https", ":path", "/oauth/register", "content-type", "application/json"
        };
        return headers(0, also(head, added));
    }

    private static String[] also(String[] head, String... added) {
        var all = Stream.of(head).limit(6).toList();
        return Stream.of(
                        all.stream(),
                        Stream.of(":authority", "localhost"),
                        Stream.of(head).skip(6),
                        Stream.of(added))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    static Stream<Arguments> tricks() {
        return Stream.of(
                with("two paths", ":path", "/smuggled"),
                with("two methods", ":method", "POST"),
                with("two schemes", ":scheme", "http"),
                with("two authorities", ":authority", "evil.example"),
                with("an unknown pseudo-header", ":secret", "x"),
                with("the pseudo-header of an answer", ":status", "200"),
                with("a pseudo-header behind a header", "x-a", "b", ":protocol", "websocket"),
                get(
                        "a late path",
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":authority",
                        "localhost",
                        "x-a",
                        "b",
                        ":path",
                        "/livez"),
                get("no path", ":method", "GET", ":scheme", "https", ":authority", "localhost"),
                get("no method", ":scheme", "https", ":authority", "localhost", ":path", "/livez"),
                get("no scheme", ":method", "GET", ":authority", "localhost", ":path", "/livez"),
                path("an empty path", ""),
                path("a path with a line end", "/livez HTTP/1.1\r\nHost: evil.example\r\nX: y"),
                path("a path with a null character", "/livez\u0000"),
                get(
                        "a method with a line end",
                        ":method",
                        "GET / HTTP/1.1\r\nX: y",
                        ":scheme",
                        "https",
                        ":authority",
                        "localhost",
                        ":path",
                        "/livez"),
                get(
                        "a host with a line end",
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":authority",
                        "localhost\r\nX: y",
                        ":path",
                        "/livez"),
                with("a name in upper case", "X-Upper", "b"),
                with("a name with a line end", "x-a\r\nx-b", "c"),
                with("a name with a colon", "x-a: b\r\nx", "c"),
                with("an empty name", "", "c"),
                with("a value with a line end", "x-a", "b\r\nx-c: d"),
                with("a value with a line feed", "x-a", "b\nx-c: d"),
                with("a value with a carriage return", "x-a", "b\rx-c: d"),
                with("a value with a null character", "x-a", "b\u0000c"),
                with("a transfer coding", "transfer-encoding", "chunked"),
                with("a connection header", "connection", "x-a"),
                with("a keep-alive header", "keep-alive", "timeout=5"),
                with("the connection header of a proxy", "proxy-connection", "keep-alive"),
                with("an upgrade", "upgrade", "h2c"),
                with("a te header of another kind", "te", "gzip"),
                with("a length of a body that is not there", "content-length", "5"),
                post("a body with a transfer coding", "transfer-encoding", "chunked"),
                post("a length that is too short", "content-length", "5"),
                post("a length of nothing", "content-length", "0"),
                post("a length that is too long", "content-length", String.valueOf(BODY.length() + 5)),
                post("two lengths", "content-length", String.valueOf(BODY.length()), "content-length", "0"),
                post("a length with a sign", "content-length", "+" + BODY.length()),
                post("a negative length", "content-length", "-1"),
                Arguments.of(
                        "a pseudo-header in a trailer",
                        List.of(
                                posting(),
                                Http2Probe.frame(Http2Probe.DATA, 0, 1, BODY.getBytes()),
                                headers(END_STREAM, ":path", "/smuggled"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void row16ATrickOfHttp2IsNoRequest(String what, List<byte[]> frames) throws Exception {
        var seen = probe.send(frames.toArray(byte[][]::new));

        assertThat(seen.statuses()).hasSizeLessThanOrEqualTo(1).isSubsetOf("400");
        assertThat(seen.reset() || seen.statuses().contains("400")).isTrue();
    }

    @Test
    void row16APathOfAnotherFormIsNoneOfOurs() throws Exception {
        var seen = probe.send(
                headers(END_STREAM, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", "livez"));

        assertThat(seen.statuses()).containsExactly("404");
    }

    @Test
    void row16WithoutATrickTheSameIsARequest() throws Exception {
        var asked = probe.send((byte[]) ((List<?>) with("nothing").get()[1]).get(0));
        var posted = probe.send(posting("content-length", String.valueOf(BODY.length())), data(BODY));

        assertThat(asked).isEqualTo(new Http2Probe.Seen(List.of("200"), false));
        assertThat(posted).isEqualTo(new Http2Probe.Seen(List.of("201"), false));
    }
}
