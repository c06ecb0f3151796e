package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Security row 16: requests that two parsers read in two ways are read in none. */
class SmugglingTest {

    private static final String HEAD = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n";
    /** What an attacker would like to be read as a request of its own. */
    private static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), config -> config);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Arguments row(String what, String bytes) {
        return Arguments.of(what, bytes);
    }

    private static String framed(String... headers) {
        return HEAD + String.join("\r\n", headers) + "\r\n\r\n";
    }

    static Stream<Arguments> ambiguous() {
        var chunked = "Transfer-Encoding: chunked";
        return Stream.of(
                row("a length and chunks", framed("Content-Length: 5", chunked) + "0\r\n\r\n" + SECOND),
                row("chunks and a length", framed(chunked, "Content-Length: 5") + "0\r\n\r\n" + SECOND),
                row("a length of nothing and chunks", framed("Content-Length: 0", chunked) + "0\r\n\r\n" + SECOND),
                row("two lengths", framed("Content-Length: 0", "Content-Length: 46") + SECOND),
                row("two lengths in one line", framed("Content-Length: 0, 46") + SECOND),
                row("a length with a sign", framed("Content-Length: +0") + SECOND),
                row("a negative length", framed("Content-Length: -1") + SECOND),
                row("a hexadecimal length", framed("Content-Length: 0x0") + SECOND),
                row("a length with a point", framed("Content-Length: 0.0") + SECOND),
                row("a length with a space inside", framed("Content-Length: 0 0") + SECOND),
                row("a length with an underscore", framed("Content-Length: 0_0") + SECOND),
                row("an empty length", framed("Content-Length: ") + SECOND),
                row("a length beyond all bounds", framed("Content-Length: 99999999999999999999") + SECOND),
                row("a length and a space before the colon", framed("Content-Length : 46") + SECOND),
                row(
                        "chunks and a space before the colon",
                        framed("Transfer-Encoding : chunked") + "0\r\n\r\n" + SECOND),
                row(
                        "another coding after chunks",
                        framed("Transfer-Encoding: chunked, identity") + "0\r\n\r\n" + SECOND),
                row("an unknown coding", framed("Transfer-Encoding: xchunked") + "0\r\n\r\n" + SECOND),
                row("two codings in two lines", framed(chunked, "Transfer-Encoding: x") + "0\r\n\r\n" + SECOND),
                row("chunks twice", framed(chunked, chunked) + "0\r\n\r\n" + SECOND),
                row("chunks in quotes", framed("Transfer-Encoding: \"chunked\"") + "0\r\n\r\n" + SECOND),
                row(
                        "chunks after a tabulator and junk",
                        framed("Transfer-Encoding:\tchunked;x") + "0\r\n\r\n" + SECOND),
                row(
                        "chunks after a control character",
                        framed("Transfer-Encoding: \u000bchunked") + "0\r\n\r\n" + SECOND),
                row(
                        "chunks in HTTP/1.0",
                        "POST /mcp HTTP/1.0\r\nHost: localhost\r\n" + chunked + "\r\n\r\n0\r\n\r\n" + SECOND),
                row("a chunk with a negative size", framed(chunked) + "-1\r\n\r\n" + SECOND),
                row("a chunk with a signed size", framed(chunked) + "+0\r\n\r\n" + SECOND),
                row("a chunk with a prefixed size", framed(chunked) + "0x0\r\n\r\n" + SECOND),
                row("a chunk with a space in its size", framed(chunked) + "0 0\r\n\r\n" + SECOND),
                row("a chunk without a size", framed(chunked) + "\r\n\r\n" + SECOND),
                row("a chunk beyond all bounds", framed(chunked) + "FFFFFFFFFFFFFFFFF\r\n\r\n" + SECOND),
                row("a chunk that is longer than its size", framed(chunked) + "1\r\nabc\r\n0\r\n\r\n" + SECOND),
                row("a chunk whose end is a bare line feed", framed(chunked) + "1\r\na\n0\r\n\r\n" + SECOND),
                row("a chunk extension with a bare line feed", framed(chunked) + "2;\nxx\r\n0\r\n\r\n" + SECOND),
                row("a size that ends with a bare line feed", framed(chunked) + "0\n\r\n" + SECOND),
                row("bare line feeds", "POST /mcp HTTP/1.1\nHost: localhost\nContent-Length: 46\n\n" + SECOND),
                row("a bare carriage return in a header", framed("X-A: b\rContent-Length: 46") + SECOND),
                row("a null character in a header", framed("X-A: b\u0000c", "Content-Length: 0") + SECOND),
                row("a header without a colon", framed("Content-Length 46") + SECOND),
                row("a header without a name", framed(": chunked") + SECOND),
                row("a header of another alphabet", framed("Cont\u00e9nt-Length: 46") + SECOND),
                row(
                        "a space before the first header",
                        "POST /mcp HTTP/1.1\r\n Host: localhost\r\nHost: localhost\r\n\r\n" + SECOND),
                row("an unknown version", "POST /mcp HTTP/1.2\r\nHost: localhost\r\n\r\n" + SECOND),
                row("a version of three digits", "POST /mcp HTTP/1.10\r\nHost: localhost\r\n\r\n" + SECOND),
                row("a version in lower case", "POST /mcp http/1.1\r\nHost: localhost\r\n\r\n" + SECOND),
                row("HTTP/0.9", "GET /mcp\r\n" + SECOND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void row16AmbiguityEndsTheConnection(String what, String bytes) throws IOException {
        var answer = exchange(bytes);

        assertThat(answer.closed()).isTrue();
        assertThat(answer.statuses())
                .hasSizeLessThanOrEqualTo(1)
                .doesNotContain("404")
                .isSubsetOf("400", "401", "501");
        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
    }

    /** RFC 9112 says how to read these, and that what follows is another request. */
    static Stream<Arguments> unusual() {
        return Stream.of(
                row("a folded coding", framed("Transfer-Encoding:", " chunked") + "0\r\n\r\n" + SECOND),
                row("a folded header", framed("X-A: b", " Content-Length: 46") + SECOND),
                row("two spaces in the request line", "POST  /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n" + SECOND),
                row("a tabulator in the request line", "POST\t/mcp\tHTTP/1.1\r\nHost: localhost\r\n\r\n" + SECOND),
                row("an extension of a chunk", framed("Transfer-Encoding: chunked") + "0;a=b\r\n\r\n" + SECOND),
                row("a quoted extension", framed("Transfer-Encoding: chunked") + "0;a=\"b\"\r\n\r\n" + SECOND),
                row("a size with zeros before it", framed("Transfer-Encoding: chunked") + "00000\r\n\r\n" + SECOND),
                row("trailers", framed("Transfer-Encoding: chunked") + "0\r\nContent-Length: 9\r\n\r\n" + SECOND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusual")
    void row16WhatIsOnlyUnusualIsReadInOneWay(String what, String bytes) throws IOException {
        var answer = exchange(bytes);

        assertThat(answer.statuses()).containsExactly("401", "404");
    }

    private record Exchange(List<String> statuses, boolean closed) {}

    /** What came back, until the server closed or said nothing for a while. */
    private static Exchange exchange(String bytes) throws IOException {
        try (var socket = new RawHttp(server.server().port()).open()) {
            socket.setSoTimeout(1500);
            var text = new StringBuilder();
            var closed = false;
            try {
                RawHttp.write(socket, bytes);
                var buffer = new byte[8192];
                for (int count = socket.getInputStream().read(buffer);
                        count >= 0;
                        count = socket.getInputStream().read(buffer)) {
                    text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
                closed = true;
            } catch (SocketTimeoutException stillOpen) {
                closed = false;
            }
            return new Exchange(
                    Stream.of(text.toString().split("HTTP/1\\.[01] "))
                            .skip(1)
                            .map(part -> part.substring(0, 3))
                            .toList(),
                    closed);
        }
    }
}
