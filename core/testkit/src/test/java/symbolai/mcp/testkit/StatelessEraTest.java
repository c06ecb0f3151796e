package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** 2026-07-28 through the door. */
class StatelessEraTest {

    private static final JsonObject FORMS = new JsonObject().put("elicitation", new JsonObject());
    private static final JsonObject TASKS = new JsonObject()
            .put("elicitation", new JsonObject())
            .put("extensions", new JsonObject().put("io.modelcontextprotocol/tasks", new JsonObject()));
    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void discoverSaysWhatIsServed() {
        var result = session().send("server/discover", new JsonObject()).result();

        assertThat(result.getJsonArray("supportedVersions")).isEqualTo(new JsonArray().add("2026-07-28"));
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getString("cacheScope")).isEqualTo("private");
        assertThat(result.getLong("ttlMs")).isNotNegative();
        assertThat(result.getJsonObject("_meta")
                        .getJsonObject("io.modelcontextprotocol/serverInfo")
                        .getString("name"))
                .isEqualTo("symbolai-mcp");
        assertThat(result.getJsonObject("capabilities")
                        .getJsonObject("extensions")
                        .fieldNames())
                .containsExactly("io.modelcontextprotocol/tasks");
        assertThat(result.fieldNames()).doesNotContain("serverInfo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "tasks/list",
                "tasks/result",
                "unknown/method"
            })
    void whatWasRemovedIsNotFound(String method) {
        var answer = session().send(method, new JsonObject());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo(-32601);
        assertThat(answer.json().getValue("id")).isNotNull();
    }

    @Test
    void anotherVersionIsRefusedWithTheListOfThose() {
        var message = session().message("tools/list", new JsonObject());
        message.getJsonObject("params")
                .getJsonObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", "2027-01-01");

        var answer = admin.with("MCP-Protocol-Version", "2027-01-01")
                .with("Mcp-Method", "tools/list")
                .post(message);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(-32022);
        assertThat(answer.error().getJsonObject("data"))
                .isEqualTo(new JsonObject("{\"supported\":[\"2026-07-28\"],\"requested\":\"2027-01-01\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        // version header, method header, name header, code
        "2026-07-28, tools/call, test_simple_text, 0",
        "2025-11-25, tools/call, test_simple_text, -32020",
        ", tools/call, test_simple_text, -32020",
        "2026-07-28, tools/list, test_simple_text, -32020",
        "2026-07-28, , test_simple_text, -32020",
        "2026-07-28, tools/call, other, -32020",
        "2026-07-28, tools/call, , -32020",
    })
    void row15HeadersMustAgree(String version, String method, String name, int code) {
        var message = session().message("tools/call", new JsonObject().put("name", "test_simple_text"));
        var client = with(with(with(admin, "MCP-Protocol-Version", version), "Mcp-Method", method), "Mcp-Name", name);

        var answer = client.post(message);

        assertThat(answer.status()).isEqualTo(code == 0 ? 200 : 400);
        assertThat(Optional.ofNullable(answer.response().getJsonObject("error"))
                        .map(error -> error.getInteger("code"))
                        .orElse(0))
                .isEqualTo(code);
        assertThat(answer.response().getValue("id")).isEqualTo(message.getValue("id"));
    }

    @Test
    void noSessionIsMadeAndSessionHeadersAreIgnored() {
        var answer = new ModernSession(admin.with("Mcp-Session-Id", "any").with("Last-Event-ID", "7"))
                .send("tools/list", new JsonObject());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void anUnknownToolIsInvalidParams() {
        var answer = session().call("no_such_tool", new JsonObject());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.errorCode()).isEqualTo(-32602);
    }

    @Test
    void badArgumentsAreAResultThatTheModelReads() {
        var answer = session().call("test_input_required_result_elicitation", new JsonObject().put("nonsense", 1));

        assertThat(answer.result().getBoolean("isError")).isTrue();
    }

    @Test
    void aMissingResourceIsInvalidParamsWithItsUri() {
        var answer = session().send("resources/read", new JsonObject().put("uri", "test://nothing"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.errorCode()).isEqualTo(-32602);
        assertThat(answer.error().getJsonObject("data").getString("uri")).isEqualTo("test://nothing");
    }

    @Test
    void aMissingCapabilityIsNamed() {
        var answer = session().call("test_missing_capability", new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(-32021);
        assertThat(answer.error().getJsonObject("data").getJsonObject("requiredCapabilities"))
                .isEqualTo(new JsonObject().put("sampling", new JsonObject()));
    }

    @Test
    void aQuestionOfAnUndeclaredKindIsAMissingCapability() {
        var answer = session().call("test_input_required_result_elicitation", new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(-32021);
    }

    @Test
    void pagesHold250AndTheLastHasNoCursor() {
        var probe = new Probe(server);
        probe.publishMany(600);
        var names = new HashSet<String>();
        var cursor = new JsonObject();
        int pages = 0;

        while (true) {
            var result = session().send("tools/list", cursor).result();
            result.getJsonArray("tools").forEach(tool -> names.add(((JsonObject) tool).getString("name")));
            pages++;
            if (!result.containsKey("nextCursor")) {
                break;
            }
            assertThat(result.getJsonArray("tools")).hasSize(250);
            cursor = new JsonObject().put("cursor", result.getString("nextCursor"));
        }

        assertThat(names).hasSize(server.server().catalogs().current().tools().size());
        assertThat(pages).isEqualTo((names.size() + 249) / 250);
        assertThat(session()
                        .send("tools/list", new JsonObject().put("cursor", "x"))
                        .errorCode())
                .isEqualTo(-32602);
        probe.publish();
    }

    @Test
    void aChangedCatalogChangesTheList() {
        var probe = new Probe(server);
        probe.publish(Probe.tool("probe_first", call -> Future.succeededFuture(ToolResult.text("1"))));
        assertThat(toolNames()).contains("probe_first");

        probe.publish(Probe.tool("probe_second", call -> Future.succeededFuture(ToolResult.text("2"))));

        assertThat(toolNames()).contains("probe_second").doesNotContain("probe_first");
    }

    @Test
    void progressComesBeforeTheResult() {
        var answer = session()
                .send(
                        "tools/call",
                        new JsonObject()
                                .put("name", "test_tool_with_progress")
                                .put("_meta", new JsonObject().put("progressToken", "p1")));

        assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.header("x-accel-buffering")).isEqualTo("no");
        assertThat(answer.messages()).hasSize(4);
        assertThat(answer.messages().stream()
                        .limit(3)
                        .map(message -> message.getJsonObject("params").getDouble("progress")))
                .containsExactly(0.0, 50.0, 100.0);
        assertThat(answer.messages().get(0).getJsonObject("params").getString("progressToken"))
                .isEqualTo("p1");
        assertThat(answer.messages().get(3).containsKey("result")).isTrue();
    }

    @Test
    void logsComeOnlyWhenAskedForAndFromTheLevel() {
        new Probe(server).publish(Probe.tool("probe_log", StatelessEraTest::logs));

        assertThat(logged(new JsonObject())).isEmpty();
        assertThat(logged(new JsonObject().put("io.modelcontextprotocol/logLevel", "warning")))
                .containsExactly("warning", "error");
        assertThat(logged(new JsonObject().put("io.modelcontextprotocol/logLevel", "debug")))
                .containsExactly("debug", "warning", "error");
    }

    @Test
    void goingAwayCancels() throws Exception {
        var begun = new CompletableFuture<ToolCall>();
        var cancelled = new CompletableFuture<Boolean>();
        new Probe(server).publish(Probe.tool("probe_wait", call -> {
            call.cancellation().onCancel(() -> cancelled.complete(true));
            call.progress().report(1, OptionalDouble.empty(), "begun");
            begun.complete(call);
            return Promise.<ToolOutcome>promise().future();
        }));
        var stream = session().stream(
                "tools/call",
                new JsonObject().put("name", "probe_wait").put("_meta", new JsonObject().put("progressToken", 1)));
        stream.notification("notifications/progress");
        begun.get(20, TimeUnit.SECONDS);

        stream.close();

        assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aListenerIsToldWhatItAskedForAndNothingElse() {
        var probe = new Probe(server);
        probe.publish();
        var stream = listen(
                session(),
                new JsonObject()
                        .put("toolsListChanged", true)
                        .put("promptsListChanged", false)
                        .put("resourceSubscriptions", new JsonArray().add("test://watched-resource"))
                        .put("unknown", true));
        var acknowledged = stream.next().json();

        probe.publish(Probe.tool("probe_new", call -> Future.succeededFuture(ToolResult.text(""))));
        server.server().catalogs().resourceUpdated("test://another");
        server.server().catalogs().resourceUpdated("test://watched-resource");

        assertThat(acknowledged.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(acknowledged.getJsonObject("params").getJsonObject("notifications"))
                .isEqualTo(new JsonObject(
                        "{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"test://watched-resource\"]}"));
        var id = acknowledged.getJsonObject("params").getJsonObject("_meta").getValue(SUBSCRIPTION);
        assertThat(id).isInstanceOf(Integer.class);
        var changed = stream.next().json();
        assertThat(changed.getString("method")).isEqualTo("notifications/tools/list_changed");
        assertThat(changed.getJsonObject("params").getJsonObject("_meta").getValue(SUBSCRIPTION))
                .isEqualTo(id);
        var updated = stream.next().json();
        assertThat(updated.getString("method")).isEqualTo("notifications/resources/updated");
        assertThat(updated.getJsonObject("params").getString("uri")).isEqualTo("test://watched-resource");
        stream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"notifications\":null}",
                "{\"notifications\":[]}",
                "{\"notifications\":{\"toolsListChanged\":\"yes\"}}",
                "{\"notifications\":{\"resourceSubscriptions\":\"x\"}}",
                "{\"notifications\":{\"resourceSubscriptions\":[7]}}",
            })
    void aMalformedFilterIsRefused(String params) {
        assertThat(session()
                        .send("subscriptions/listen", new JsonObject(params))
                        .errorCode())
                .isEqualTo(-32602);
    }

    @Test
    void tasksAreListenedToByThoseWhoKnowTasks() {
        var filter = new JsonObject().put("taskIds", new JsonArray().add("x"));

        var answer = session().send("subscriptions/listen", new JsonObject().put("notifications", filter));

        assertThat(answer.errorCode()).isEqualTo(-32021);
    }

    @Test
    void aTaskTellsItsListenerHowItEnds() {
        var session = new ModernSession(admin, TASKS);
        var task = session.call("confirm_delete", new JsonObject().put("filename", "a.txt"))
                .result();
        var id = task.getString("taskId");
        var stream = listen(
                session, new JsonObject().put("taskIds", new JsonArray().add(id).add("no-such-task")));
        var acknowledged = stream.next().json();
        var asked = awaitStatus(session, id, "input_required");

        var answers = new JsonObject();
        asked.getJsonObject("inputRequests").fieldNames().forEach(name -> answers.put(name, accepted("confirm", true)));
        session.send("tasks/update", new JsonObject().put("taskId", id).put("inputResponses", answers));

        assertThat(acknowledged.getJsonObject("params").getJsonObject("notifications"))
                .isEqualTo(new JsonObject().put("taskIds", new JsonArray().add(id)));
        var told = stream.next(event -> event.data().contains("completed")).json();
        assertThat(told.getString("method")).isEqualTo("notifications/tasks");
        assertThat(told.getJsonObject("params").getString("taskId")).isEqualTo(id);
        assertThat(told.getJsonObject("params").getJsonObject("result").getJsonArray("content"))
                .isNotEmpty();
        stream.close();
    }

    @Test
    void anAnswerThatDoesNotFitItsQuestionDoesNotReachTheTask() {
        var session = new ModernSession(admin, TASKS);
        var id = session.call("confirm_delete", new JsonObject().put("filename", "a.txt"))
                .result()
                .getString("taskId");
        var asked = awaitStatus(session, id, "input_required");
        var answers = new JsonObject().put("no-such-question", new JsonObject());
        asked.getJsonObject("inputRequests").fieldNames().forEach(name -> answers.put(name, accepted("confirm", 7)));

        var answer =
                session.send("tasks/update", new JsonObject().put("taskId", id).put("inputResponses", answers));

        assertThat(answer.errorCode()).isEqualTo(-32602);
        assertThat(awaitStatus(session, id, "input_required").getJsonObject("inputRequests"))
                .isEqualTo(asked.getJsonObject("inputRequests"));
    }

    @Test
    void notConnectedIsAnErrorOfItsOwnInEveryEra() {
        new Probe(server)
                .publish(Probe.tool(
                        "probe_cloud",
                        call -> Future.failedFuture(
                                new ToolException(ToolException.Reason.NOT_CONNECTED, "you are not connected"))));

        var stateless = session().call("probe_cloud", new JsonObject());
        var legacy = LegacySession.open(admin, "2025-11-25").call("probe_cloud", new JsonObject());

        for (var answer : List.of(stateless, legacy)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.errorCode()).isEqualTo(-32001);
            assertThat(answer.json().getJsonObject("error").getJsonObject("data"))
                    .isEqualTo(new JsonObject()
                            .put("code", "MCP_NOT_CONNECTED")
                            .put("url", "http://127.0.0.1:" + server.server().port() + "/api/mcp/auth/connect"));
        }
    }

    @Test
    void row5TheSameIdOfManyCallersMixesNothingUp() {
        new Probe(server)
                .publish(Tool.named("probe_echo")
                        .description("Probes.")
                        .input(Schemas.object()
                                .required("canary", Schemas.string("Comes back."))
                                .build())
                        .handler(call -> Future.succeededFuture(ToolResult.text(
                                call.caller().name() + " " + call.arguments().getString("canary")))));
        var answers = new LinkedHashMap<String, Future<HttpAnswer>>();
        for (int user = 0; user < 20; user++) {
            var name = "canary-" + user;
            var client = server.client(name, Role.ADMIN);
            for (int call = 0; call < 25; call++) {
                var expected = name + " " + call;
                var params = new JsonObject()
                        .put("name", "probe_echo")
                        .put("arguments", new JsonObject().put("canary", String.valueOf(call)));
                var message =
                        new ModernSession(client).message("tools/call", params).put("id", 1);
                answers.put(
                        expected,
                        client.with("MCP-Protocol-Version", "2026-07-28")
                                .with("Mcp-Method", "tools/call")
                                .with("Mcp-Name", "probe_echo")
                                .postLater(message));
            }
        }

        answers.forEach((expected, answer) -> assertThat(answer.await()
                        .result()
                        .getJsonArray("content")
                        .getJsonObject(0)
                        .getString("text"))
                .isEqualTo(expected));
    }

    @Test
    void row4AnotherCallersTaskIsUnknown() {
        var id = new ModernSession(admin, TASKS)
                .call("slow_compute", new JsonObject().put("seconds", 30).put("label", "mine"))
                .result()
                .getString("taskId");
        var name = "eve-" + System.nanoTime();
        var other = new ModernSession(server.client(name, Role.ADMIN), TASKS);
        var params = new JsonObject().put("taskId", id);

        assertThat(other.send("tasks/get", params).errorCode()).isEqualTo(-32602);
        assertThat(other.send("tasks/cancel", params).errorCode()).isEqualTo(-32602);
        assertThat(other.send("tasks/update", params.copy().put("inputResponses", new JsonObject()))
                        .errorCode())
                .isEqualTo(-32602);
        assertThat(new ModernSession(admin, TASKS)
                        .send("tasks/cancel", params)
                        .result()
                        .getString("resultType"))
                .isEqualTo("complete");
        assertForeign(name, "task", 3);
    }

    /** What is in the audit log of a caller who showed something of another's. */
    private static void assertForeign(String name, String kind, int times) {
        var path = "audit/search?event=session.foreign&text=" + name;
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                new RestClient(admin).get(path).json().getJsonArray("records"))
                        .hasSize(times)
                        .allSatisfy(found -> {
                            var record = (JsonObject) found;
                            assertThat(record.getString("name")).isEqualTo(name);
                            assertThat(record.getString("kind")).isEqualTo(kind);
                        }));
    }

    @Test
    void missingAnswersAreAskedForAgainAndTheGivenOnesAreKept() {
        new Probe(server).publish(Probe.tool("probe_two", StatelessEraTest::askTwo));
        var session = new ModernSession(admin, FORMS);
        var first = session.call("probe_two", new JsonObject()).result();

        var second = retry(session, first, new JsonObject().put("a", accepted("text", "A")));
        var third = retry(session, second, new JsonObject().put("b", accepted("text", "B")));

        assertThat(first.getString("resultType")).isEqualTo("input_required");
        assertThat(first.getJsonObject("inputRequests").fieldNames()).containsExactlyInAnyOrder("a", "b");
        assertThat(second.getJsonObject("inputRequests").fieldNames()).containsExactly("b");
        assertThat(third.getJsonArray("content").getJsonObject(0).getString("text"))
                .isEqualTo("A B 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"accept\",\"content\":{\"text\":7}}",
                "{\"action\":\"accept\",\"content\":{}}",
                "{\"action\":\"accept\",\"content\":[]}",
                "{\"action\":\"accept\"}",
                "{\"action\":\"maybe\"}",
                "{}",
            })
    void invalidAnswersAreRefused(String answer) {
        new Probe(server).publish(Probe.tool("probe_two", StatelessEraTest::askTwo));
        var session = new ModernSession(admin, FORMS);
        var first = session.call("probe_two", new JsonObject()).result();

        var refused = session.send("tools/call", again(first, new JsonObject().put("a", new JsonObject(answer))));

        assertThat(refused.errorCode()).isEqualTo(-32602);
        assertThat(refused.error().getString("message")).contains("inputResponses.a");
    }

    @Test
    void row4RequestStateBelongsToItsCallerAndItsArguments() {
        new Probe(server).publish(Probe.tool("probe_two", StatelessEraTest::askTwo));
        var first = new ModernSession(admin, FORMS)
                .call("probe_two", new JsonObject())
                .result();
        var answers = new JsonObject().put("a", accepted("text", "A")).put("b", accepted("text", "B"));
        var name = "mallory-" + System.nanoTime();
        var other = new ModernSession(server.client(name, Role.ADMIN), FORMS);

        assertThat(other.send("tools/call", again(first, answers)).errorCode()).isEqualTo(-32602);
        assertThat(new ModernSession(admin, FORMS)
                        .send("tools/call", again(first, answers).put("arguments", new JsonObject().put("x", 1)))
                        .errorCode())
                .isEqualTo(-32602);
        assertThat(new ModernSession(admin, FORMS)
                        .send("tools/call", again(first, answers).put("requestState", "x"))
                        .errorCode())
                .isEqualTo(-32602);
        assertForeign(name, "request-state", 1);
    }

    private static Future<ToolOutcome> askTwo(ToolCall call) {
        if (call.answers().isEmpty()) {
            var form = new InputRequest.Form(
                    "Say.",
                    Schemas.object().required("text", Schemas.string("A text.")).build());
            return Future.succeededFuture(
                    new InputRequired(Map.of("a", form, "b", form), new JsonObject().put("step", 1)));
        }
        return Future.succeededFuture(ToolResult.text(
                said(call, "a") + " " + said(call, "b") + " " + call.state().getInteger("step")));
    }

    private static String said(ToolCall call, String name) {
        return call.answers().get(name).getJsonObject("content").getString("text");
    }

    private static Future<ToolOutcome> logs(ToolCall call) {
        call.log().log(CallLog.Level.DEBUG, "d");
        call.log().log(CallLog.Level.WARNING, "w");
        call.log().log(CallLog.Level.ERROR, "e");
        return Future.succeededFuture(ToolResult.text("logged"));
    }

    private static List<String> logged(JsonObject meta) {
        return session()
                .send("tools/call", new JsonObject().put("name", "probe_log").put("_meta", meta))
                .messages()
                .stream()
                .filter(message -> "notifications/message".equals(message.getString("method")))
                .map(message -> message.getJsonObject("params").getString("level"))
                .toList();
    }

    private static JsonObject retry(ModernSession session, JsonObject asked, JsonObject answers) {
        return session.send("tools/call", again(asked, answers)).result();
    }

    private static JsonObject again(JsonObject asked, JsonObject answers) {
        return new JsonObject()
                .put("name", "probe_two")
                .put("arguments", new JsonObject())
                .put("inputResponses", answers)
                .put("requestState", asked.getString("requestState"));
    }

    private static JsonObject accepted(String name, Object value) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put(name, value));
    }

    private static JsonObject awaitStatus(ModernSession session, String id, String status) {
        return Awaitility.await()
                .until(
                        () -> session.send("tasks/get", new JsonObject().put("taskId", id))
                                .result(),
                        task -> status.equals(task.getString("status")));
    }

    private static EventStream listen(ModernSession session, JsonObject filter) {
        return session.stream("subscriptions/listen", new JsonObject().put("notifications", filter));
    }

    private static List<String> toolNames() {
        return session().send("tools/list", new JsonObject()).result().getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }

    private static ModernSession session() {
        return new ModernSession(admin);
    }

    private static McpClient with(McpClient client, String name, String value) {
        return value == null ? client : client.with(name, value);
    }
}
