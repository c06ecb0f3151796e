package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Family;

/** Downloads: to REST only, as fast as the client reads, and never half of one that looks whole. */
class RestDownloadTest {

    private static final Buffer CHUNK = Buffer.buffer("0123456789abcdef".repeat(4096));
    private static final int HUGE = 100_000;

    @TempDir
    static Path folder;

    private static final AtomicReference<ChunkStream> last = new AtomicReference<>();
    private static final Lease lease = new Lease();
    private static TestServer server;
    private static McpClient admin;
    private static RestClient rest;
    private static RawHttp raw;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        admin = server.admin();
        rest = new RestClient(admin);
        raw = new RawHttp(server.server().port());
        publish(lease);
    }

    private static void publish(Lease under) {
        server.server()
                .catalogs()
                .publish(new Family(
                        "probe",
                        "1",
                        List.of(
                                tool("probe_file", 50, false),
                                tool("probe_huge", HUGE, false),
                                tool("probe_broken", 3, true),
                                tool("probe_rude", 1, false)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        under));
    }

    private static Tool tool(String name, int chunks, boolean fails) {
        return Tool.named(name)
                .description("Gives a file.")
                .annotations(ToolAnnotations.READ_ONLY)
                .rest(RestBinding.get(name.replace('_', '/')))
                .handler(call -> answer(call, chunks, fails));
    }

    private static Future<ToolOutcome> answer(ToolCall call, int chunks, boolean fails) {
        if (!call.takesStream() && !call.tool().equals("probe_rude")) {
            return Future.succeededFuture(ToolResult.json(new JsonObject().put("bytes", chunks * CHUNK.length())));
        }
        var stream = new ChunkStream(CHUNK, chunks, fails);
        last.set(stream);
        return Future.succeededFuture(new Streamed("application/sql", "räche \"x\".sql", stream));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDownloadIsStreamedWhole() {
        var answer = rest.get("probe/file?download=true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .hasSize(50 * CHUNK.length())
                .isEqualTo(CHUNK.toString().repeat(50));
        assertThat(answer.header("Content-Type")).isEqualTo("application/sql");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"r_che _x_.sql\"; filename*=UTF-8''r%C3%A4che%20%22x%22.sql");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/octet-stream|application/sql",
                "application/octet-stream, application/json;q=0.5|application/sql",
                "application/json, application/octet-stream;q=0.5|application/json",
                "application/json, application/octet-stream|application/json",
                "application/octet-stream;q=0|application/json",
                "*/*|application/json",
                "text/html|application/json",
            })
    void theAcceptHeaderChooses(String accept, String type) {
        assertThat(rest.with("Accept", accept).get("probe/file").header("Content-Type"))
                .isEqualTo(type);
    }

    @Test
    void anMcpClientNeverGetsAStream() {
        var session = new ModernSession(admin);

        assertThat(session.call("probe_file", new JsonObject()).result().getJsonObject("structuredContent"))
                .isEqualTo(new JsonObject().put("bytes", 50 * CHUNK.length()));
        assertThat(session.call("probe_rude", new JsonObject()).errorCode()).isEqualTo(-32603);
        assertThat(last.get().closed).isTrue();
    }

    @Test
    void aClientThatDoesNotReadIsNotSentMore() throws IOException {
        try (var socket = ask("probe/huge?download=true")) {
            Awaitility.await()
                    .until(() -> last.get() != null
                            && last.get().paused.get()
                            && last.get().given.get() > 0);

            assertThat(last.get().given.get()).isLessThan(HUGE / 2);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesClosesTheStream() throws IOException {
        try (var socket = ask("probe/huge?download=true")) {
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }

        Awaitility.await().until(() -> last.get().closed.get());
    }

    @Test
    void aDownloadThatBreaksDoesNotLookComplete() throws IOException {
        try (var socket = ask("probe/broken?download=true")) {
            var bytes = socket.getInputStream().readAllBytes();
            var end = new String(bytes, Math.max(0, bytes.length - 7), Math.min(7, bytes.length));

            assertThat(bytes.length).isGreaterThan(CHUNK.length());
            assertThat(end).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aSwapWaitsForTheDownload() throws IOException {
        var next = new Lease();
        try (var socket = ask("probe/huge?download=true")) {
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
            publish(next);
            var drained = lease.close();

            assertThat(rest.get("probe/file").status()).isEqualTo(200);
            assertThat(drained.isComplete()).isFalse();
            socket.close();
            Awaitility.await().until(drained::isComplete);
        }
    }

    private static Socket ask(String path) throws IOException {
        last.set(null);
        var socket = raw.open();
        RawHttp.write(
                socket,
                "GET /api/mcp/" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + admin.header("Authorization") + "\r\n\r\n");
        return socket;
    }
}
