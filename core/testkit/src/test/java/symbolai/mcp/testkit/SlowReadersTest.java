package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Security row 27: clients that open streams and never read them, while their tools never stop talking. */
class SlowReadersTest {

    private static final int CLIENTS = Boolean.getBoolean("long") ? 1000 : 200;
    private static final int EVENT = 20_000;
    /** What may wait for one client at most: what one burst may be, and the event with which it was too much. */
    private static final int MOST_UNREAD = (1 << 20) + EVENT + 1000;

    private static final int SMALL = 4096;

    @TempDir
    Path folder;

    private final Queue<Integer> unread = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getMessage().equals("slow reader cut off")) {
                unread.add((Integer) event.getKeyValuePairs().get(0).value);
            }
        }
    };
    private TestServer server;

    @BeforeEach
    void start() {
        appender.start();
        logger().addAppender(appender);
        server = TestServer.start(folder, List.of(), config -> config);
        new Probe(server)
                .publish(
                        Probe.tool("probe_chatter", this::chatter),
                        Probe.tool("probe_nothing", call -> Future.succeededFuture(ToolResult.text("done"))));
    }

    @AfterEach
    void stop() {
        logger().detachAppender(appender);
        server.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("symbolai.mcp.server.http.SseWriter");
    }

    @Test
    void row27ClientsThatDoNotReadAreCutOffAndOthersAreAnswered() throws IOException {
        var admin = server.client("ada", Role.ADMIN);
        var honest = new ModernSession(admin);
        assertThat(honest.call("probe_nothing", new JsonObject()).status()).isEqualTo(200);
        var before = heap();

        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                sockets.add(deaf(admin));
                if (i % 20 == 0) {
                    assertThat(honest.call("probe_nothing", new JsonObject()).status())
                            .isEqualTo(200);
                }
            }
            Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> cancelled.get() == CLIENTS);

            assertThat(unread).hasSize(CLIENTS).allMatch(bytes -> bytes <= MOST_UNREAD);
            assertThat(honest.call("probe_nothing", new JsonObject()).status()).isEqualTo(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(heap() - before).isLessThan(16L << 20));
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** Has little room for what comes, and never looks at it. */
    private Socket deaf(McpClient client) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress("127.0.0.1", server.server().port()));
        var meta = new JsonObject().put("io.modelcontextprotocol/logLevel", "info");
        var message = new ModernSession(client)
                .message(
                        "tools/call",
                        new JsonObject().put("name", "probe_chatter").put("_meta", meta))
                .encode();
        RawHttp.write(
                socket,
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + client.header("Authorization")
                        + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: probe_chatter"
                        + "\r\nContent-Length: " + message.length() + "\r\n\r\n" + message);
        return socket;
    }

    private Future<ToolOutcome> chatter(ToolCall call) {
        call.cancellation().onCancel(cancelled::incrementAndGet);
        chat(call, Vertx.currentContext().owner());
        return Promise.<ToolOutcome>promise().future();
    }

    private static void chat(ToolCall call, Vertx vertx) {
        if (!call.cancellation().isCancelled()) {
            call.log().log(CallLog.Level.INFO, "x".repeat(EVENT));
            vertx.setTimer(5, fired -> chat(call, vertx));
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
