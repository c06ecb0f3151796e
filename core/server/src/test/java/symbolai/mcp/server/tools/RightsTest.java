package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.tools.Workshop.get;
import static symbolai.mcp.server.tools.Workshop.isError;
import static symbolai.mcp.server.tools.Workshop.text;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.connections.Unconnected;
import symbolai.mcp.server.policy.Standing;

/** What becomes of calls whose caller loses a right while they wait. */
class RightsTest {

    private static final Standing NO_ADMIN = caller ->
            Optional.of(new Caller(caller.id(), caller.name(), Role.OPERATOR, caller.credential(), caller.address()));
    private static final Caller BOB =
            new Caller("u2", "bob", Role.ADMIN, Credential.key("k1", List.of(), false), "203.0.113.9");
    private static final Standing GONE = caller -> Optional.empty();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger entries = new AtomicInteger();
    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(vertx, folder);
        shop.limits = new LimitsConfig(3, 0, 2, Map.of("test_rare", 1), List.of());
        shop.open(Workshop.config());
    }

    @AfterEach
    void close() {
        shop.close();
        get(vertx.close());
    }

    @Test
    void row40ARoleThatIsTakenAwayEndsACallThatWaits() {
        shop.publish("test_wait", call -> working());
        var waiting = shop.call("test_wait");
        await().until(() -> entries.get() == 1);

        shop.standing = NO_ADMIN;
        var ended = get(waiting);

        assertThat(isError(ended)).isTrue();
        assertThat(text(ended))
                .isEqualTo("you may not call test_wait any more: no rule opens it to you, and you are an operator");
        assertThat(entries).hasValue(1);
    }

    @Test
    void row40AUserWhoIsRemovedEndsATaskThatWaits() {
        shop.publish("test_wait", call -> working());
        var task = ((CallOutcome.AsTask)
                        get(shop.call("test_wait", new JsonObject(), shop.requester(ClientCapability.TASKS))))
                .task();

        shop.standing = GONE;

        await().until(() -> get(shop.tasks.get(task.id(), Workshop.ADMIN))
                .map(seen -> seen.status() == Task.Status.COMPLETED)
                .orElse(false));
        var ended = get(shop.tasks.get(task.id(), Workshop.ADMIN)).orElseThrow();
        assertThat(ended.result().orElseThrow().isError()).isTrue();
        assertThat(entries).hasValue(1);
    }

    @Test
    void row40ACallInsideItsToolIsStoppedWhenTheRightEnds() {
        var cancelled = new AtomicReference<Cancellation>();
        shop.publish("test_long", call -> {
            cancelled.set(call.cancellation());
            return Promise.<ToolOutcome>promise().future();
        });
        var running = shop.call("test_long");
        await().until(() -> cancelled.get() != null);

        shop.standing = NO_ADMIN;
        shop.gate.recheck();
        var ended = get(running);

        assertThat(cancelled.get().isCancelled()).isTrue();
        assertThat(text(ended)).startsWith("you may not call test_long any more");
        assertThat(shop.audited()).contains("call.outcome refused");
    }

    @Test
    void aCallThatKeepsItsRightGoesOn() {
        var done = Promise.<ToolOutcome>promise();
        shop.publish("test_long", call -> {
            entries.incrementAndGet();
            return done.future();
        });
        var running = shop.call("test_long");
        await().until(() -> entries.get() == 1);

        shop.gate.recheck();
        done.complete(ToolResult.text("done"));

        assertThat(text(get(running))).isEqualTo("done");
    }

    @Test
    void listsShowWhatTheCallerOfNowMayCall() {
        shop.publish("test_wait", call -> working());
        var tool = shop.catalogs.current().tool("test_wait").orElseThrow().value();
        assertThat(shop.invoker.visible(Workshop.ADMIN, tool)).isTrue();

        shop.standing = NO_ADMIN;

        assertThat(shop.invoker.visible(Workshop.ADMIN, tool)).isFalse();
    }

    @Test
    void tooManyCallsAreRefusedAndSayWhenToTryAgain() {
        shop.publish("test_now", call -> Future.succeededFuture(ToolResult.text("done")));
        for (int i = 0; i < 3; i++) {
            assertThat(isError(get(keyed("test_now")))).isFalse();
        }

        var refused = (CallOutcome.Done) get(keyed("test_now"));

        assertThat(text(refused))
                .startsWith("you may make 3 calls a minute, and these are made; nothing was done (try again at ");
        assertThat(refused.failure().orElseThrow().reason()).isEqualTo(ToolException.Reason.RATE_LIMITED);
        assertThat(shop.audited().get(shop.audited().size() - 1)).isEqualTo("call.refused rate_limited");
        assertThat(isError(get(shop.call("test_now")))).isFalse();
    }

    @Test
    void aToolHasItsOwnLimit() {
        shop.publish("test_rare", call -> Future.succeededFuture(ToolResult.text("done")));
        assertThat(isError(get(keyed("test_rare")))).isFalse();

        assertThat(text(get(keyed("test_rare")))).startsWith("of the tools test_rare you may make 1 calls a minute");
    }

    @Test
    void callsUnderWayAreCountedUntilTheyEnd() {
        var done = Promise.<ToolOutcome>promise();
        shop.publish("test_long", call -> done.future());
        var first = keyed("test_long");
        var second = keyed("test_long");

        var third = keyed("test_long");

        assertThat(text(get(third))).startsWith("you have 2 calls under way, and may have 2");
        done.complete(ToolResult.text("done"));
        assertThat(text(get(first)) + text(get(second))).isEqualTo("donedone");
        assertThat(isError(get(keyed("test_long")))).isFalse();
    }

    @Test
    void whatIsReadCountsAmongTheCallsUnderWay() {
        var done = Promise.<ToolOutcome>promise();
        shop.publish("test_long", call -> done.future());
        var prompt = new Prompt(
                "tells", "t", "d", List.of(), Map.of(), call -> Future.succeededFuture(PromptResult.user("", "it")));
        shop.catalogs.publish(
                new Family("reads", "1", List.of(), List.of(), List.of(), List.of(prompt), List.of(), new Lease()));
        var running = List.of(keyed("test_long"), keyed("test_long"));

        assertThatThrownBy(() -> get(prompt("tells"))).hasMessageStartingWith("you have 2 calls under way");
        done.complete(ToolResult.text("done"));
        get(Future.join(running));

        assertThat(get(prompt("tells"))).isEqualTo(PromptResult.user("", "it"));
        assertThat(get(prompt("tells"))).isEqualTo(PromptResult.user("", "it"));
    }

    private Future<?> prompt(String name) {
        return shop.invoker.prompt(name, Map.of(), Map.of(), new JsonObject(), requester(BOB));
    }

    @Test
    void theStepsOfTasksCountAmongTheCallsUnderWay() {
        var stuck = Promise.<ToolOutcome>promise();
        shop.publish("test_steps", call -> entries.get() == 0 ? working() : stuck(stuck));
        var able = requester(BOB, ClientCapability.TASKS);
        get(shop.call("test_steps", new JsonObject(), able));
        await().until(() -> entries.get() == 2);
        shop.publish("test_long", call -> stuck.future());
        var running = keyed("test_long");

        var refused = get(keyed("test_long"));

        assertThat(text(refused)).startsWith("you have 2 calls under way");
        stuck.complete(ToolResult.text("done"));
        assertThat(text(get(running))).isEqualTo("done");
    }

    private Future<ToolOutcome> stuck(Promise<ToolOutcome> until) {
        entries.incrementAndGet();
        return until.future();
    }

    @Test
    void whatBeganOnOneAccountIsNotDoneOnAnother() {
        var tool = Workshop.tool("test_now").handler(call -> Future.succeededFuture(ToolResult.text("done")));
        var connections = Unconnected.connections(vertx, shop.connectors);
        var record = CallRecord.of(new Target("tool", "test_now"), new JsonObject(), shop.requester());
        var operation = new Operation(
                "d1.list",
                new JsonObject(),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);

        var same = shop.gate.policed().of(connections, new ToolRun(record, new JsonObject(), "default"), tool);
        var other = shop.gate.policed().of(connections, new ToolRun(record, new JsonObject(), "c7"), tool);

        assertThatThrownBy(() -> get(same.invoke(operation))).hasMessageContaining("you are not connected");
        assertThatThrownBy(() -> get(other.invoke(operation)))
                .hasMessage(
                        "another account was made active since this began, so d1.list was not done there; begin again");
    }

    private Future<CallOutcome> keyed(String tool) {
        return shop.call(tool, new JsonObject(), requester(BOB));
    }

    private static Requester requester(Caller caller, ClientCapability... capabilities) {
        return new Requester(
                caller,
                "test",
                "mcp",
                java.util.Set.of(capabilities),
                (progress, total, message) -> {},
                (level, message) -> {},
                Cancellation.NEVER);
    }

    private Future<ToolOutcome> working() {
        entries.incrementAndGet();
        return Future.succeededFuture(new Working(new JsonObject(), Duration.ofMillis(300), "wait"));
    }
}
