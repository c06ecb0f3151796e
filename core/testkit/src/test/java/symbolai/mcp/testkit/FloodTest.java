package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Http2Probe.DATA;
import static symbolai.mcp.testkit.Http2Probe.END_HEADERS;
import static symbolai.mcp.testkit.Http2Probe.END_STREAM;
import static symbolai.mcp.testkit.Http2Probe.HEADERS;
import static symbolai.mcp.testkit.Http2Probe.PREFACE;
import static symbolai.mcp.testkit.Http2Probe.RST_STREAM;
import static symbolai.mcp.testkit.Http2Probe.SETTINGS;
import static symbolai.mcp.testkit.Http2Probe.frame;
import static symbolai.mcp.testkit.Http2Probe.joined;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Security row 17: frames of HTTP/2 that cost their sender nothing; honest clients go on, and memory does not grow. */
class FloodTest {

    private static final Duration SIZE = Boolean.getBoolean("long") ? Duration.ofSeconds(60) : Duration.ofSeconds(3);
    private static final int PRIORITY = 2;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    @TempDir
    static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        server = TlsServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What is sent again and again on one connection; the stream ids are odd and rise. */
    @FunctionalInterface
    private interface Flood {
        byte[] frames(int stream);
    }

    private static Arguments flood(String name, Flood flood) {
        return Arguments.of(name, flood);
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                flood(
                        "rapid reset",
                        stream -> joined(request(stream, END_STREAM), frame(RST_STREAM, 0, stream, number(8)))),
                flood(
                        "reset by the server",
                        stream -> joined(request(stream, 0), frame(WINDOW_UPDATE, 0, stream, number(0)))),
                flood(
                        "endless continuation",
                        stream -> joined(
                                stream == 1 ? frame(HEADERS, 0, 1, head()) : new byte[0],
                                frame(CONTINUATION, 0, 1, new byte[] {0, 1, 'a', 1, 'b'}))),
                flood(
                        "empty continuation",
                        stream -> joined(
                                stream == 1 ? frame(HEADERS, 0, 1, head()) : new byte[0],
                                frame(CONTINUATION, 0, 1, new byte[0]))),
                flood("ping", stream -> frame(PING, 0, 0, new byte[8])),
                flood("settings", stream -> frame(SETTINGS, 0, 0, new byte[0])),
                flood("tiny lists of headers", stream -> frame(SETTINGS, 0, 0, setting(6, stream % 7))),
                flood(
                        "tiny windows",
                        stream -> joined(frame(SETTINGS, 0, 0, setting(4, 1)), request(stream, END_STREAM))),
                flood("priority", stream -> frame(PRIORITY, 0, stream, new byte[] {0, 0, 0, 0, 1})),
                flood(
                        "empty data",
                        stream -> joined(stream == 1 ? request(1, 0) : new byte[0], frame(DATA, 0, 1, new byte[0]))),
                flood("streams that wait", stream -> request(stream, 0)),
                flood("answers that nobody reads", stream -> request(stream, END_STREAM)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void row17HonestClientsGoOn(String name, Flood flood) throws Exception {
        var goOn = new AtomicBoolean(true);
        var honest = HttpClient.newBuilder().sslContext(server.tls()).build();
        ask(honest);
        var before = heap();
        var attackers = Stream.of(1, 2).map(number -> attacker(flood, goOn)).toList();
        attackers.forEach(Thread::start);

        var end = System.nanoTime() + SIZE.toNanos();
        var asked = 0;
        while (System.nanoTime() < end) {
            assertThat(ask(honest)).isEqualTo(200);
            asked++;
        }
        goOn.set(false);
        for (var attacker : attackers) {
            attacker.join(10_000);
        }

        assertThat(asked).isPositive();
        assertThat(heap() - before).isLessThan(64L << 20);
    }

    private static int ask(HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/livez"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Comes again each time that it is thrown out. */
    private static Thread attacker(Flood flood, AtomicBoolean goOn) {
        var thread = new Thread(
                () -> {
                    while (goOn.get()) {
                        attack(flood, goOn);
                    }
                },
                "attacker");
        thread.setDaemon(true);
        return thread;
    }

    private static void attack(Flood flood, AtomicBoolean goOn) {
        try (var socket = (SSLSocket) server.tls().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            var out = socket.getOutputStream();
            out.write(joined(PREFACE, frame(SETTINGS, 0, 0, new byte[0])));
            for (int stream = 1; goOn.get() && stream < Integer.MAX_VALUE - 2; stream += 2) {
                out.write(flood.frames(stream));
            }
        } catch (IOException thrownOut) {
            Thread.onSpinWait();
        }
    }

    private static byte[] request(int stream, int flags) {
        return frame(HEADERS, END_HEADERS | flags, stream, head());
    }

    /** GET https /livez of localhost, in HPACK: three entries of the static table or with its names, and one literal. */
    private static byte[] head() {
        return joined(
                new byte[] {(byte) 0x82, (byte) 0x87, 0x04, 6},
                "/livez".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x01, 9},
                "localhost".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
