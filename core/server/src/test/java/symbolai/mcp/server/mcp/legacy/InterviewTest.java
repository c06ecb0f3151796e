package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.tools.Family;

class InterviewTest {

    private static final String ALL = """
            {"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}}""";
    private static final String GUESS = """
            {"role":"assistant","model":"m","content":{"type":"text","text":"42"}}""";

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

    @ParameterizedTest
    @CsvSource({"2025-06-18, false", "2025-11-25, true"})
    void theClientIsAskedOnTheStreamOfItsCall(String version, boolean hasMode) {
        var client = FakeClient.begun(house, version, ALL);
        var reply = client.call(1, "house_ask");
        var question = questions(reply, 1).get(0);

        var accepted = client.answer(question.getValue("id"), "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        assertThat(question.getJsonObject("params").containsKey("mode")).isEqualTo(hasMode);
        assertThat(text(reply)).isEqualTo("accept {\"name\":\"Ada\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel"})
    void aRefusalOfTheUserIsAnAnswer(String action) {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask");

        client.answer(questions(reply, 1).get(0).getValue("id"), "{\"action\":\"" + action + "\"}");

        assertThat(text(reply)).isEqualTo(action + " {}");
    }

    @Test
    void severalQuestionsAreAskedAtOnceAndTheStateIsKept() {
        var client = FakeClient.begun(house, "2025-06-18", ALL);
        var reply = client.call(1, "house_ask_everything");
        var questions = questions(reply, 3);

        for (var question : questions) {
            client.answer(
                    question.getValue("id"),
                    switch (question.getString("method")) {
                        case "elicitation/create" -> "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";
                        case "sampling/createMessage" -> GUESS;
                        default -> "{\"roots\":[]}";
                    });
        }

        assertThat(questions)
                .extracting(question -> question.getString("method"))
                .containsExactlyInAnyOrder("elicitation/create", "sampling/createMessage", "roots/list");
        assertThat(questions).extracting(question -> question.getValue("id")).doesNotHaveDuplicates();
        assertThat(text(reply)).isEqualTo("42 [guess, name, roots]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"action\":\"maybe\"}",
                "{\"action\":\"accept\"}",
                "{\"action\":\"accept\",\"content\":{}}",
                "{\"action\":\"accept\",\"content\":{\"name\":7}}"
            })
    void anAnswerThatDoesNotFitEndsTheCall(String answer) {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask");

        client.answer(questions(reply, 1).get(0).getValue("id"), answer);

        assertThat(failedText(reply))
                .startsWith("tools/call cannot go on: the client gave an answer that does not fit the question: ");
    }

    @Test
    void anErrorAsAnswerEndsTheCall() {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask");
        var id = questions(reply, 1).get(0).getString("id");

        client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"error\":{\"code\":-1,\"message\":\"not today\"}}");

        assertThat(failedText(reply))
                .isEqualTo("tools/call cannot go on: the client answered with an error: not today");
    }

    @Test
    void aPromptWhoseQuestionIsNotAnsweredFails() {
        var prompt = new Prompt(
                "asks",
                "",
                "For tests.",
                List.of(),
                Map.of(),
                call -> Future.succeededFuture(InputRequired.ask("roots", new InputRequest.Roots())));
        house.catalogs.publish(
                new Family("asking", "1", List.of(), List.of(), List.of(), List.of(prompt), List.of(), new Lease()));
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply =
                client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"asks\"}}");

        client.answer(questions(reply, 1).get(0).getValue("id"), "{\"roots\":7}");

