package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
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
    private static final int LONGEST_URI = 2048;

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

    /** One on each of the streams on which the server speaks of its own accord. */
    @Test
    void row27StreamsThatNobodyReadsAreCutOffInEveryEra() throws IOException {
        var admin = server.client("ada", Role.ADMIN);
        var uri = "probe://" + "x".repeat(LONGEST_URI - 8);
        try (var of2024 = socket();
                var of2025 = socket();
                var of2026 = socket()) {
            RawHttp.write(of2024, get(admin, ""));
            follow(admin, endpoint(of2024), uri);
            RawHttp.write(of2025, get(admin, follow(admin, uri)));
            RawHttp.write(of2026, listen(admin, uri));

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                for (int i = 0; i < 100; i++) {
                    server.server().catalogs().resourceUpdated(uri);
                }
                assertThat(unread).hasSize(3);
            });
        }

        assertThat(unread).allMatch(bytes -> bytes <= MOST_UNREAD);
    }

    private static String get(McpClient client, String more) {
        return "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: "
                + client.header("Authorization") + "\r\n" + more + "\r\n";
    }

    /** Where the stream of 2024 says that messages go; not a byte more is read. */
    private static String endpoint(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().matches("(?s).*\ndata: \\S+\n")) {
            text.append((char) socket.getInputStream().read());
        }
        return text.substring(text.indexOf("\ndata: ") + 7).strip();
    }

    private static void follow(McpClient client, String endpoint, String uri) {
        var messages = client.at(endpoint);
        messages.post(messages.message(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", "2024-11-05")
                        .put("capabilities", new JsonObject())
                        .put("clientInfo", new JsonObject().put("name", "old").put("version", "1"))));
        messages.post(new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        messages.post(messages.message("resources/subscribe", new JsonObject().put("uri", uri)));
    }

    /** Follows the resource in a session of 2025, whose headers these are. */
    private static String follow(McpClient client, String uri) {
        var session = LegacySession.open(client, "2025-06-18");
        session.send("resources/subscribe", new JsonObject().put("uri", uri));
        return "Mcp-Session-Id: " + session.id() + "\r\nMCP-Protocol-Version: 2025-06-18\r\n";
    }

    private static String listen(McpClient client, String uri) {
        var wanted = new JsonObject().put("resourceSubscriptions", new JsonArray().add(uri));
        return post(client, "subscriptions/listen", "", new JsonObject().put("notifications", wanted));
    }

    /** Calls, and never looks at what comes. */
    private Socket deaf(McpClient client) throws IOException {
        var socket = socket();
        var meta = new JsonObject().put("io.modelcontextprotocol/logLevel", "info");
        var params = new JsonObject().put("name", "probe_chatter").put("_meta", meta);
        RawHttp.write(socket, post(client, "tools/call", "Mcp-Name: probe_chatter\r\n", params));
        return socket;
    }

    /** Has little room for what comes. */
    private Socket socket() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress("127.0.0.1", server.server().port()));
        return socket;
    }

    private static String post(McpClient client, String method, String more, JsonObject params) {
        var message = new ModernSession(client).message(method, params).encode();
        return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + client.header("Authorization")
                + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + method + "\r\n" + more
                + "Content-Length: " + message.length() + "\r\n\r\n" + message;
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
