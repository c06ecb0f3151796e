package symbolai.mcp.testkit.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.testkit.EventStream;
import symbolai.mcp.testkit.LegacySession;
import symbolai.mcp.testkit.SseEvent;
import symbolai.mcp.testkit.TestServer;

/** Sessions and streams of 2025, through the whole server. */
class StreamableHttpTest {

    private static final String V03 = "2025-03-26";
    private static final String V06 = "2025-06-18";
    private static final String V11 = "2025-11-25";
    private static final JsonObject NOTHING = new JsonObject();

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
    @ValueSource(strings = {V03, V06, V11})
    void aSessionListsAndCalls(String version) {
        var session = LegacySession.open(server.client(), version);

        var list = session.send("tools/list", NOTHING);
        var answer = session.call("test_simple_text", NOTHING);

        assertThat(session.initialized().getString("protocolVersion")).isEqualTo(version);
        assertThat(list.header("Content-Type")).startsWith("application/json");
        assertThat(list.result().getJsonArray("tools")).isNotEmpty();
        assertThat(text(answer.result())).isEqualTo("This is a simple text response for testing.");
    }

    @Test
    void aSessionGoesOnAfterARestartWithWhatWasSet(@TempDir Path other) {
        try (var restarted = TestServer.start(other)) {
            var key = restarted.key("ada", Role.ADMIN);
            var session = LegacySession.open(restarted.client().withKey(key), V06);
            session.send("logging/setLevel", new JsonObject().put("level", "error"));
            session.send("resources/subscribe", new JsonObject().put("uri", "test://watched-resource"));
            session.open().close();

            restarted.restart();
            var resumed = session.at(restarted.client().withKey(key));
            var logged = resumed.call("test_tool_with_logging", NOTHING);

            assertThat(logged.status()).isEqualTo(200);
            assertThat(logged.messages()).hasSize(1);
            var ended = resumed.client().send(HttpMethod.DELETE);
            restarted.restart();
            assertThat(ended.status()).isEqualTo(200);
            assertThat(session.at(restarted.client().withKey(key))
                            .send("ping", NOTHING)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aSessionIsItsCallersAlone(@TempDir Path other) {
        try (var guarded = TestServer.start(other)) {
            var session = LegacySession.open(guarded.client("ada", Role.ADMIN), V11);
            var eve = session.at(guarded.client("eve", Role.ADMIN));
            var nobody = session.at(guarded.client());

            assertThat(eve.send("ping", NOTHING).status()).isEqualTo(404);
            assertThat(eve.client().send(HttpMethod.GET).status()).isEqualTo(404);
            assertThat(eve.client().send(HttpMethod.DELETE).status()).isEqualTo(404);
            assertThat(nobody.send("ping", NOTHING).status()).isEqualTo(401);
            assertThat(session.send("ping", NOTHING).status()).isEqualTo(200);
        }
    }

    @Test
    void aLongCallLetsItsClientGoAndIsAnsweredWhenItComesBack() {
        var session = LegacySession.open(server.client(), V11);
        var first = session.stream("tools/call", call("test_reconnection"));
        var priming = first.next();
        first.awaitEnd();

        try (var second = session.client().with("Last-Event-ID", priming.id()).open()) {
            var answer = second.response();

            assertThat(priming.data()).isEmpty();
            assertThat(priming.retry()).isNotEmpty();
            assertThat(text(answer.getJsonObject("result"))).contains("Reconnection test completed");
            second.awaitEnd();
        }
    }

    @Test
    void anOlderClientJustWaits() {
        var session = LegacySession.open(server.client(), V06);

        var answer = session.call("test_reconnection", NOTHING);

        assertThat(text(answer.result())).contains("Reconnection test completed");
    }

    @Test
    void whatWasMissedIsSentAgain() {
        var session = LegacySession.open(server.client(), V11);
        var stream = session.stream("tools/call", progressing());
        var first = stream.next(event -> !event.data().isEmpty());
        stream.close();

        try (var resumed = session.client().with("Last-Event-ID", first.id()).open()) {
            assertThat(resumed.notification("notifications/progress")
                            .getJsonObject("params")
                            .getInteger("progress"))
                    .isEqualTo(50);
            assertThat(resumed.response().containsKey("result")).isTrue();
        }
    }

    @Test
    void aForeignEventIdGetsAFreshStream() {
        var session = LegacySession.open(server.client(), V11);
        var other = LegacySession.open(server.client(), V11);
        String foreign;
        try (var stream = other.open()) {
            foreign = stream.next().id();
        }

        try (var stream = session.client().with("Last-Event-ID", foreign).open()) {
            assertThat(stream.next().id()).isNotEqualTo(foreign);
            session.call("test_trigger_prompt_change", NOTHING);
            stream.notification("notifications/prompts/list_changed");
        }
    }

    @Test
    void oneChangeIsToldOnceOnTheOwnStream() {
        var session = LegacySession.open(server.client(), V11);
        try (var stream = session.open()) {
            stream.next();

            var answer = session.call("test_trigger_tool_change", NOTHING);
            stream.notification("notifications/tools/list_changed");
            session.call("test_trigger_prompt_change", NOTHING);
            stream.notification("notifications/prompts/list_changed");

            assertThat(answer.messages()).hasSize(1);
            assertThat(stream.waiting("notifications/tools/list_changed")).isZero();
        }
    }

    @Test
    void aCancelledCallIsNotAnswered() {
        var session = LegacySession.open(server.client(), V06);
        var request = session.client().message("tools/call", call("test_reconnection"));
        var answer = session.client().postLater(request);
        await().until(() -> session.client()
                .post(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", request.getValue("id"))
                        .put("method", "ping"))
                .response()
                .containsKey("error"));

        session.notify("notifications/cancelled", new JsonObject().put("requestId", request.getValue("id")));

        await().until(answer::isComplete);
        assertThat(answer.result().messages()).isEmpty();
        assertThat(session.send("ping", NOTHING).status()).isEqualTo(200);
    }

    @Test
    void theUserIsAsked() {
        var session = LegacySession.open(server.client(), V11, declared("elicitation"));
        try (var stream = session.stream(
                "tools/call",
                call("test_elicitation").put("arguments", new JsonObject().put("message", "Who are you?")))) {
            var question = request(stream);

            var accepted = session.answer(question.getValue("id"), new JsonObject().put("action", "decline"));

            assertThat(question.getString("method")).isEqualTo("elicitation/create");
            assertThat(question.getJsonObject("params").getString("message")).isEqualTo("Who are you?");
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(text(stream.response().getJsonObject("result"))).contains("decline");
        }
    }

    @Test
    void theModelIsAsked() {
        var session = LegacySession.open(server.client(), V06, declared("sampling"));
        try (var stream = session.stream(
                "tools/call",
                call("test_sampling").put("arguments", new JsonObject().put("prompt", "Capital of France?")))) {
            var question = request(stream);

            session.answer(question.getValue("id"), guess("Paris"));

            assertThat(question.getString("method")).isEqualTo("sampling/createMessage");
            assertThat(text(stream.response().getJsonObject("result"))).contains("Paris");
        }
    }

    @Test
    void theRootsAreAskedFor() {
        var session = LegacySession.open(server.client(), V03, declared("roots"));
        try (var stream = session.stream("tools/call", call("test_input_required_result_list_roots"))) {
            var question = request(stream);

            session.answer(
                    question.getValue("id"),
                    new JsonObject().put("roots", new JsonArray().add(new JsonObject().put("uri", "file:///work"))));

            assertThat(question.getString("method")).isEqualTo("roots/list");
            assertThat(text(stream.response().getJsonObject("result"))).contains("file:///work");
        }
    }

    @Test
    void severalRoundsKeepTheirState() {
        var session = LegacySession.open(server.client(), V11, declared("elicitation"));
        try (var stream = session.stream("tools/call", call("test_input_required_result_multi_round"))) {
            var first = request(stream);
            session.answer(first.getValue("id"), accepted("name", "Ada"));
            var second = request(stream);
            session.answer(second.getValue("id"), accepted("color", "green"));

            assertThat(text(stream.response().getJsonObject("result"))).isEqualTo("Ada likes green");
        }
    }

    @Test
    void aQuestionIsAskedAgainWhenTheClientComesBack() {
        var session = LegacySession.open(server.client(), V11, declared("elicitation"));
        var stream = session.stream("tools/call", call("test_input_required_result_elicitation"));
        var priming = stream.next();
        var question = request(stream);
        stream.close();

        try (var resumed = session.client().with("Last-Event-ID", priming.id()).open()) {
            assertThat(request(resumed)).isEqualTo(question);
            session.answer(question.getValue("id"), accepted("name", "Ada"));
            assertThat(text(resumed.response().getJsonObject("result"))).isEqualTo("Hello, Ada!");
        }
    }

    @Test
    void onlyWhatWasDeclaredIsAsked() {
        var session = LegacySession.open(server.client(), V11);

        var answer = session.call("test_input_required_result_elicitation", NOTHING);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.errorCode()).isEqualTo(-32602);
    }

    @Test
    void aBatchIsAnsweredByABatch() {
        var session = LegacySession.open(server.client(), V03);

        var answer = session.client().post("""
                [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"tools/list"},
                 {"jsonrpc":"2.0","method":"notifications/initialized"},{"id":3}]""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.batch()).hasSize(3);
    }

    private static JsonObject call(String tool) {
        return new JsonObject().put("name", tool).put("arguments", new JsonObject());
    }

    private static JsonObject progressing() {
        return call("test_tool_with_progress").put("_meta", new JsonObject().put("progressToken", 1));
    }

    private static JsonObject declared(String capability) {
        return new JsonObject().put(capability, new JsonObject());
    }

    private static JsonObject accepted(String name, String value) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put(name, value));
    }

    private static JsonObject guess(String text) {
        return new JsonObject()
                .put("role", "assistant")
                .put("model", "m")
                .put("content", new JsonObject().put("type", "text").put("text", text));
    }

    private static JsonObject request(EventStream stream) {
        return stream.next(StreamableHttpTest::isRequest).json();
    }

    private static boolean isRequest(SseEvent event) {
        return !event.data().isEmpty()
                && event.json().containsKey("method")
                && event.json().containsKey("id");
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }
}
