package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.tools.Workshop.get;
import static symbolai.mcp.server.tools.Workshop.text;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Decisions;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

class ApprovalGateTest {

    private static final Caller AGENT =
            new Caller("u2", "bot", Role.ADMIN, Credential.key("k1", List.of(), true), "203.0.113.9");
    private static final Caller ADMIN = new Caller("u3", "eva", Role.ADMIN, Credential.signIn("s1"), "203.0.113.8");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<String> subject = new AtomicReference<>("one");
    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(vertx, folder);
        open(workshop);
    }

    private void open(Workshop shop) {
        shop.open(Workshop.config());
        var users = new UserStore(workshop.database);
        get(users.add(new UserRow("u2", "bot", "bot", "admin", "", 0, 0)));
        get(users.add(new UserRow("u3", "eva", "eva", "admin", "", 0, 0)));
        workshop.publish(Workshop.tool("write").handler(this::done));
    }

    @AfterEach
    void close() {
        workshop.close();
        get(vertx.close());
    }

    private Future<ToolOutcome> done(ToolCall call) {
        calls.incrementAndGet();
        return Future.succeededFuture(
                ToolResult.text("done " + call.state().encode() + call.answers().size()));
    }

    @Test
    void aClientThatOpensPagesIsAskedAndGoesOnAfterTheApproval() {
        var asked = asks(call(Map.of(), new JsonObject()));
        assertThat(page(asked).url())
                .isEqualTo("http://localhost/approvals/" + request().id());
        assertThat(calls).hasValue(0);

        grant();
        var result = call(accepted(), asked.state());

        assertThat(text(result)).isEqualTo("done {}0");
        assertThat(state()).isEqualTo(Approval.State.USED);
        assertThat(workshop.audited())
                .containsSubsequence("call.waiting", "call.intent", "call.outcome done")
                .doesNotContain("call.refused");
    }

    @Test
    void anApprovalIsGoodForOneCall() {
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();
        call(accepted(), asked.state());

        var again = call(accepted(), asked.state());

        assertThat(again).isInstanceOf(CallOutcome.Asks.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void ofAHundredRetriesAtOnceOneRuns() {
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();

        var tries = IntStream.range(0, 100)
                .mapToObj(number -> workshop.invoker.call(
                        "write",
                        new JsonObject(),
                        accepted(),
                        asked.state(),
                        requester(ClientCapability.ELICITATION_URL)))
                .toList();
        get(Future.join(tries));

        assertThat(calls).hasValue(1);
    }

    @Test
    void whileItWaitsTheClientIsAskedAgainForTheSame() {
        var asked = asks(call(Map.of(), new JsonObject()));

        var again = asks(call(accepted(), asked.state()));

        assertThat(page(again)).isEqualTo(page(asked));
        assertThat(calls).hasValue(0);
    }

    @Test
    void aCallThatIsKeptOpenGoesOnByItself() {
        var asked = asks(call(Map.of(), new JsonObject()));
        var waiting = workshop.invoker.call("write", new JsonObject(), accepted(), asked.state(), patient());

        grant();

        assertThat(text(get(waiting))).isEqualTo("done {}0");
    }

    @Test
    void aCallThatIsKeptOpenCountsOnce() {
        workshop.close();
        workshop = new Workshop(vertx, folder.resolve("limited"));
        workshop.limits = new LimitsConfig(2, 0, 5, Map.of(), List.of());
        open(workshop);
        var asked = asks(call(Map.of(), new JsonObject()));
        var waiting = workshop.invoker.call("write", new JsonObject(), accepted(), asked.state(), patient());

        grant();

        assertThat(text(get(waiting))).isEqualTo("done {}0");
    }

    @Test
    void aCallThatIsKeptOpenEndsWhenItIsCancelled() {
        var asked = asks(call(Map.of(), new JsonObject()));
        var cancelling = new Cancelling();
        var waiting = workshop.invoker.call(
                "write", new JsonObject(), accepted(), asked.state(), requester(cancelling, Requester.LONGEST));

        cancelling.cancel();

        assertThat(text(get(waiting))).contains("cancelled");
    }

    @Test
    void aClientWithoutPagesIsToldAndMakesTheCallAgain() {
        var told = get(workshop.invoker.call("write", new JsonObject(), Map.of(), new JsonObject(), requester()));
        assertThat(text(told))
                .contains("write needs an approval")
                .contains("http://localhost/approvals/" + request().id())
                .contains("symbolai-mcp approval show " + request().id());

        var still = get(workshop.invoker.call("write", new JsonObject(), Map.of(), new JsonObject(), requester()));
        assertThat(text(still)).isEqualTo(text(told));
        grant();

        var done = get(workshop.invoker.call("write", new JsonObject(), Map.of(), new JsonObject(), requester()));
        assertThat(text(done)).isEqualTo("done {}0");
    }

    @Test
    void aDenialIsToldWithItsReason() {
        var asked = asks(call(Map.of(), new JsonObject()));
        get(decisions().deny(ADMIN, request().id(), "not on a Friday"));

        var denied = call(accepted(), asked.state());

        assertThat(text(denied)).contains("write was not approved. eva said: not on a Friday");
        assertThat(text(call(Map.of(), new JsonObject()))).contains("not on a Friday");
        assertThat(calls).hasValue(0);
    }

    @Test
    void whoDoesNotWantThePageIsNotWaitedFor() {
        var asked = asks(call(Map.of(), new JsonObject()));

        var declined = call(Map.of("approval", new JsonObject().put("action", "decline")), asked.state());

        assertThat(text(declined)).contains("you chose not to ask for it");
        assertThat(state()).isEqualTo(Approval.State.REQUESTED);
    }

    @Test
    void anotherArgumentIsAnotherApproval() {
        asks(call(Map.of(), new JsonObject()));
        grant();

        var other = get(workshop.invoker.call(
                "write",
                new JsonObject().put("limit", 1),
                Map.of(),
                new JsonObject(),
                requester(ClientCapability.ELICITATION_URL)));

        assertThat(other).isInstanceOf(CallOutcome.Asks.class);
        assertThat(calls).hasValue(0);
    }

    @Test
    void aToolThatAsksInAnApprovedCallIsAnsweredOnceOnly() {
        workshop.publish(Workshop.tool("write").handler(this::asking));
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();
        var question = asks(call(accepted(), asked.state()));
        var answers = Map.of("name", new JsonObject().put("action", "accept"));

        var result = call(answers, question.state());
        var replayed = call(answers, question.state());

        assertThat(text(result)).isEqualTo("done {\"own\":1}1");
        assertThat(text(replayed)).contains("was used already");
        assertThat(calls).hasValue(1);
    }

    private Future<ToolOutcome> asking(ToolCall call) {
        var question = new InputRequest.Page("Who?", "https://example.com/");
        return call.answers().isEmpty()
                ? Future.succeededFuture(new InputRequired(Map.of("name", question), new JsonObject().put("own", 1)))
                : done(call);
    }

    @Test
    void aTaskOfAnApprovedCallGoesOn() {
        get(workshop.tasks.start());
        workshop.publish(Workshop.tool("write").handler(this::working));
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();
        var able = requester(ClientCapability.ELICITATION_URL, ClientCapability.TASKS);

        var task = (CallOutcome.AsTask)
                get(workshop.invoker.call("write", new JsonObject(), accepted(), asked.state(), able));

        await().until(() -> task(task).status().isFinal());
        assertThat(task(task).result().orElseThrow().isError()).isFalse();
    }

    private Task task(CallOutcome.AsTask made) {
        return get(workshop.tasks.get(made.task().id(), AGENT)).orElseThrow();
    }

    private Future<ToolOutcome> working(ToolCall call) {
        return call.state().isEmpty()
                ? Future.succeededFuture(new Working(new JsonObject().put("on", 1), Duration.ofMillis(10), "on it"))
                : done(call);
    }

    @Test
    void theRequestShowsWhatTheToolSays() {
        workshop.publish(Workshop.tool("write").preview(this::preview).handler(this::done));

        asks(call(Map.of(), new JsonObject()));

        var preview = shown().details().orElseThrow().preview().orElseThrow();
        assertThat(preview.target()).isEqualTo("the thing one");
        assertThat(preview.steps()).singleElement().matches(step -> step.rows().getAsLong() == 4);
    }

    private Future<Preview> preview(ToolCall call) {
        var step = new Preview.Step("DELETE", List.of("SCAN"), OptionalLong.of(4), "");
        return Future.succeededFuture(new Preview("the thing " + subject.get(), subject.get(), List.of(step)));
    }

    @Test
    void anApprovalIsVoidWhenTheNameStandsForSomethingElse() {
        workshop.publish(Workshop.tool("write").preview(this::preview).handler(this::done));
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();
        subject.set("two");

        var other = call(accepted(), asked.state());

        assertThat(text(other)).contains("the name stands for something else now");
        assertThat(calls).hasValue(0);
        assertThat(state()).isEqualTo(Approval.State.GRANTED);
    }

    @Test
    void aPreviewThatFailsDoesNotStopTheRequest() {
        workshop.publish(Workshop.tool("write")
                .preview(call -> {
                    throw new ToolException(ToolException.Reason.TIMED_OUT, "the database is asleep");
                })
                .handler(this::done));

        asks(call(Map.of(), new JsonObject()));

        assertThat(shown().details().orElseThrow().problem()).isEqualTo("the database is asleep");
    }

    @Test
    void aPreviewCannotChangeAnything() {
        workshop.publish(Workshop.tool("write")
                .preview(call -> call.connection()
                        .invoke(Operation.write("d1.query", new JsonObject(), call))
                        .map(Preview.of("", "")))
                .handler(this::done));

        asks(call(Map.of(), new JsonObject()));

        assertThat(shown().details().orElseThrow().problem()).contains("which a preview must not");
    }

    @Test
    void aDryRunNeedsNoApprovalAndWhatItShowedDoes() {
        workshop.publish(telling().handler(this::done));

        var shown = told(AGENT, new JsonObject());
        var asked = told(AGENT, new JsonObject().put("dryRun", false));
        var wrong = told(AGENT, new JsonObject().put("dryRun", "false"));

        assertThat(text(shown)).isEqualTo("done {}0");
        assertThat(asked).isInstanceOf(CallOutcome.Asks.class);
        assertThat(text(wrong)).contains("dryRun");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aDryRunThatWritesIsStoppedOnItsWay() {
        workshop.publish(telling()
                .handler(call -> call.connection()
                        .invoke(Operation.write("d1.query", new JsonObject(), call))
                        .map(ToolResult.text("changed"))));

        assertThat(text(told(AGENT, new JsonObject()))).contains("you may not do d1.query");
    }

    @Test
    void aDryRunOpensNothingToWhoMayNotChangeAnything() {
        workshop.publish(telling().handler(this::done));
        var viewer = new Caller("u4", "vic", Role.VIEWER, AGENT.credential(), AGENT.address());

        assertThat(text(told(viewer, new JsonObject()))).contains("viewers change nothing");
        assertThat(calls).hasValue(0);
    }

    private static Tool.Builder telling() {
        return Workshop.tool("tells")
                .input(Schemas.object()
                        .optional("dryRun", Schemas.bool("Whether to only look."))
                        .build())
                .dryRun();
    }

    private CallOutcome told(Caller caller, JsonObject arguments) {
        return get(workshop.invoker.call("tells", arguments, Map.of(), new JsonObject(), requester(caller)));
    }

    @Test
    void row40WhoLosesTheRoleWhileTheApprovalIsPendingIsRefused() {
        var asked = asks(call(Map.of(), new JsonObject()));
        grant();
        var demoted = new Caller(AGENT.id(), AGENT.name(), Role.VIEWER, AGENT.credential(), AGENT.address());

        var refused =
                get(workshop.invoker.call("write", new JsonObject(), accepted(), asked.state(), requester(demoted)));

        assertThat(text(refused)).contains("you may not call write");
        assertThat(calls).hasValue(0);
        assertThat(state()).isEqualTo(Approval.State.GRANTED);
    }

    @Test
    void withoutAnotherAdminItIsRefused() {
        get(new UserStore(workshop.database).setRole("u3", "viewer", 0));

        var refused = call(Map.of(), new JsonObject());

        assertThat(text(refused)).contains("there is nobody else who could give it");
    }

    private InputRequired asks(CallOutcome outcome) {
        return ((CallOutcome.Asks) outcome).questions();
    }

    private static InputRequest.Page page(InputRequired asked) {
        return (InputRequest.Page) asked.requests().get("approval");
    }

    private CallOutcome call(Map<String, JsonObject> answers, JsonObject state) {
        return get(workshop.invoker.call(
                "write", new JsonObject(), answers, state, requester(ClientCapability.ELICITATION_URL)));
    }

    private static Map<String, JsonObject> accepted() {
        return Map.of("approval", new JsonObject().put("action", "accept"));
    }

    private Decisions decisions() {
        return workshop.desk.approvals().decisions();
    }

    private Approval request() {
        return get(decisions().list(ADMIN, Optional.empty())).get(0);
    }

    private Approval shown() {
        return get(decisions().show(ADMIN, request().id()));
    }

    private Approval.State state() {
        return request().state();
    }

    private void grant() {
        get(decisions().grant(ADMIN, request().id(), ""));
    }

    private Requester requester(ClientCapability... capabilities) {
        return new Requester(
                AGENT,
                "test",
                "mcp",
                Set.of(capabilities),
                (a, b, c) -> {},
                (a, b) -> {},
                new Cancelling(),
                false,
                Duration.ofSeconds(10),
                Duration.ofMillis(20));
    }

    private Requester requester(Caller caller) {
        return new Requester(
                caller,
                "test",
                "mcp",
                Set.of(ClientCapability.ELICITATION_URL),
                (a, b, c) -> {},
                (a, b) -> {},
                new Cancelling());
    }

    private Requester patient() {
        return requester(new Cancelling(), Requester.LONGEST);
    }

    private Requester requester(Cancelling cancelling, Duration hold) {
        return new Requester(
                AGENT,
                "test",
                "mcp",
                Set.of(ClientCapability.ELICITATION_URL),
                (a, b, c) -> {},
                (a, b) -> {},
                cancelling,
                false,
                Duration.ofSeconds(10),
                hold);
    }
}