        assertThat(last(reply).getJsonObject("error").getInteger("code")).isEqualTo(-32000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sampling\":{}}", "{\"elicitation\":{\"url\":{}}}"})
    void onlyWhatTheClientDeclaredIsAsked(String capabilities) {
        var client = FakeClient.begun(house, "2025-11-25", capabilities);

        var reply = client.call(1, "house_ask");

        assertThat(reply.errorCode()).contains(-32602);
        assertThat(reply.isStream).isFalse();
    }

    @Test
    void aVersionWithoutElicitationIsNotAsked() {
        var reply = FakeClient.begun(house, "2025-03-26", ALL).call(1, "house_ask");

        assertThat(reply.errorCode()).contains(-32602);
    }

    @Test
    void aCancelledCallTakesItsQuestionsBack() {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask");
        var id = questions(reply, 1).get(0).getValue("id");

        client.cancel(1);

        await().until(() -> !reply.events.isOpen());
        assertThat(last(reply).getString("method")).isEqualTo("notifications/cancelled");
        assertThat(last(reply).getJsonObject("params").getValue("requestId")).isEqualTo(id);
    }

    @Test
    void anAnswerFromAnotherSessionAnswersNothing() {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask");
        var id = questions(reply, 1).get(0).getValue("id");

        FakeClient.begun(house, "2025-11-25", ALL)
                .answer(id, "{\"action\":\"accept\",\"content\":{\"name\":\"Eve\"}}")
                .status();
        client.answer(id, "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");

        assertThat(text(reply)).contains("Ada");
    }

    @Test
    void aPageIsOpenedAndSaidToBeDone() {
        var client = FakeClient.begun(house, "2025-11-25", ALL);
        var reply = client.call(1, "house_ask_page");
        var question = questions(reply, 1).get(0);
        var params = question.getJsonObject("params");

        client.answer(question.getValue("id"), "{\"action\":\"accept\"}");

        assertThat(text(reply)).isEqualTo("accept");
        assertThat(params.getString("mode")).isEqualTo("url");
        assertThat(params.getString("url")).isEqualTo("https://example.com/sign-in");
        var done = reply.events.messages().stream()
                .filter(message -> "notifications/elicitation/complete".equals(message.getString("method")))
                .toList();
        assertThat(done).hasSize(1);
        assertThat(done.get(0).getJsonObject("params").getString("elicitationId"))
                .isEqualTo(params.getString("elicitationId"));
    }

    @Test
    void aClientWithoutStreamsIsToldWhichPageToOpen() {
        var client = FakeClient.begun(house, "2025-11-25", ALL).with("Accept", "application/json");

        var reply = client.call(1, "house_ask_page");

        assertThat(reply.errorCode()).contains(-32042);
        var page = reply.json()
                .getJsonObject("error")
                .getJsonObject("data")
                .getJsonArray("elicitations")
                .getJsonObject(0);
        assertThat(page.fieldNames()).containsExactlyInAnyOrder("mode", "elicitationId", "url", "message");
    }

    @Test
    void aClientWithoutStreamsCannotBeAskedAnythingElse() {
        var client = FakeClient.begun(house, "2025-11-25", ALL).with("Accept", "application/json");

        assertThat(client.call(1, "house_ask").errorCode()).contains(-32000);
    }

    @Test
    void aToolThatNeverStopsAskingIsStopped() {
        var reply = FakeClient.begun(house, "2025-11-25", ALL).call(1, "house_ask_forever");

        assertThat(reply.errorCode()).contains(-32000);
    }

    private static List<JsonObject> questions(FakeReply reply, int count) {
        await().until(() -> reply.events.messages().stream()
                        .filter(InterviewTest::isRequest)
                        .count()
                == count);
        return reply.events.messages().stream().filter(InterviewTest::isRequest).toList();
    }

    private static boolean isRequest(JsonObject message) {
        return message.containsKey("method") && message.containsKey("id");
    }

    private static JsonObject last(FakeReply reply) {
        await().until(() -> !reply.events.isOpen());
        var messages = reply.events.messages();
        return messages.get(messages.size() - 1);
    }

    private static String text(FakeReply reply) {
        var last = last(reply);
        assertThat(last.getJsonObject("result")).as(last.encode()).isNotNull();
        return last.getJsonObject("result")
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }

    private static String failedText(FakeReply reply) {
        var text = text(reply);
        assertThat(last(reply).getJsonObject("result").getBoolean("isError")).isTrue();
        return text;
    }
}
