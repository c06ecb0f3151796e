package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.store.SessionRow;
import symbolai.mcp.server.tools.Family;

class StreamableSessionTest {

    private static final String V03 = "2025-03-26";
    private static final String V06 = "2025-06-18";
    private static final String V11 = "2025-11-25";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    @TempDir
    Path folder;

    private McpHouse house;

    @BeforeEach
    void open() {
        house = new McpHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void initializeGivesASession() {
        var reply = new FakeClient(house, McpHouse.caller("ada")).begin(V06, "{}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers.get("Mcp-Session-Id")).matches("[\\x21-\\x7E]+");
        assertThat(reply.json().getJsonObject("result").getString("protocolVersion"))
                .isEqualTo(V06);
        assertThat(house.legacy.inMemory()).isZero();
    }

    @Test
    void initializeWithAStaleIdGivesAFreshSession() {
        var client = new FakeClient(house, McpHouse.caller("ada")).with("Mcp-Session-Id", "of-an-older-server");

        var reply = client.begin(V11, "{}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(client.post(PING).json()).isEqualTo(new JsonObject("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}"));
    }

    @Test
    void initializeWithWrongParamsIsAnErrorWithoutASession() {
        var reply = new FakeClient(house, McpHouse.caller("ada"))
                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":1}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.errorCode()).contains(-32602);
        assertThat(reply.headers).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "POST without a session",
                        400,
                        c -> c.without("Mcp-Session-Id").post(PING)),
                refusal(
                        "POST to no session of ours",
                        404,
                        c -> c.with("Mcp-Session-Id", "x").post(PING)),
                refusal(
                        "POST to somebody else's",
                        404,
                        c -> c.as(McpHouse.caller("eve")).post(PING)),
                refusal(
                        "POST of an unknown version",
                        400,
                        c -> c.with("MCP-Protocol-Version", "2031-01-01").post(PING)),
                refusal(
                        "POST of a version without sessions",
                        400,
                        c -> c.with("MCP-Protocol-Version", "2026-07-28").post(PING)),
                refusal(
                        "POST of nonsense as version",
                        400,
                        c -> c.with("MCP-Protocol-Version", "new").post(PING)),
                refusal("POST to an ended session", 404, c -> {
                    c.delete().status();
                    return c.post(PING);
                }),
                refusal(
                        "GET of no session of ours",
                        404,
                        c -> c.with("Mcp-Session-Id", "x").get()),
                refusal(
                        "GET of somebody else's",
                        404,
                        c -> c.as(McpHouse.caller("eve")).get()),
                refusal("GET of an ended session", 404, c -> {
                    c.delete().status();
                    return c.get();
                }),
                refusal(
                        "GET without a session by who takes no stream",
                        405,
                        c -> c.without("Mcp-Session-Id")
                                .with("Accept", "application/json")
                                .get()),
                refusal(
                        "DELETE without a session",
                        400,
                        c -> c.without("Mcp-Session-Id").delete()),
                refusal(
                        "DELETE of no session of ours",
                        404,
                        c -> c.with("Mcp-Session-Id", "x").delete()),
                refusal(
                        "DELETE of somebody else's",
                        404,
                        c -> c.as(McpHouse.caller("eve")).delete()),
                refusal("DELETE again", 404, c -> {
                    c.delete().status();
                    return c.delete();
                }));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("refusals")
    void pitfall2RefusalsAreJsonErrorsBeforeAnyStream(
            String what, int status, Function<FakeClient, FakeReply> request) {
        var reply = request.apply(FakeClient.begun(house, V11, "{}"));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.isStream).isFalse();
        assertThat(reply.errorCode()).contains(-32000);
        assertThat(reply.headers.containsKey("Allow")).isEqualTo(status == 405);
    }

