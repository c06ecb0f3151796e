package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.tools.Workshop.get;
import static symbolai.mcp.server.tools.Workshop.text;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.TaskStore;

@ExtendWith(VertxExtension.class)
class TasksTest {

    private Workshop shop;
    private final List<String> changes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(Vertx vertx, @TempDir Path folder) {
        shop = new Workshop(vertx, folder).open(Workshop.config());
        listen();
    }

    private void listen() {
        shop.tasks.onChange(task -> changes.add(task.status() + " " + task.message()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Task begin(String tool) {
        var requester = shop.requester(ClientCapability.TASKS, ClientCapability.ELICITATION_FORM);
        return ((CallOutcome.AsTask) get(shop.call(tool, new JsonObject().put("limit", 5), requester))).task();
    }

    private Task task(String id) {
        return get(shop.tasks.get(id, Workshop.ADMIN)).orElseThrow();
    }

    private Task ended(String id) {
        await().until(() -> task(id).status().isFinal());
        return task(id);
    }

    private static Working working(String key, Object value, Duration again) {
        return new Working(new JsonObject().put(key, value), again, "at " + value);
    }

    /** Goes on once, then does what is given. */
    private static ToolHandler afterOneStep(ToolHandler then) {
        return call -> call.state().isEmpty()
                ? Future.succeededFuture(working("step", 1, Duration.ofMillis(10)))
                : then.call(call);
    }

    @Test
    void aCallThatGoesOnBecomesATask() {
        shop.publish("test_it", ToolInvokerTest::threeSteps);

        var made = begin("test_it");
        var done = ended(made.id());

        assertThat(made.status()).isEqualTo(Task.Status.WORKING);
        assertThat(made.message()).isEqualTo("step 1");
        assertThat(made.id()).hasSize(43);
        assertThat(made.owner()).isEqualTo("u1");
        assertThat(made.ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(made.poll()).isEqualTo(Duration.ofMillis(100));
        assertThat(done.status()).isEqualTo(Task.Status.COMPLETED);
        assertThat(done.result().orElseThrow()).isEqualTo(ToolResult.text("done after 3"));
        assertThat(changes).containsExactly("WORKING step 2", "WORKING step 3", "COMPLETED ");
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome task", "call.outcome done");
        assertThat(shop.records().stream()
                        .map(record -> record.getString("callId"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aTaskIsItsOwnersAlone() {
        shop.publish("test_it", call -> Future.succeededFuture(working("a", 1, Duration.ofMinutes(1))));
        var other = new Caller("u2", "eve", Role.ADMIN, Credential.LOCAL, "local");
        var id = begin("test_it").id();

        assertThat(get(shop.tasks.get(id, other))).isEmpty();
        assertThat(get(shop.tasks.cancel(id, other))).isFalse();
        assertThat(get(shop.tasks.answer(id, other, Map.of()))).isFalse();
        assertThat(get(shop.tasks.get("unknown", Workshop.ADMIN))).isEmpty();
        assertThat(task(id).status()).isEqualTo(Task.Status.WORKING);
    }

    @Test
    void aToolErrorCompletesTheTask() {
        shop.publish("test_it", afterOneStep(call -> Future.failedFuture(new ToolException(Reason.CONFLICT, "no"))));

        var done = ended(begin("test_it").id());

        assertThat(done.status()).isEqualTo(Task.Status.COMPLETED);
        assertThat(done.result().orElseThrow()).isEqualTo(ToolResult.error("no"));
    }

    @Test
    void aBugFailsTheTaskWithoutDetails() {
        shop.publish("test_it", afterOneStep(call -> Future.failedFuture(new IllegalStateException("secret"))));

        var done = ended(begin("test_it").id());

        assertThat(done.status()).isEqualTo(Task.Status.FAILED);
        var callId = shop.records().get(0).getString("callId");
        assertThat(done.error().orElseThrow())
                .isEqualTo(new JsonObject()
                        .put("code", -32603)
                        .put("message", "internal error")
                        .put("data", new JsonObject().put("id", callId)));
    }

    @Test
    void aToolThatIsGoneFailsTheTask() {
        var lease = shop.publish("test_it", call -> Future.succeededFuture(working("a", 1, Duration.ofMillis(200))));
        var id = begin("test_it").id();

        shop.catalogs.withdraw("test", lease);
        get(lease.close());
        var done = ended(id);

        assertThat(done.status()).isEqualTo(Task.Status.FAILED);
        assertThat(done.error().orElseThrow().getString("message"))
                .isEqualTo("the tool test_it is gone: its plugin was removed or offers it no more");
    }

    @Test
    void aPausingTaskLetsItsVersionBeReplaced() {
        var old = shop.publish("test_it", call -> Future.succeededFuture(working("a", 1, Duration.ofMillis(200))));
        var id = begin("test_it").id();

        shop.publish(
                "test_it",
                call -> Future.succeededFuture(
                        ToolResult.text("new version after " + call.state().getInteger("a"))));
        get(old.close());

        assertThat(ended(id).result().orElseThrow()).isEqualTo(ToolResult.text("new version after 1"));
    }

    @Test
    void questionsWaitForAllTheirAnswersThroughSeveralRounds() {
        shop.publish("test_it", afterOneStep(TasksTest::asksTwice));
        var id = begin("test_it").id();
        await().until(() -> task(id).status() == Task.Status.INPUT_REQUIRED);

        assertThat(task(id).questions().keySet()).containsExactly("first", "second");
        assertThat(answer(id, "first", "A", "nobody-asked", "x")).isTrue();
        assertThat(task(id).questions().keySet()).containsExactly("second");
        assertThat(answer(id, "first", "changed")).isTrue();
        assertThat(answer(id, "second", "B")).isTrue();
        await().until(() -> task(id).questions().containsKey("first-2"));
        assertThat(answer(id, "first", "too late")).isTrue();
        assertThat(task(id).status()).isEqualTo(Task.Status.INPUT_REQUIRED);
        assertThat(answer(id, "first-2", "C")).isTrue();

        assertThat(ended(id).result().orElseThrow()).isEqualTo(ToolResult.text("A B C"));
    }

    private static Future<ToolOutcome> asksTwice(ToolCall call) {
        var form = new InputRequest.Form("Say it.", new JsonObject().put("type", "object"));
        var answers = call.answers();
        if (answers.isEmpty()) {
            var questions = new LinkedHashMap<String, InputRequest>();
            questions.put("first", form);
            questions.put("second", form);
            return Future.succeededFuture(new InputRequired(questions, new JsonObject().put("round", 1)));
        }
        var first = answers.get("first").getString("said");
        if (call.state().getInteger("round") == 1) {
            var said = first + " " + answers.get("second").getString("said");
            return Future.succeededFuture(new InputRequired(
                    Map.of("first", form), new JsonObject().put("round", 2).put("said", said)));
        }
        return Future.succeededFuture(ToolResult.text(call.state().getString("said") + " " + first));
    }

    private boolean answer(String id, String... namesAndTexts) {
        var answers = new LinkedHashMap<String, JsonObject>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            answers.put(namesAndTexts[i], new JsonObject().put("said", namesAndTexts[i + 1]));
        }
        return get(shop.tasks.answer(id, Workshop.ADMIN, answers));
    }

    @Test
    void aQuestionThatTheClientCannotAnswerFailsTheTask() {
        shop.publish(
                "test_it",
                afterOneStep(call -> Future.succeededFuture(InputRequired.ask("roots", new InputRequest.Roots()))));

        var done = ended(begin("test_it").id());

        var error = done.error().orElseThrow();
        assertThat(error.getInteger("code")).isEqualTo(-32021);
        assertThat(error.getJsonObject("data")
                        .getJsonObject("requiredCapabilities")
                        .encode())
                .isEqualTo("{\"roots\":{}}");
    }

    @Test
    void cancellingAPausingTaskCallsTheToolOneLastTime() {
        var last = new AtomicReference<JsonObject>();
        shop.publish("test_it", call -> {
            if (call.cancellation().isCancelled()) {
                last.set(call.state());
            }
            return Future.succeededFuture(working("job", 7, Duration.ofMinutes(1)));
        });
        var id = begin("test_it").id();

        assertThat(get(shop.tasks.cancel(id, Workshop.ADMIN))).isTrue();

        assertThat(task(id).status()).isEqualTo(Task.Status.CANCELLED);
        await().until(() -> last.get() != null);
        assertThat(last.get()).isEqualTo(new JsonObject().put("job", 7));
        assertThat(get(shop.tasks.cancel(id, Workshop.ADMIN))).isTrue();
        assertThat(task(id).status()).isEqualTo(Task.Status.CANCELLED);
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome task", "call.outcome cancelled");
    }

    @Test
    void cancellingARunningStepIsHeardByIt() {
        var entered = new AtomicBoolean();
        var heard = new AtomicBoolean();
        var last = new AtomicReference<JsonObject>();
        shop.publish("test_it", call -> {
            if (call.cancellation().isCancelled()) {
                last.set(call.state());
                return Future.succeededFuture(ToolResult.text("stopped"));
            }
            if (call.state().isEmpty()) {
                return Future.succeededFuture(working("job", 1, Duration.ofMillis(10)));
            }
            var answer = Promise.<ToolOutcome>promise();
            call.cancellation().onCancel(() -> heard.set(true));
            call.cancellation().onCancel(() -> answer.complete(working("job", 2, Duration.ofMinutes(1))));
            entered.set(true);
            return answer.future();
        });
        var id = begin("test_it").id();
        await().untilTrue(entered);

        get(shop.tasks.cancel(id, Workshop.ADMIN));

        assertThat(task(id).status()).isEqualTo(Task.Status.CANCELLED);
        await().until(() -> last.get() != null);
        assertThat(heard).isTrue();
        assertThat(last.get()).isEqualTo(new JsonObject().put("job", 2));
    }

    @Test
    void tasksGoOnAfterARestart() {
        shop.publish(
                Workshop.tool("test_works").handler(TasksTest::worksUntilRestart),
                Workshop.tool("test_asks").handler(afterOneStep(TasksTest::asksTwice)));
        var works = begin("test_works").id();
        var asks = begin("test_asks").id();
        await().until(() -> task(asks).status() == Task.Status.INPUT_REQUIRED);
        answer(asks, "first", "A");

        shop.close();
        shop = new Workshop(shop.vertx, shop.folder).open(Workshop.config());
        shop.publish(
                Workshop.tool("test_works")
                        .handler(call -> Future.succeededFuture(
                                ToolResult.text("state " + call.state().encode() + " limit "
                                        + call.arguments().getInteger("limit") + " for "
                                        + call.caller().name()))),
                Workshop.tool("test_asks").handler(TasksTest::asksTwice));
        get(shop.tasks.start());

        assertThat(ended(works).result().orElseThrow()).isEqualTo(ToolResult.text("state {\"job\":1} limit 5 for ada"));
        assertThat(task(asks).questions().keySet()).containsExactly("second");
        answer(asks, "second", "B");
        await().until(() -> task(asks).questions().containsKey("first-2"));
        answer(asks, "first-2", "C");
        assertThat(ended(asks).result().orElseThrow()).isEqualTo(ToolResult.text("A B C"));
    }

    private static Future<ToolOutcome> worksUntilRestart(ToolCall call) {
        return Future.succeededFuture(working("job", 1, Duration.ofMinutes(1)));
    }

    @Test
    void aTaskWhoseToolIsGoneAfterARestartFails() {
        shop.publish("test_works", TasksTest::worksUntilRestart);
        var id = begin("test_works").id();

        shop.close();
        shop = new Workshop(shop.vertx, shop.folder).open(Workshop.config());
        get(shop.tasks.start());

        assertThat(ended(id).status()).isEqualTo(Task.Status.FAILED);
    }

    @Test
    void aTaskIsForgottenWhenItsTimeIsOver() {
        shop.publish("test_it", call -> Future.succeededFuture(working("a", 1, Duration.ofMinutes(5))));
        var id = begin("test_it").id();

        shop.close();
        var later = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
        shop = new Workshop(shop.vertx, shop.folder).open(Workshop.config(), later);

        assertThat(get(shop.tasks.get(id, Workshop.ADMIN))).isEmpty();
        get(shop.tasks.start());
        assertThat(get(shop.tasks.get(id, Workshop.ADMIN))).isEmpty();
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome task", "call.outcome timed_out");
        assertThat(get(new TaskStore(shop.database).get(id))).isEmpty();
    }

    @Test
    void aCallerHasSoManyTasksAtMost() {
        var stopped = new AtomicBoolean();
        shop.publish("test_it", call -> {
            stopped.compareAndSet(false, call.cancellation().isCancelled());
            return Future.succeededFuture(working("a", 1, Duration.ofMinutes(5)));
        });
        for (int i = 0; i < 100; i++) {
            begin("test_it");
        }

        var refused = get(shop.call("test_it", new JsonObject(), shop.requester(ClientCapability.TASKS)));

        assertThat(text(refused)).startsWith("there are 100 tasks of yours");
        assertThat(stopped).isTrue();
    }

    @Test
    void aTaskThatCannotBeStoredIsNotMade() {
        shop.publish("test_it", call -> Future.succeededFuture(working("a", 1, Duration.ofMinutes(5))));
        get(shop.database.close());
        shop.database = new Database(shop.vertx, shop.folder.resolve("other.db"));

        var outcome = get(shop.call("test_it", new JsonObject(), shop.requester(ClientCapability.TASKS)));

        assertThat(text(outcome)).isEqualTo("The server's database is closed; the server is stopping.");
    }

    @Test
    void everyKindOfContentIsStored() {
        var content = List.<Content>of(
                new Content.Text("text"),
                new Content.Image(Buffer.buffer("image"), "image/png"),
                new Content.Audio(Buffer.buffer("audio"), "audio/wav"),
                new Content.Embedded(new ResourceContents.Text("d1://a", "text/plain", "a")),
                new Content.Embedded(new ResourceContents.Blob("d1://b", "image/png", Buffer.buffer("b"))),
                new Content.Link("d1://c", "name", "title", "description", "text/plain"));
        var result =
                new ToolResult(content, Optional.of(new JsonObject().put("a", 1)), false, new JsonObject().put("b", 2));
        var questions = List.<InputRequest>of(
                new InputRequest.Form("m", new JsonObject().put("type", "object")),
                new InputRequest.Page("m", "https://x.example"),
                new InputRequest.Sampling(new JsonObject().put("maxTokens", 5)),
                new InputRequest.Roots());

        var stored = ToolJson.result(new JsonObject(ToolJson.result(result).encode()));

        assertThat(stored).isEqualTo(result);
        assertThat(questions)
                .allSatisfy(question -> assertThat(ToolJson.question(
                                new JsonObject(ToolJson.question(question).encode())))
                        .isEqualTo(question));
    }
}
