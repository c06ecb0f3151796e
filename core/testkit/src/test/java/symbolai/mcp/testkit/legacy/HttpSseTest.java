package symbolai.mcp.testkit.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.testkit.EventStream;
import symbolai.mcp.testkit.McpClient;
import symbolai.mcp.testkit.TestServer;

/** HTTP+SSE of 2024-11-05, through the whole server. */
class HttpSseTest {

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.open(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/mcp/sse", "/api/mcp", "/mcp"})
    void aClientOfThatTimeCallsATool(String path) {
        try (var stream = server.client().at(path).open()) {
            var messages = endpoint(server.client(), stream);
            initialize(messages, "{}");
            stream.response();

            var accepted = messages.post(messages.message(
                    "tools/call",
                    new JsonObject().put("name", "test_simple_text").put("arguments", new JsonObject())));

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.body()).isEmpty();
            assertThat(stream.headers().get("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.response().encode()).contains("This is a simple text response for testing.");
        }
    }

    @Test
    void aClientThatAcceptsAnythingGetsAStream() {
        try (var stream = server.client().with("Accept", "*/*").open()) {
            assertThat(stream.next().name()).isEqualTo("endpoint");
        }
    }

    @Test
    void theUserIsAskedOnTheStream() {
        try (var stream = server.client().open()) {
            var messages = endpoint(server.client(), stream);
            initialize(messages, "{\"roots\":{}}");
            stream.response();

            messages.post(messages.message(
                    "tools/call",
                    new JsonObject()
                            .put("name", "test_input_required_result_list_roots")
                            .put("arguments", new JsonObject())));
            var question = stream.notification("roots/list");
            messages.post(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("id", question.getValue("id"))
                    .put("result", new JsonObject("{\"roots\":[{\"uri\":\"file:///work\"}]}")));

            assertThat(stream.response().encode()).contains("file:///work");
        }
    }

    @Test
    void theEndOfTheStreamIsTheEndOfTheSession() {
        var stream = server.client().open();
        var messages = endpoint(server.client(), stream);
        initialize(messages, "{}");
        stream.response();

        stream.close();

        org.awaitility.Awaitility.await()
                .until(() -> messages.post(messages.message("ping", new JsonObject()))
                                .status()
                        == 404);
    }

    private static void initialize(McpClient messages, String capabilities) {
        messages.post(messages.message(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", "2024-11-05")
                        .put("capabilities", new JsonObject(capabilities))
                        .put("clientInfo", new JsonObject().put("name", "old").put("version", "1"))));
    }

    private static McpClient endpoint(McpClient client, EventStream stream) {
        return client.at(stream.next(event -> event.name().equals("endpoint")).data());
    }
}
