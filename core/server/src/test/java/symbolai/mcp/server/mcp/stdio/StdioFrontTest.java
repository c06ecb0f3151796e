package symbolai.mcp.server.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.tools.Family;

class StdioFrontTest {

    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    @TempDir
    Path folder;

    private final FakeLines lines = new FakeLines();
    private McpHouse house;
    private Future<Void> served;

    @BeforeEach
    void open() {
        house = new McpHouse(folder);
        served = new StdioFront(house.vertx, house.modern, house.legacy).serve(lines, lines, McpHouse.caller("local"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anOldClientShakesHandsAndCalls() {
        initialize("2025-06-18", "{}");

        lines.line(call(2, "house_echo", ""));

        assertThat(lines.response(1).getJsonObject("result").getString("protocolVersion"))
                .isEqualTo("2025-06-18");
        assertThat(lines.response(2).getJsonObject("result").containsKey("content"))
                .isTrue();
    }

    @Test
    void aNewClientNeedsNoHandshake() {
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"server/discover\",\"params\":{" + META + "}}");
        lines.line(call(2, "house_echo", "," + META));

        assertThat(lines.response("d").getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
        assertThat(lines.response(2).getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
    }

    @Test
    void pitfall19InitializeMayFollowDiscover() {
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"server/discover\",\"params\":{" + META + "}}");
        initialize("2025-11-25", "{}");
        lines.line(call(2, "house_echo", ""));

        assertThat(lines.response(0).containsKey("result")).isTrue();
        assertThat(lines.response(2).getJsonObject("result").containsKey("resultType"))
                .isFalse();
    }

    @Test
    void requestsAreAnsweredAsTheyAreDone() {
        initialize("2025-06-18", "{}");

        lines.line(call(2, "house_wait", ""));
        lines.line(call(3, "house_wait", "," + META));
        lines.line(call(4, "house_echo", ""));
        lines.line(call(5, "house_echo", "," + META));

        lines.response(4);
        lines.response(5);
        assertThat(lines.messages()).noneMatch(message -> List.of(2, 3).contains(message.getValue("id")));
        house.tools.open();
        lines.response(2);
        lines.response(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "," + META})
    void aCancelledCallIsNotAnswered(String meta) {
        initialize("2025-06-18", "{}");
        lines.line(call(2, "house_wait", meta));
        await().until(() -> house.tools.waiting.get() == 1);

        lines.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");

        await().until(() -> house.tools.cancelled.get() == 1);
        house.tools.open();
        lines.line(call(3, "house_echo", meta));
        lines.response(3);
        assertThat(lines.messages()).noneMatch(message -> Integer.valueOf(2).equals(message.getValue("id")));
    }

    @Test
    void bothErasHearOfChanges() {
        initialize("2025-06-18", "{}");
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"subscriptions/listen\",\"params\":{" + META
                + ",\"notifications\":{\"toolsListChanged\":true}}}");
        lines.message(message -> "notifications/subscriptions/acknowledged".equals(message.getString("method")));

        house.catalogs.publish(new Family(
                "other",
                "1",
                List.of(Tool.named("other_one").description("One. Of one.").handler(call -> Future.failedFuture("no"))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Lease()));

        var changes = lines.messages()
                .filter(message -> "notifications/tools/list_changed".equals(message.getString("method")))
                .toList();
        assertThat(changes).hasSize(2);
        assertThat(changes)
                .filteredOn(change -> change.encode().contains("subscriptionId"))
                .hasSize(1);
    }

    @Test
    void theServerEndsASubscriptionWithAResult() {
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"subscriptions/listen\",\"params\":{" + META
                + ",\"notifications\":{\"toolsListChanged\":true}}}");

        house.modern.close();

        assertThat(lines.response("l").getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
    }

    @Test
    void theClientIsAsked() {
        initialize("2025-11-25", "{\"elicitation\":{}}");
        lines.line(call(2, "house_ask", ""));
        var question = lines.message(message -> "elicitation/create".equals(message.getString("method")));

        lines.line("{\"jsonrpc\":\"2.0\",\"id\":\"" + question.getString("id")
                + "\",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}");

        assertThat(lines.response(2).encode()).contains("Ada");
    }

    @Test
    void aBatchIsAnsweredByABatchInItsVersion() {
        initialize("2025-03-26", "{}");

        lines.line(
                "[{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"x\"}]");

        await().until(() -> lines.lines().stream().anyMatch(line -> line.startsWith("[")));
        assertThat(lines.lines()).filteredOn(line -> line.startsWith("[")).hasSize(1);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                row("not JSON", "hello", -32700),
                row("half an object", "{\"jsonrpc\":\"2.0\",\"id\":1,", -32700),
                row("two values", "{} {}", -32700),
                row("wrong UTF-8", "{\"a\":\"\u0000\"}", -32700),
                row("deep", "[".repeat(500) + "]".repeat(500), -32700),
                row("text", "\"ping\"", -32600),
                row("number", "7", -32600),
                row("null", "null", -32600),
                row("true", "true", -32600),
                row("empty object", "{}", -32600),
                row("empty batch", "[]", -32600),
                row("batch", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600),
                row("no version", "{\"id\":1,\"method\":\"ping\"}", -32600),
                row("old version", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600),
                row("version as number", "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}", -32600),
                row("null id", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600),
                row("object as id", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600),
                row("fraction as id", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32600),
                row("true as id", "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}", -32600),
                row("number as method", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600),
                row("empty method", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}", -32600),
                row("array as params", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", -32600),
                row("text as params", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}", -32600),
                row("method and result", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}", -32600),
                row(
                        "result and error",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{\"code\":1,\"message\":\"\"}}",
                        -32600),
                row("array as result", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}", -32600),
                row("text as error", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}", -32600),
                row("before initialize", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", -32600),
                row("unknown before initialize", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}", -32600),
                row("initialize without params", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}", -32602),
                row(
                        "modern with half an envelope",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":"
                                + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}",
                        -32602),
                row(
                        "modern of an unknown version",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                                + META.replace("2026-07-28", "2031-01-01") + "}}",
                        -32022),
                row(
                        "modern, unknown method",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{" + META + "}}",
                        -32601));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedLinesAreAnsweredAndTheNextIsServed(String what, String line, int code) {
        lines.line(line);

        var answer = lines.message(message -> message.containsKey("error"));
        assertThat(answer.getJsonObject("error").getInteger("code"))
                .as(answer.encode())
                .isEqualTo(code);
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}");
        assertThat(lines.response(77).getJsonObject("result")).isEqualTo(new JsonObject());
    }

    @Test
    void aLineThatIsTooLongIsAnswered() {
        lines.line("\"" + "x".repeat(StdioConnection.MAX_LINE) + "\"");
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}");

        lines.response(77);
        assertThat(lines.messages().filter(message -> message.containsKey("error")))
                .extracting(message -> message.getJsonObject("error").getInteger("code"))
                .containsExactly(-32700);
    }

    @Test
    void bytesThatAreNoTextAreAnswered() {
        lines.bytes(Buffer.buffer(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"', '\n'}));

        assertThat(lines.message(message -> message.containsKey("error"))
                        .getJsonObject("error")
                        .getInteger("code"))
                .isEqualTo(-32700);
    }

    @Test
    void emptyLinesAreNothing() {
        lines.line("");
        lines.line("   ");
        lines.line("\r");
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}\r");

        lines.response(77);
        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void whatWasAskedIsAnsweredBeforeTheEnd() {
        initialize("2025-06-18", "{}");
        lines.line(call(2, "house_wait", ""));
        lines.line(call(3, "house_wait", "," + META));
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"subscriptions/listen\",\"params\":{" + META
                + ",\"notifications\":{\"toolsListChanged\":true}}}");

        lines.hangUp();
        assertThat(served.isComplete()).isFalse();
        house.tools.open();

        McpHouse.done(served);
        lines.response(2);
        lines.response(3);
    }

    @Test
    void aBrokenPipeCancelsWhatGoesOn() {
        initialize("2025-06-18", "{}");
        lines.line(call(2, "house_wait", ""));
        lines.line(call(3, "house_wait", "," + META));
        await().until(() -> house.tools.waiting.get() == 2);

        lines.breakOff();

        McpHouse.done(served);
        await().until(() -> house.tools.cancelled.get() == 2);
    }

    @Test
    void nothingIsReadWhileTheClientDoesNotRead() {
        lines.isFull = true;

        lines.line("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}");

        await().until(() -> lines.isPaused);
        lines.drain();
        assertThat(lines.isPaused).isFalse();
    }

    private void initialize(String version, String capabilities) {
        lines.line("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + version + "\",\"capabilities\":" + capabilities
                + ",\"clientInfo\":{\"name\":\"fake\",\"version\":\"1\"}}}");
        lines.response(1);
    }

    private static String call(int id, String tool, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{}" + meta + "}}";
    }

    private static Arguments row(String what, String line, int code) {
        return Arguments.of(what, line, code);
    }
}