    @Test
    void aRefusalEchoesTheIdOfTheRequest() {
        var reply = new FakeClient(house, McpHouse.caller("ada"))
                .with("Mcp-Session-Id", "gone")
                .post(PING);

        assertThat(reply.json().getInteger("id")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {V03, V06, V11})
    void pitfall6NotificationsAndResponsesAreAcceptedWithNothing(String version) {
        var client = FakeClient.begun(house, version, "{}");

        for (var message : List.of(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nobody/knows\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"nobody asked\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":-1,\"message\":\"no\"}}")) {
            var reply = client.post(message);

            assertThat(reply.status()).as(message).isEqualTo(202);
            assertThat(reply.body).isEmpty();
        }
    }

    @Test
    void aSessionGoesOnAfterARestart() {
        var client = FakeClient.begun(house, V06, "{}");
        client.send("logging/setLevel", new JsonObject().put("level", "debug")).status();
        client.send("resources/subscribe", new JsonObject().put("uri", "test://a"))
                .status();

        house.restart();

        client.wake();
        var listening = client.get();
        assertThat(listening.status()).isEqualTo(200);
        house.catalogs.resourceUpdated("test://a");
        assertThat(listening.events.methods()).containsExactly("notifications/resources/updated");
        var told = client.call("house_tell");
        await().until(() -> !told.events.isOpen());
        assertThat(told.events.methods())
                .filteredOn("notifications/message"::equals)
                .hasSize(2);
    }

    @Test
    void anEndedSessionStaysEndedAfterARestart() {
        var client = FakeClient.begun(house, V06, "{}");
        assertThat(client.delete().status()).isEqualTo(200);

        house.restart();

        assertThat(client.post(PING).status()).isEqualTo(404);
    }

    @Test
    void aSessionExpires() {
        var client = FakeClient.begun(house, V06, "{}");

        house.clock.advance(SessionIds.LIFE);

        assertThat(client.post(PING).status()).isEqualTo(404);
    }

    @Test
    void theSecondStreamReplacesTheFirst() {
        var client = FakeClient.begun(house, V11, "{}");
        var first = client.get();
        first.status();

        var second = client.get();

        assertThat(second.status()).isEqualTo(200);
        assertThat(first.events.isOpen()).isFalse();
        assertThat(second.events.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({V03 + ", 0", V06 + ", 0", V11 + ", 1"})
    void onlyTheNewestVersionIsPrimed(String version, int events) {
        var reply = FakeClient.begun(house, version, "{}").get();
        reply.status();

        assertThat(reply.events.events).hasSize(events);
    }

    @Test
    void oneChangeOfAFamilyIsToldOnce() {
        var client = FakeClient.begun(house, V06, "{}");
        var listening = client.get();
        listening.status();

        house.catalogs.publish(
                new Family("other", "1", moreTools(), List.of(), List.of(), List.of(), List.of(), new Lease()));

        assertThat(listening.events.methods()).containsExactly("notifications/tools/list_changed");
    }

    @Test
    void whatHappenedWhileNobodyListenedIsToldAfterwards() {
        var client = FakeClient.begun(house, V06, "{}");
        var first = client.get();
        first.status();
        first.events.end();
        house.catalogs.publish(
                new Family("other", "1", moreTools(), List.of(), List.of(), List.of(), List.of(), new Lease()));

        var second = client.get();
        second.status();

        assertThat(second.events.methods()).containsExactly("notifications/tools/list_changed");
    }

    @Test
    void onlyThoseWhoSubscribedAreTold() {
        var client = FakeClient.begun(house, V06, "{}");
        var listening = client.get();
        client.send("resources/subscribe", new JsonObject().put("uri", "test://a"))
                .status();
        client.send("resources/subscribe", new JsonObject().put("uri", "test://b"))
                .status();
        client.send("resources/unsubscribe", new JsonObject().put("uri", "test://b"))
                .status();

        house.catalogs.resourceUpdated("test://a");
        house.catalogs.resourceUpdated("test://b");
        house.catalogs.resourceUpdated("test://c");

        assertThat(listening.events.messages())
                .extracting(message -> message.getJsonObject("params").getString("uri"))
                .containsExactly("test://a");
    }

    @Test
    void nothingButAResponseIsJson() {
        var reply = FakeClient.begun(house, V11, "{}").call("house_echo");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.isStream).isFalse();
        assertThat(reply.json().containsKey("result")).isTrue();
    }

    @Test
    void pitfall5AClientThatTakesOnlyStreamsGetsOne() {
        var client = new FakeClient(house, McpHouse.caller("ada")).with("Accept", "text/event-stream");
        var begun = client.begin(V06, "{}");
        var reply = client.call(5, "house_echo");
        await().until(() -> reply.isStream && !reply.events.isOpen());

        assertThat(begun.isStream).isTrue();
        assertThat(begun.events.messages()).hasSize(1);
        assertThat(reply.events.messages())
                .extracting(message -> message.getInteger("id"))
                .containsExactly(5);
        assertThat(client.cancel(1).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/html", "application/*"})
    void pitfall5AnyAcceptIsAnswered(String accept) {
        var client = new FakeClient(house, McpHouse.caller("ada")).with("Accept", accept);
        client.begin(V06, "{}");

        var reply = client.call("house_echo");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().containsKey("result")).isTrue();
    }

    @Test
    void progressGoesUpAndEchoesItsToken() {
        var client = FakeClient.begun(house, V11, "{}");
        var params = new JsonObject()
                .put("name", "house_tell")
                .put("arguments", new JsonObject())
                .put("_meta", new JsonObject().put("progressToken", "t-1"));

        var reply = client.send("tools/call", params);

        await().until(() -> reply.isStream && !reply.events.isOpen());
        var progress = reply.events.messages().stream()
                .filter(message -> "notifications/progress".equals(message.getString("method")))
                .map(message -> message.getJsonObject("params"))
                .toList();
        assertThat(progress)
                .extracting(params1 -> params1.getInteger("progress"))
                .containsExactly(1, 2, 3);
        assertThat(progress)
                .extracting(params1 -> params1.getString("progressToken"))
                .containsOnly("t-1");
        var last = reply.events.messages().get(reply.events.messages().size() - 1);
        assertThat(last.containsKey("result")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"debug, 2", "info, 1", "warning, 1", "error, 0", "emergency, 0"})
    void logsBelowTheLevelAreNotSent(String level, int messages) {
        var client = FakeClient.begun(house, V06, "{}");
        client.send("logging/setLevel", new JsonObject().put("level", level)).status();

        var reply = client.call("house_tell");
        reply.status();

        await().until(() -> !reply.isStream || !reply.events.isOpen());
        assertThat(reply.events.methods()).hasSize(messages);
    }

    @Test
    void pitfall4ASlowAnswerBeginsAStream() {
        var client = FakeClient.begun(house, V11, "{}");
        var reply = client.call("house_wait");
        assertThat(reply.isBegun()).isFalse();

        reply.becomeSlow();
        house.tools.open();

        await().until(() -> !reply.events.isOpen());
        assertThat(reply.events.data()).hasSize(2).first().isEqualTo("");
    }

    @Test
    void aCancelledCallIsNotAnswered() {
        var client = FakeClient.begun(house, V11, "{}");
        var streaming = client.call(1, "house_wait");
        var waiting = client.call(2, "house_wait");
        streaming.becomeSlow();
        await().until(() -> streaming.isStream && house.tools.waiting.get() == 2);

        client.cancel(1);
        client.cancel(2);
        house.tools.open();

        assertThat(waiting.status()).isEqualTo(202);
        await().until(() -> !streaming.events.isOpen());
        assertThat(streaming.events.messages()).isEmpty();
        await().until(() -> house.tools.cancelled.get() == 2);
    }

    @Test
    void aClientThatGoesAwayHasNotCancelled() {
        var client = FakeClient.begun(house, V11, "{}");
        var reply = client.call(1, "house_wait");
        reply.becomeSlow();
        await().until(() -> reply.isStream);
        reply.events.end();

        house.tools.open();
        var resumed = client.resume(reply.events.lastId());

        await().until(() -> resumed.isStream && !resumed.events.isOpen());
        assertThat(house.tools.cancelled).hasValue(0);
        assertThat(resumed.events.messages())
                .extracting(message -> message.getInteger("id"))
                .containsExactly(1);
    }

    @Test
    void resumptionIsOfThatStreamOnly() {
        var client = FakeClient.begun(house, V06, "{}");
        var own = client.get();
        own.status();
        var one = client.call(1, "house_tell");
        var two = client.call(2, "house_tell");
        await().until(() -> one.isStream && !one.events.isOpen() && two.isStream && !two.events.isOpen());

        var resumed = client.resume(one.events.ids().get(0));

        await().until(() -> resumed.isStream && !resumed.events.isOpen());
        assertThat(resumed.events.ids())
                .containsExactlyElementsOf(
                        one.events.ids().subList(1, one.events.ids().size()));
        assertThat(own.events.isOpen()).isTrue();
    }

    @Test
    void aForeignEventIdGetsAFreshStream() {
        var client = FakeClient.begun(house, V06, "{}");
        var told = client.call(1, "house_tell");
        await().until(() -> told.isStream && !told.events.isOpen());
        var other = FakeClient.begun(house, V06, "{}");
        var before = told.events.ids().get(0);

        var atAnother = other.resume(before);
        house.restart();
        client.wake();
        var afterRestart = client.resume(before);
        var nonsense = client.resume("not an id of ours");

        for (var reply : List.of(atAnother, nonsense)) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.events.events).isEmpty();
        }
        assertThat(afterRestart.status()).isEqualTo(200);
        assertThat(afterRestart.events.events).isEmpty();
        assertThat(nonsense.events.isOpen()).isTrue();
    }

    @Test
    void eventIdsAreUniqueInASession() {
        var client = FakeClient.begun(house, V06, "{}");
        var own = client.get();
        var one = client.call(1, "house_tell");
        var two = client.call(2, "house_tell");
        house.catalogs.publish(
                new Family("other", "1", moreTools(), List.of(), List.of(), List.of(), List.of(), new Lease()));
        await().until(() -> one.isStream && !one.events.isOpen() && two.isStream && !two.events.isOpen());

        var ids = Stream.of(own, one, two)
                .flatMap(reply -> reply.events.ids().stream())
                .toList();

        assertThat(ids).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
    }

    @Test
    void anIdleSessionTakesNoMemoryAndGoesOn() {
        var client = FakeClient.begun(house, V06, "{}");
        client.post(PING).status();
        assertThat(house.legacy.inMemory()).isEqualTo(1);

        house.clock.advance(StreamableSessions.IDLE.plusSeconds(1));
        house.legacy.tick();

        assertThat(house.legacy.inMemory()).isZero();
        assertThat(client.post(PING).status()).isEqualTo(200);
    }

    @Test
    void whatWasStoredOfExpiredSessionsIsRemovedWhileTheServerRuns() {
        long soon = house.clock.instant().plus(Duration.ofHours(2)).toEpochMilli();
        McpHouse.done(house.sessions.put(new SessionRow("old", true, "", List.of(), soon)));

        house.clock.advance(Duration.ofMinutes(90));
        house.legacy.tick();
        assertThat(McpHouse.done(house.sessions.get("old"))).isPresent();
        house.clock.advance(Duration.ofMinutes(90));
        house.legacy.tick();

        await().until(() -> McpHouse.done(house.sessions.get("old")).isEmpty());
    }

    @Test
    void aSessionThatListensIsNeverForgotten() {
        var client = FakeClient.begun(house, V06, "{}");
        var listening = client.get();
        listening.status();

        house.clock.advance(Duration.ofDays(3));
        house.legacy.tick();

        assertThat(house.legacy.inMemory()).isEqualTo(1);
        assertThat(listening.events.isOpen()).isTrue();
        listening.events.end();
        house.legacy.tick();
        assertThat(house.legacy.inMemory()).isZero();
    }

    @Test
    void aSessionWithACallIsNeverForgotten() {
        var client = FakeClient.begun(house, V06, "{}");
        var reply = client.call(1, "house_wait");
        await().until(() -> house.legacy.inMemory() == 1);

        house.clock.advance(Duration.ofHours(1));
        house.legacy.tick();
        house.tools.open();

        assertThat(reply.json().containsKey("result")).isTrue();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                row("unknown/method", "{}", -32601),
                row("server/discover", "{}", -32601),
                row("subscriptions/listen", "{}", -32601),
                row("tasks/get", "{\"taskId\":\"t\"}", -32601),
                row("initialize", "{\"protocolVersion\":\"2025-11-25\"}", 0),
                row("logging/setLevel", "{}", -32602),
                row("logging/setLevel", "{\"level\":\"loud\"}", -32602),
                row("logging/setLevel", "{\"level\":\"INFO\"}", -32602),
                row("logging/setLevel", "{\"level\":3}", -32602),
                row("logging/setLevel", "{\"level\":null}", -32602),
                row("resources/subscribe", "{}", -32602),
                row("resources/subscribe", "{\"uri\":[]}", -32602),
                row("resources/subscribe", "{\"uri\":\"a\\nb\"}", -32602),
                row("resources/subscribe", "{\"uri\":\"" + "x".repeat(3000) + "\"}", -32602),
                row("resources/unsubscribe", "{}", -32602),
                row("resources/unsubscribe", "{\"uri\":7}", -32602),
                row("resources/read", "{}", -32602),
                row("resources/read", "{\"uri\":\"test://nothing\"}", -32002),
                row("tools/call", "{}", -32602),
                row("tools/call", "{\"name\":7}", -32602),
                row("tools/call", "{\"name\":\"nobody\"}", -32602),
                row("tools/call", "{\"name\":\"house_echo\",\"arguments\":[]}", -32602),
                row("tools/list", "{\"cursor\":\"nonsense\"}", -32602),
                row("tools/list", "{\"cursor\":7}", -32602),
                row("prompts/list", "{\"cursor\":\"nonsense\"}", -32602),
                row("prompts/get", "{}", -32602),
                row("prompts/get", "{\"name\":\"nobody\"}", -32602),
                row("completion/complete", "{}", -32602),
                row("completion/complete", "{\"ref\":{\"type\":\"ref/nothing\"}}", -32602));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("malformed")
    void wrongRequestsGetTheExactCodeInEveryVersion(String method, String params, int code) {
        for (var version : List.of(V03, V06, V11)) {
            var reply = FakeClient.begun(house, version, "{}").send(method, new JsonObject(params));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.errorCode().orElse(0)).as(version + reply.body).isEqualTo(code);
        }
    }

    @Test
    void anIdInUseIsRefused() {
        var client = FakeClient.begun(house, V06, "{}");
        var first = client.call("same", "house_wait");

        var second = client.call("same", "house_echo");

        assertThat(second.errorCode()).contains(-32600);
        house.tools.open();
        assertThat(first.json().containsKey("result")).isTrue();
    }

    @Test
    void thereIsALimitToSubscriptions() {
        var client = FakeClient.begun(house, V06, "{}");
        for (var i = 0; i < 500; i++) {
            assertThat(client.send("resources/subscribe", new JsonObject().put("uri", "test://" + i))
                            .errorCode())
                    .isEmpty();
        }

        var reply = client.send("resources/subscribe", new JsonObject().put("uri", "test://one-more"));

        assertThat(reply.errorCode()).contains(-32602);
    }

    @Test
    void aBatchIsAnsweredByABatch() {
        var client = FakeClient.begun(house, V03, "{}");

        var reply = client.post("""
                [{"jsonrpc":"2.0","id":1,"method":"ping"},
                 {"jsonrpc":"2.0","method":"notifications/initialized"},
                 {"jsonrpc":"2.0","id":"two","method":"nobody/knows"},
                 {"jsonrpc":"2.0","id":3},
                 7,
                 {"jsonrpc":"2.0","id":4,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}]""");

        assertThat(reply.status()).isEqualTo(200);
        var answers =
                new JsonArray(reply.body).stream().map(JsonObject.class::cast).toList();
        assertThat(answers)
                .extracting(answer -> answer.getValue("id") + ":"
                        + answer.getJsonObject("error", new JsonObject()).getInteger("code"))
                .containsExactlyInAnyOrder("1:null", "two:-32601", "3:-32600", "null:-32600", "4:-32600");
    }

    @Test
    void aBatchWithoutRequestsIsAccepted() {
        var reply = FakeClient.begun(house, V03, "{}").post("""
                [{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":1,"result":{}}]""");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.body).isEmpty();
    }

    @Test
    void aBatchMayBecomeAStream() {
        var client = FakeClient.begun(house, V03, "{}");

        var reply = client.post("""
                [{"jsonrpc":"2.0","id":1,"method":"ping"},
                 {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"house_tell","arguments":{}}}]""");

        await().until(() -> reply.isStream && !reply.events.isOpen());
        assertThat(reply.events.messages().stream().filter(message -> message.containsKey("result")))
                .extracting(message -> message.getInteger("id"))
                .containsExactlyInAnyOrder(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {V06, V11})
    void otherVersionsHaveNoBatches(String version) {
        var reply = FakeClient.begun(house, version, "{}").post("[" + PING + "]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).contains(-32600);
    }

    @Test
    void aBatchHasALimit() {
        var reply = FakeClient.begun(house, V03, "{}").post("[" + (PING + ",").repeat(100) + PING + "]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).contains(-32600);
    }

    @Test
    void aBatchWithoutASessionIsInvalid() {
        var reply = new FakeClient(house, McpHouse.caller("ada")).post("[" + PING + "]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).contains(-32600);
    }

    private List<Tool> moreTools() {
        return List.of(
                Tool.named("other_one").description("One. Of three.").handler(call -> null),
                Tool.named("other_two").description("Two. Of three.").handler(call -> null),
                Tool.named("other_three").description("Three. Of three.").handler(call -> null));
    }

    private static Arguments refusal(String what, int status, Function<FakeClient, FakeReply> request) {
        return Arguments.of(what, status, request);
    }

    private static Arguments row(String method, String params, int code) {
        return Arguments.of(method, params, code);
    }
}
