package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolOutcome;

/** Hosts, origins, headers and bodies that mean no good, and what failures tell: security rows 1, 14, 24, 25 and 33. */
class HostileRequestsTest {

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

    /** Names that are not ours, in the ways that checks have been fooled with. */
    private static List<String> names() {
        var all = new LinkedHashSet<String>();
        for (var evil : List.of("evil.com", "evil.example", "xn--lcalhost-33a.com", "attacker.test")) {
            all.addAll(List.of(
                    evil,
                    evil + ":80",
                    evil + ":8420",
                    evil + ".",
                    evil.toUpperCase(Locale.ROOT),
                    "localhost." + evil,
                    "127.0.0.1." + evil,
                    evil + ".localhost",
                    "localhost-" + evil,
                    "localhost_" + evil,
                    "www." + evil + ":443"));
        }
        all.addAll(List.of(
                "127.0.0.1.nip.io",
                "7f000001.nip.io",
                "localtest.me",
                "lvh.me",
                "localhost.",
                "localhost.:80",
                "localhost..",
                "127.0.0.1.",
                "127.1",
                "127.0.1",
                "0",
                "0.0.0.0",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "127.0.0.2",
                "10.0.0.5",
                "169.254.169.254",
                "192.168.0.1",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:0:0:2]",
                "[fe80::1]",
                "[fd00::1]",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]:x",
                "localhost:",
                "localhost:x",
                "localhost:-1",
                "localhost:123456",
                "localhost/x",
                "localhost#x",
                "localhost?x",
                "localhost\\x",
                "user@localhost",
                "localhost@evil.com",
                "user:pass@localhost",
                "localhost evil.com",
                "localhost,evil.com",
                "localhost;evil.com",
                "null",
                "*",
                "_",
                "-",
                "a".repeat(300),
                "metadata.google.internal",
                "host.docker.internal",
                "symbolai",
                "mcp"));
        return List.copyOf(all);
    }

    /** Names that no parser takes for a host: Vert.x answers 400 before anybody is asked. */
    private static final List<String> UNREADABLE = List.of(
            "[::ffff:127.0.0.1]",
            "[::1",
            "::1",
            "[::1]x",
            "[::1]:x",
            "localhost:x",
            "localhost:-1",
            "localhost:123456",
            "localhost/x",
            "localhost#x",
            "localhost?x",
            "localhost\\x",
            "user@localhost",
            "localhost@evil.com",
            "user:pass@localhost",
            "localhost evil.com");

    private static List<String> origins() {
        var all = new ArrayList<String>();
        names().forEach(name -> all.addAll(List.of("http://" + name, "https://" + name)));
        all.addAll(List.of(
                "null",
                "",
                "*",
                "file://",
                "http://",
                "localhost",
                "//localhost",
                "http:localhost",
                "http:/localhost",
                "http://localhost/",
                "http://localhost#",
                "http://localhost?",
                "chrome-extension://localhost",
                "ws://localhost",
                "https://localhost",
                "http://localhost:1",
                "http://127.0.0.1:1",
                "data:",
                "blob:http://localhost",
                "http://localhost http://localhost"));
        return all.stream().distinct().toList();
    }

    private static List<String> paths() {
        return server.server().routes().stream()
                .map(route -> route.substring(route.indexOf(' ') + 1)
                        .replaceAll(":[a-z]+", "x")
                        .replace("*", ""))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void row1TheTablesAreLong() {
        assertThat(names().size() + origins().size()).isGreaterThan(200);
        assertThat(paths()).hasSizeGreaterThan(10);
    }

    /** Every value on one path and one value on every path would leave gaps: each path meets a share that moves on. */
    @Test
    void row1NoOtherHostOrOriginPassesOnAnyRoute() throws IOException {
        var paths = paths();
        var hosts = names();
        var origins = origins();
        int step = Boolean.getBoolean("long") ? 1 : 8;
        for (int path = 0; path < paths.size(); path++) {
            for (int i = path % step; i < hosts.size(); i += step) {
                assertRefused(paths.get(path), path + i / step, "Host: " + hosts.get(i));
            }
            // What clients need to find out how to get a token, any page may read.
            int from = paths.get(path).startsWith("/.well-known/") ? origins.size() : path % step;
            for (int i = from; i < origins.size(); i += step) {
                assertRefused(paths.get(path), path + i / step, "Host: localhost", "Origin: " + origins.get(i));
            }
        }
    }

    /** What asks to change something is refused with a good key, and changes nothing. */
    @Test
    void row1NothingIsDoneForAnotherHostOrOrigin() throws IOException {
        var headers = Stream.concat(
                        names().stream().map(name -> "Host: " + name),
                        origins().stream().map(origin -> "Host: localhost\r\nOrigin: " + origin))
                .toList();
        var body = "{\"name\":\"mallory\",\"role\":\"admin\"}";
        for (var header : headers) {
            var answer = raw.send("POST /api/mcp/users/create HTTP/1.1\r\n" + header + "\r\nAuthorization: "
                    + admin.header("Authorization") + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\nConnection: close\r\n\r\n" + body);

            assertThat(answer).as(header).startsWith("HTTP/1.1 " + refusal(header) + " ");
        }

        var users = admin.at("/api/mcp/users/list").send(HttpMethod.GET);
        assertThat(users.body()).contains("\"admin-").doesNotContain("mallory");
    }

    /** Asked with a good key and, each second time, without any: what is not meant for us is refused before anybody is asked who it is. */
    private static void assertRefused(String path, int turn, String... headers) throws IOException {
        var credentials =
                turn % 2 == 0 ? List.of("Authorization: " + admin.header("Authorization")) : List.<String>of();
        var all = Stream.concat(Stream.of(headers), credentials.stream()).toArray(String[]::new);

        assertThat(raw.status("GET " + path + " HTTP/1.1", all))
                .as(path + " with " + String.join(", ", headers) + " and " + credentials.size() + " credentials")
                .isEqualTo(refusal(headers[0]));
    }

    /** Some are no host for any parser, and Vert.x answers before us. */
    private static int refusal(String host) {
        return UNREADABLE.stream().anyMatch(name -> host.equals("Host: " + name)) ? 400 : 403;
    }

    static Stream<String> splitters() {
        return Stream.of(
                "\r\nX-Evil: 1",
                "\nX-Evil: 1",
                "\rX-Evil: 1",
                "\u0000",
                "\u010d\u010aX-Evil: 1",
                "\u00e9\"",
                "\r\n X-Evil: 1",
                "\r\n\r\n<x>");
    }

    @ParameterizedTest
    @MethodSource("splitters")
    void row14NothingThatIsSentSplitsAnAnswer(String splitter) throws IOException {
        var encoded = URLEncoder.encode(splitter, StandardCharsets.UTF_8);
        var targets = new ArrayList<String>();
        paths().forEach(path -> {
            targets.add(path + "?next=/" + encoded + "&state=" + encoded + "&redirect_uri=" + encoded + "&client_id="
                    + encoded + "&scope=" + encoded + "&id=" + encoded + "&limit=" + encoded);
            targets.add(path + (path.endsWith("/") ? "" : "/") + encoded);
        });
        for (var target : targets) {
            var answer = raw.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + admin.header("Authorization") + "\r\nMcp-Session-Id: " + encoded + "\r\nLast-Event-ID: " + encoded
                    + "\r\nConnection: close\r\n\r\n");
            var head = answer.split("\r\n\r\n", 2)[0];

            assertThat(head.toLowerCase(Locale.ROOT))
                    .as(target)
                    .doesNotContain("\r\nx-evil")
                    .doesNotContain("\u0000");
            assertThat(head.replace("\r\n", "")).as(target).matches("[\\x20-\\x7e\\t]*");
        }
    }

    @Test
    void row24AThousandBodiesThatAreTooLargeAreRefusedAtOnce() throws IOException {
        int count = Boolean.getBoolean("long") ? 1000 : 200;
        var tooMuch = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(17);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = raw.open();
            RawHttp.write(
                    socket,
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + admin.header("Authorization")
                            + (i % 2 == 0
                                    ? "\r\nContent-Length: 99999999\r\n\r\n"
                                    : "\r\nTransfer-Encoding: chunked\r\n\r\n" + tooMuch));
            sockets.add(socket);
        }
        for (var socket : sockets) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
        for (var socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void row25ACompressedBodyIsNotUnpacked(String coding) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[64 << 20]);
        }

        var answer = admin.with("Content-Encoding", coding).post(Buffer.buffer(bytes.toByteArray()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(-32700);
    }

    private static final String MARK = "/root/keys/secret-path";

    /** Failures that code meets, each with a message that nobody outside should read. */
    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException(MARK),
                new IllegalArgumentException(MARK),
                new NullPointerException(MARK),
                new UnsupportedOperationException(MARK),
                new IndexOutOfBoundsException(MARK),
                new ClassCastException(MARK),
                new ArithmeticException(MARK),
                new NumberFormatException(MARK),
                new ConcurrentModificationException(MARK),
                new NoSuchElementException(MARK),
                new RejectedExecutionException(MARK),
                new SecurityException(MARK),
                new UncheckedIOException(new IOException(MARK)),
                new IOException(MARK),
                new TimeoutException(MARK),
                new InterruptedException(MARK),
                new ClassNotFoundException(MARK),
                new java.nio.file.NoSuchFileException(MARK),
                new java.net.ConnectException(MARK),
                new java.net.UnknownHostException(MARK),
                new java.sql.SQLException(MARK),
                new io.vertx.core.VertxException(MARK),
                new io.vertx.core.json.DecodeException(MARK),
                new java.util.concurrent.CompletionException(MARK, new IOException(MARK)),
                new Exception(MARK),
                new RuntimeException(new IOException(MARK)),
                new LinkageError(MARK),
                new AssertionError(MARK),
                new NoClassDefFoundError(MARK),
                new ExceptionInInitializerError(MARK),
                new StackOverflowError(MARK),
                new Error(MARK),
                new java.util.zip.ZipException(MARK),
                new java.security.GeneralSecurityException(MARK));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void row33AFailureTellsNothingOfItsInside(Throwable failure) {
        List<Function<Throwable, Future<ToolOutcome>>> ways = List.of(
                HostileRequestsTest::thrown,
                Future::failedFuture,
                why -> Future.failedFuture(new RuntimeException(why)));
        for (var way : ways) {
            new Probe(server)
                    .publish(Tool.named("probe_fails")
                            .description("Fails.")
                            .input(Schemas.object().build())
                            .rest(RestBinding.get("probe/fails"))
                            .handler(call -> way.apply(failure)));
            var answers = List.of(
                    new ModernSession(admin).call("probe_fails", new JsonObject()),
                    LegacySession.open(admin, "2025-11-25").call("probe_fails", new JsonObject()),
                    admin.at("/api/mcp/probe/fails").send(HttpMethod.GET));

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.body())
                            .doesNotContain(
                                    MARK,
                                    "Exception",
                                    "Error\"",
                                    "java.",
                                    "symbolai.mcp",
                                    "\tat ",
                                    "\"details\"",
                                    ".java"));
            assertThat(answers.get(2).status()).isBetween(500, 504);
        }
    }

    private static Future<ToolOutcome> thrown(Throwable failure) {
        HostileRequestsTest.<RuntimeException>sneak(failure);
        return Future.failedFuture(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
