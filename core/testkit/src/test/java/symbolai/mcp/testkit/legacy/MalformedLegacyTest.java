package symbolai.mcp.testkit.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.testkit.LegacySession;
import symbolai.mcp.testkit.McpClient;
import symbolai.mcp.testkit.TestServer;

/** Messages that are wrong, in every era that begins with initialize: the exact code, never a 5xx, and the next message is served. */
class MalformedLegacyTest {

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

    static Stream<Arguments> messages() {
        return Stream.of(
                row("nothing", "", -32700),
                row("white space", "  \n ", -32700),
                row("words", "hello", -32700),
                row("half an object", "{\"jsonrpc\":\"2.0\",\"id\":1", -32700),
                row("a comma too many", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",}", -32700),
                row("single quotes", "{'jsonrpc':'2.0'}", -32700),
                row("a comment", "/* */{}", -32700),
                row("two objects", "{}{}", -32700),
                row("NaN", "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"}", -32700),
                row("very deep", "[".repeat(2000) + "]".repeat(2000), -32700),
                row("a text", "\"ping\"", -32600),
                row("a number", "42", -32600),
                row("true", "true", -32600),
                row("null", "null", -32600),
                row("an empty object", "{}", -32600),
                row("an empty batch", "[]", -32600),
                row("no jsonrpc", "{\"id\":1,\"method\":\"ping\"}", -32600),
                row("jsonrpc 1.0", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600),
                row("jsonrpc as a number", "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}", -32600),
                row("jsonrpc null", "{\"jsonrpc\":null,\"id\":1,\"method\":\"ping\"}", -32600),
                row("an id that is null", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600),
                row("an id that is an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600),
                row("an id that is an array", "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}", -32600),
                row("an id that is true", "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}", -32600),
                row("an id with a fraction", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32600),
                row("an id that is huge", "{\"jsonrpc\":\"2.0\",\"id\":1e400,\"method\":\"ping\"}", -32600),
                row("no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", -32600),
                row("an empty method", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}", -32600),
                row("a method that is a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", -32600),
                row("a method that is null", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}", -32600),
                row("params as an array", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}", -32600),
                row("params as text", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}", -32600),
                row("params as a number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":1}", -32600),
                row(
                        "a method and a result",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}",
                        -32600),
                row(
                        "a result and an error",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{\"code\":1,\"message\":\"\"}}",
                        -32600),
                row("a result that is an array", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}", -32600),
                row("a result without an id", "{\"jsonrpc\":\"2.0\",\"result\":{}}", -32600),
                row("an error that is text", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}", -32600),
                row("an error without a code", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"message\":\"\"}}", -32600),
                row("a method twice", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"x\"}", -32600));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aMessageThatIsNoneIs400(String what, String body, int code) {
        for (var version : List.of("2025-03-26", "2025-06-18", "2025-11-25")) {
            var session = LegacySession.open(server.client(), version);

            var answer = session.client().post(Buffer.buffer(body));

            assertThat(answer.status()).as(version).isEqualTo(400);
            assertThat(answer.errorCode()).as(version).isEqualTo(code);
            assertThat(session.send("ping", new JsonObject()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void in2024ItIs400Too(String what, String body, int code) {
        try (var stream = server.client().open()) {
            McpClient messages = server.client().at(stream.next().data());

            var answer = messages.post(Buffer.buffer(body));
            messages.post(messages.message("ping", new JsonObject()));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo(code);
            assertThat(stream.response().getJsonObject("result")).isEqualTo(new JsonObject());
        }
    }

    private static Arguments row(String what, String body, int code) {
        return Arguments.of(what, body, code);
    }
}
