package symbolai.mcp.server.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcCodecTest {

    private final JsonRpcCodec codec = new JsonRpcCodec();

    static Stream<JsonObject> malformed() throws IOException {
        try (var file = JsonRpcCodecTest.class.getResourceAsStream("/malformed-messages.jsonl")) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(JsonObject::new).toList().stream();
        }
    }

    @Test
    void theTableIsLong() throws IOException {
        assertThat(malformed().count()).isGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void row22And23MalformedMessagesHaveAnExactError(JsonObject row) {
        var problem = catchThrowableOfType(JsonRpcException.class, () -> codec.decode(bytes(row)));

        assertThat(problem).as(row.getString("why")).isNotNull();
        assertThat(problem.error().code()).as(row.getString("why")).isEqualTo(row.getInteger("code"));
        assertThat(problem.id().map(String::valueOf))
                .as(row.getString("why"))
                .isEqualTo(Optional.ofNullable(row.getValue("id")).map(String::valueOf));
    }

    static Stream<Arguments> huge() {
        return Stream.of(
                Arguments.of("a depth of 100,000", message("[".repeat(100_000) + "]".repeat(100_000))),
                Arguments.of("a number of 1,000,000 digits", message("9".repeat(1_000_000))),
                Arguments.of("a name of 1,000,000 characters", message("{\"" + "k".repeat(1_000_000) + "\":1}")),
                Arguments.of("a text that does not end", "{\"jsonrpc\":\"" + "x".repeat(LARGEST)),
                Arguments.of("names without values", names(i -> "\"" + i + "\":", LARGEST)),
                Arguments.of("many names", message("{" + names(i -> "\"" + i + "\":1,", LARGEST) + "\"0\":1}")),
                Arguments.of(
                        "names with the same hash",
                        message("{" + names(i -> "\"" + colliding(i) + "\":1,", LARGEST) + "\"" + colliding(0)
                                + "\":1}")));
    }

    /** What the server reads at most; a message of more is refused unread. */
    private static final int LARGEST = 1_000_000;

    private static String message(String value) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"p\":" + value + "}}";
    }

    private static String names(IntFunction<String> name, int length) {
        var all = new StringBuilder();
        for (int i = 0; all.length() < length; i++) {
            all.append(name.apply(i));
        }
        return all.toString();
    }

    /** Texts of twenty characters that all have the same hash code: AaBB and BBAa have. */
    private static String colliding(int number) {
        return IntStream.range(0, 20)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    /** The best of some runs, because the first ones are not compiled yet and other work takes turns with them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("huge")
    void row23AHugeMessageCostsLittle(String what, String text) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var bytes = Buffer.buffer(text);
        var cpu = new ArrayList<Long>();
        var heap = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long started = threads.getCurrentThreadCpuTime();

            var problem = catchThrowableOfType(JsonRpcException.class, () -> codec.decode(bytes));

            cpu.add(threads.getCurrentThreadCpuTime() - started);
            heap.add(threads.getCurrentThreadAllocatedBytes() - allocated);
            assertThat(problem).as(what).isNotNull();
        }
        assertThat(Duration.ofNanos(Collections.min(cpu))).as(what).isLessThan(Duration.ofMillis(50));
        assertThat(Collections.min(heap)).as(what).isLessThan(32L << 20);
    }

    @Test
    void aRequestIsRead() {
        var request = (JsonRpcMessage.Request)
                single("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":null}}");

        assertThat(request.id()).isEqualTo(1L);
        assertThat(request.method()).isEqualTo("m");
        assertThat(request.params()).isEqualTo(new JsonObject().putNull("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775807", "\"\"", "\"a\\u0000b\"", "\"1\""})
    void anIdKeepsItsType(String id) {
        var request = (JsonRpcMessage.Request) single("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}");

        assertThat(codec.result(request.id(), Buffer.buffer("{}")).toJsonObject())
                .isEqualTo(new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}"));
    }

    @Test
    void paramsThatAreNullAreAbsent() {
        var request =
                (JsonRpcMessage.Request) single("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":null}");

        assertThat(request.params()).isEmpty();
    }

    @Test
    void aMessageWithoutAnIdIsANotification() {
        assertThat(single("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"))
                .isEqualTo(new JsonRpcMessage.Notification("notifications/x", new JsonObject()));
    }

    @Test
    void responsesAreRead() {
        assertThat(single("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}"))
                .isEqualTo(new JsonRpcMessage.Response("a", Optional.of(new JsonObject()), Optional.empty()));
        assertThat(single("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-1,\"message\":\"m\"}}"))
                .isEqualTo(new JsonRpcMessage.Response(
                        "", Optional.empty(), Optional.of(new JsonObject("{\"code\":-1,\"message\":\"m\"}"))));
    }

    @Test
    void whatIsNotAmbiguousIsAccepted() {
        var params =
                "{\"pair\":\"\\ud83d\\ude00\",\"name\":1,\"Name\":2,\"n\\u0061me2\":3,\"big\":" + "9".repeat(100) + "}";

        assertThat(((JsonRpcMessage.Request)
                                single("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + params + "}"))
                        .params()
                        .fieldNames())
                .containsExactly("pair", "name", "Name", "name2", "big");
    }

    @Test
    void aBatchKeepsTheOrderOfGoodAndBad() {
        var input = codec.decode(
                Buffer.buffer("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"},7,{\"id\":2,\"method\":\"b\"}]"));

        var elements = ((JsonRpcInput.Batch) input).elements();
        assertThat(elements.get(0)).isInstanceOf(JsonRpcInput.Element.Valid.class);
        assertThat(((JsonRpcInput.Element.Invalid) elements.get(1)).problem().id())
                .isEmpty();
        assertThat(((JsonRpcInput.Element.Invalid) elements.get(2)).problem().id())
                .contains(2L);
    }

    @Test
    void errorsWithoutAnIdHaveNoIdMember() {
        var problem = new JsonRpcException(JsonRpcError.PARSE_ERROR, "no");

        assertThat(codec.error(problem).toJsonObject().fieldNames()).containsExactly("jsonrpc", "error");
    }

    @Test
    void responsesJoinToABatch() {
        assertThat(codec.batch(List.of(Buffer.buffer("{}"), Buffer.buffer("{\"a\":1}")))
                        .toJsonArray())
                .isEqualTo(new JsonArray("[{},{\"a\":1}]"));
    }

    private JsonRpcMessage single(String text) {
        return ((JsonRpcInput.Single) codec.decode(Buffer.buffer(text))).message();
    }

    private static Buffer bytes(JsonObject row) {
        if (row.containsKey("base64")) {
            return Buffer.buffer(Base64.getDecoder().decode(row.getString("base64")));
        }
        var repeat = row.getJsonArray("repeat", new JsonArray().add("").add(0).add(""));
        int times = repeat.getInteger(1);
        return Buffer.buffer(row.getString("text")
                .replace("{*}", repeat.getString(0).repeat(times))
                .replace("{/*}", repeat.getString(2).repeat(times)));
    }
}
