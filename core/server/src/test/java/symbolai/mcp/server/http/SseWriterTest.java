package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.mcp.ServerEvent;

/** Security row 27: how long one client may leave how much unread; the ticks are those of the test. */
class SseWriterTest {

    private static final int EVENT = 20_000;
    private static final int SMALL = 4096;
    private static final int TICKS = 6;
    /** As much as a client may leave unread for some time, and not a burst. */
    private static final int MANY = 30;

    private final AtomicInteger cut = new AtomicInteger();
    private final CompletableFuture<SseWriter> opened = new CompletableFuture<>();
    private final Vertx vertx = Vertx.vertx();
    private final Ticker ticker = new Ticker(vertx);
    private final Socket socket = new Socket();
    private Context context;
    private SseWriter writer;

    @BeforeEach
    void connect() throws Exception {
        var server = await(vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(SMALL))
                .requestHandler(this::open)
                .listen(0, "127.0.0.1"));
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        writer = opened.get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        await(vertx.close());
    }

    private void open(HttpServerRequest request) {
        context = vertx.getOrCreateContext();
        request.response().setChunked(true);
        var opening = new SseWriter(context, request, ticker, cut::incrementAndGet);
        opening.begin();
        opened.complete(opening);
    }

    @Test
    void row27WhoReadsNothingIsCutOffAfterSomeTicks() {
        send(MANY);

        tick(TICKS - 1);
        assertThat(cut).hasValue(0);
        tick(1);
        assertThat(cut).hasValue(1);
    }

    @Test
    void row27WhoReadsALittleNowAndThenIsCutOffToo() throws IOException {
        send(MANY);

        for (int i = 0; i < TICKS; i++) {
            assertThat(cut).hasValue(0);
            read(3 * EVENT);
            send(3);
            tick(1);
        }

        assertThat(cut).hasValue(1);
    }

    @Test
    void row27WhoCatchesUpIsNotCutOff() throws IOException {
        for (int i = 0; i < 2; i++) {
            send(MANY);
            tick(TICKS - 1);
            read(MANY * EVENT);
        }
        tick(TICKS);

        assertThat(cut).hasValue(0);
    }

    private void send(int events) {
        var event = ServerEvent.message(Buffer.buffer("x".repeat(EVENT)));
        for (int i = 0; i < events; i++) {
            writer.send(event);
        }
        settle();
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            ticker.remind();
            settle();
        }
    }

    /** Reads so much, and waits until the server knows how much of what it wrote is gone. */
    private void read(int bytes) throws IOException {
        assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
        settle();
    }

    /** Everything that the event loop was given before is done. */
    private void settle() {
        var done = new CompletableFuture<Void>();
        context.runOnContext(now -> done.complete(null));
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static <T> T await(Future<T> future) {
        return future.timeout(20, TimeUnit.SECONDS).await();
    }
}
