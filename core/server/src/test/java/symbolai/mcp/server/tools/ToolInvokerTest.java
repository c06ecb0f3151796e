package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.tools.Workshop.get;
import static symbolai.mcp.server.tools.Workshop.isError;
import static symbolai.mcp.server.tools.Workshop.text;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Lease;

@ExtendWith(VertxExtension.class)
class ToolInvokerTest {

    private Workshop shop;

    @BeforeEach
    void prepare(Vertx vertx, @TempDir Path folder) {
        shop = new Workshop(vertx, folder);
    }

    @AfterEach
    void leave() {
        shop.close();
    }

    @Test
    void aCallIsRecordedBeforeAndAfter() {
        var recordedBefore = new AtomicReference<List<String>>();
        shop.open(Workshop.config()).publish("test_it", call -> {
            recordedBefore.set(shop.audited());
            return Future.succeededFuture(ToolResult.json(new JsonObject().put("rowCount", 3)));
        });

        var outcome = get(shop.call("test_it", new JsonObject().put("limit", 3), shop.requester()));

        assertThat(text(outcome)).isEqualTo("{\"rowCount\":3}");
        assertThat(recordedBefore.get()).containsExactly("call.intent");
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome done");
        var intent = shop.records().get(0);
        var ended = shop.records().get(1);
        assertThat(intent.getString("caller")).isEqualTo("u1");
        assertThat(intent.getString("tool")).isEqualTo("test_it");
        assertThat(intent.getString("door")).isEqualTo("mcp");
        assertThat(intent.getString("arguments")).hasSize(64);
        assertThat(ended.getString("callId")).isEqualTo(intent.getString("callId"));
        assertThat(ended.getLong("rows")).isEqualTo(3);
        assertThat(ended.getLong("millis")).isNotNegative();
    }

    @Test
    void theOutcomeSaysWhichAccountAndDatabaseWereTouched() {
        shop.open(Workshop.config())
                .publish(
                        "test_it",
                        call -> call.connection()
                                .invoke(Operation.read("d1.get", new JsonObject().put("databaseId", "db-7"), call))
                                .transform(unconnected -> Future.succeededFuture(ToolResult.text("tried"))));

        get(shop.call("test_it"));

        var ended = shop.records().get(1);
        assertThat(ended.getString("event")).isEqualTo("call.outcome");
        assertThat(ended.getString("account")).isEqualTo("local");
        assertThat(ended.getString("database")).isEqualTo("db-7");
    }

    /** An account that answers each operation under an id of its own, and fails the last. */
    private static final class Numbered implements Connector {

        private final AtomicInteger answers = new AtomicInteger();

        @Override
        public String id() {
            return "numbered";
        }

        @Override
        public List<CredentialField> fields() {
            return List.of();
        }

        @Override
        public Future<Verified> verify(Credentials credentials, Upstream upstream) {
            return Future.succeededFuture(Verified.account("numbered", "numbered"));
        }

        @Override
        public Connection open(Credentials credentials, Upstream upstream) {
            return new Connection() {
                @Override
                public Set<String> operations() {
                    return Set.of("d1.get");
                }

                @Override
                public Future<Reply> invoke(Operation operation) {
                    int number = answers.incrementAndGet();
                    upstream.answered("ray-" + number);
                    return number < 2
                            ? Future.succeededFuture(new Reply(new JsonObject()))
                            : Future.failedFuture(new ToolException(Reason.NOT_FOUND, "it is not there"));
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    @Test
    void theOutcomeSaysUnderWhichIdTheOutsideSystemHasItsLastAnswer() {
        shop.connectors.publish("numbered", List.of(new Numbered()), new Lease());
        shop.open(Workshop.config())
                .publish(
                        "test_it",
                        call -> read(call).compose(first -> read(call)).map(ToolResult.text("never")));

        get(shop.call("test_it").otherwiseEmpty());

        var records = shop.records();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).containsKey("upstream")).isFalse();
        assertThat(records.get(1).getString("outcome")).isEqualTo("not_found");
        assertThat(records.get(1).getString("upstream")).isEqualTo("ray-2");
    }

    @Test
    void aCallThatAsksNobodyOutsideHasNoSuchId() {
        shop.open(Workshop.config())
                .publish("test_alone", call -> Future.succeededFuture(ToolResult.text("asks nobody")));

        get(shop.call("test_alone"));

        assertThat(shop.records().get(1).containsKey("upstream")).isFalse();
    }

    private static Future<Reply> read(ToolCall call) {
        return call.connection().invoke(Operation.read("d1.get", new JsonObject().put("databaseId", "db-7"), call));
    }

    @Test
    void anUnknownToolIsNotFound() {
        shop.open(Workshop.config());

        assertThatThrownBy(() -> get(shop.call("nothing"))).isInstanceOfSatisfying(NotFound.class, missing -> {
            assertThat(missing.kind()).isEqualTo(NotFound.Kind.TOOL);
            assertThat(missing.name()).isEqualTo("nothing");
        });
        assertThat(shop.audited()).containsExactly("call.refused not_found");
        assertThat(shop.records().get(0).getString("tool")).isEqualTo("nothing");
    }

    @Test
    void wrongArgumentsDoNotReachTheHandler() {
        var entered = new AtomicBoolean();
        shop.open(Workshop.config()).publish("test_it", call -> {
            entered.set(true);
            return Future.succeededFuture(ToolResult.text("done"));
        });

        var outcome =
                get(shop.call("test_it", new JsonObject().put("limit", "ten").put("limt", 1), shop.requester()));

        assertThat(isError(outcome)).isTrue();
        assertThat(text(outcome).lines())
                .containsExactly(
                        "the arguments of test_it are wrong, so nothing was done:",
                        "limit: 'ten' is not an integer",
                        "limt: is not known; did you mean 'limit'?");
        assertThat(entered).isFalse();
        assertThat(shop.audited()).containsExactly("call.refused invalid");
    }

    @Test
    void policyDecides() {
        shop.open(new ToolsConfig(Duration.ofSeconds(5), 10, false, false))
                .publish(
                        Workshop.tool("test_write").handler(call -> Future.succeededFuture(ToolResult.text("done"))),
                        Workshop.tool("test_read")
                                .annotations(ToolAnnotations.READ_ONLY)
                                .handler(call -> Future.succeededFuture(ToolResult.text("done"))));
        var viewer = new Caller("u2", "eve", Role.VIEWER, Credential.LOCAL, "local");

        var write = get(shop.call("test_write"));
        var read = get(shop.call("test_read"));
        var foreign = get(shop.call("test_read", new JsonObject(), as(viewer)));

        assertThat(text(write))
                .isEqualTo(
                        "you may not call test_write: tools that change anything are switched off (tools.writes is false)");
        assertThat(text(read)).isEqualTo("done");
        assertThat(text(foreign))
                .isEqualTo("you may not call test_read: no rule opens it to you, and you are a viewer");
        assertThat(shop.audited()).contains("call.refused refused");
    }

    private Requester as(Caller caller) {
        var own = shop.requester();
        return new Requester(
                caller, own.client(), own.door(), own.capabilities(), own.progress(), own.log(), own.cancellation());
    }

    static Stream<Arguments> badHandlers() {
        ToolHandler throwing = call -> {
            throw new IllegalStateException("secret detail");
        };
        ToolHandler overflowing = call -> {
            throw new StackOverflowError();
        };
        ToolHandler linking = call -> {
            throw new NoClassDefFoundError("Foreign");
        };
        return Stream.of(
                Arguments.of("throws", throwing),
                Arguments.of("overflows", overflowing),
                Arguments.of("does not link", linking),
                Arguments.of("returns null", (ToolHandler) call -> null),
                Arguments.of("completes with null", (ToolHandler) call -> Future.succeededFuture(null)),
                Arguments.of("fails", (ToolHandler) call -> Future.failedFuture(new IOException("secret detail"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHandlers")
    void aBadHandlerIsContained(String how, ToolHandler handler) {
        var lease = shop.open(Workshop.config()).publish("test_it", handler);

        var failure = catchThrowable(() -> get(shop.call("test_it")));

        assertThat(failure).isInstanceOf(InternalFailure.class);
        assertThat(failure.getMessage()).doesNotContain("secret");
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome internal");
        assertThat(((InternalFailure) failure).id())
                .isEqualTo(shop.records().get(0).getString("callId"));
        get(lease.close());
    }

    @Test
    void aHandlerThatNeverAnswersEndsAtTheDeadline() {
        var cancelled = new AtomicBoolean();
        shop.open(Workshop.deadline(Duration.ofMillis(200))).publish("test_it", call -> {
            call.cancellation().onCancel(() -> cancelled.set(true));
            return Promise.<ToolOutcome>promise().future();
        });

        var outcome = get(shop.call("test_it"));

        assertThat(text(outcome))
                .isEqualTo("test_it took longer than 200 ms and was stopped; it may have done part of its work");
        assertThat(cancelled).isTrue();
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome timed_out");
    }

    @Test
    void aHandlerMaySayItselfThatTheDeadlineHasPassed() {
        shop.open(Workshop.deadline(Duration.ofMillis(100))).publish("test_it", call -> {
            var answer = Promise.<ToolResult>promise();
            call.cancellation().onCancel(() -> answer.fail(new ToolException(Reason.TIMED_OUT, "row 17 was too slow")));
            return answer.future();
        });

        assertThat(text(get(shop.call("test_it")))).isEqualTo("row 17 was too slow");
    }

    @Test
    void aToolExceptionIsAResultThatTheModelReads() {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        shop.open(Workshop.config())
                .publish(
                        "test_it",
                        call -> Future.failedFuture(
                                new ToolException(Reason.RATE_LIMITED, "slow down", Optional.of(at))));

        var outcome = get(shop.call("test_it"));

        assertThat(isError(outcome)).isTrue();
        assertThat(text(outcome)).isEqualTo("slow down (try again at 2026-01-01T00:00:00Z)");
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome rate_limited");
    }

    @Test
    void notConnectedPassesThrough() {
        shop.open(Workshop.config())
                .publish(
                        "test_it",
                        call -> call.connection()
                                .invoke(Operation.read("d1.list", new JsonObject(), call))
                                .map(reply -> ToolResult.json(reply.json())));

        assertThatThrownBy(() -> get(shop.call("test_it")))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_CONNECTED));
    }

    @Test
    void aClientThatCannotIsToldWhatIsMissing() {
        shop.open(Workshop.config())
                .publish(
                        Workshop.tool("test_modelled")
                                .requires(ClientCapability.SAMPLING)
                                .handler(call -> Future.succeededFuture(ToolResult.text("done"))),
                        Workshop.tool("test_task")
                                .task()
                                .handler(call -> Future.succeededFuture(ToolResult.text("done"))),
                        Workshop.tool("test_asks")
                                .handler(call ->
                                        Future.succeededFuture(InputRequired.ask("roots", new InputRequest.Roots()))));

        assertMissing("test_modelled", ClientCapability.SAMPLING);
        assertMissing("test_task", ClientCapability.TASKS);
        assertMissing("test_asks", ClientCapability.ROOTS);
    }

    private void assertMissing(String tool, ClientCapability capability) {
        assertThatThrownBy(() -> get(shop.call(tool)))
                .isInstanceOfSatisfying(
                        CapabilityMissing.class,
                        missing -> assertThat(missing.missing()).containsExactly(capability));
    }

    @Test
    void questionsAndAnswersPassThrough() {
        shop.open(Workshop.config()).publish("test_it", call -> {
            var answer = call.answers().get("roots");
            return Future.succeededFuture(
                    answer == null
                            ? new InputRequired(
                                    Map.of("roots", new InputRequest.Roots()), new JsonObject().put("step", 1))
                            : ToolResult.text(answer.encode() + call.state().encode()));
        });
        var requester = shop.requester(ClientCapability.ROOTS);

        var asks = (CallOutcome.Asks) get(shop.call("test_it", new JsonObject(), requester));
        var done = get(shop.invoker.call(
                "test_it",
                new JsonObject(),
                Map.of("roots", new JsonObject().put("roots", 0)),
                asks.questions().state(),
                requester));

        assertThat(asks.questions().requests()).containsKey("roots");
        assertThat(text(done)).isEqualTo("{\"roots\":0}{\"step\":1}");
        assertThat(shop.audited())
                .containsExactly("call.intent", "call.outcome asks", "call.intent", "call.outcome done");
    }

    @Test
    void noMoreThanSoManyCallsRunAtOnce() {
        var answer = Promise.<ToolOutcome>promise();
        var entered = new AtomicInteger();
        shop.open(new ToolsConfig(Duration.ofSeconds(10), 2, false, true)).publish("test_it", call -> {
            entered.incrementAndGet();
            return answer.future();
        });

        var first = shop.call("test_it");
        var second = shop.call("test_it");
        await().until(() -> entered.get() == 2);
        var third = get(shop.call("test_it"));
        answer.complete(ToolResult.text("done"));

        assertThat(text(third)).isEqualTo("the server is busy with 2 calls; nothing was done, try again in a moment");
        assertThat(text(get(first))).isEqualTo("done");
        assertThat(text(get(second))).isEqualTo("done");
        assertThat(text(get(shop.call("test_it")))).isEqualTo("done");
        assertThat(shop.audited()).contains("call.refused unavailable");
    }

    @Test
    void aCallerWhoGivesUpIsHeardByTheHandler() {
        var entered = new AtomicBoolean();
        var told = new AtomicBoolean();
        shop.open(Workshop.config()).publish("test_it", call -> {
            call.cancellation().onCancel(() -> told.set(call.cancellation().isCancelled()));
            entered.set(true);
            return Promise.<ToolOutcome>promise().future();
        });
        var caller = new Cancelling();

        var outcome = shop.call("test_it", new JsonObject(), shop.requester(caller));
        await().untilTrue(entered);
        caller.cancel();

        assertThat(text(get(outcome))).isEqualTo("the call was cancelled; it may have done part of its work");
        assertThat(told).isTrue();
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome cancelled");
    }

    @Test
    void aCallerWhoGaveUpBeforeIsNotServed() {
        var entered = new AtomicBoolean();
        shop.open(Workshop.config()).publish("test_it", call -> {
            entered.set(true);
            return Future.succeededFuture(ToolResult.text("done"));
        });
        var caller = new Cancelling();
        caller.cancel();

        var outcome = get(shop.call("test_it", new JsonObject(), shop.requester(caller)));

        assertThat(isError(outcome)).isTrue();
        assertThat(entered).isFalse();
    }

    @Test
    void noCallFailsWhenAVersionIsReplaced() {
        shop.open(new ToolsConfig(Duration.ofSeconds(10), 1000, false, true));
        var lease = new AtomicReference<>(shop.publish("test_it", this::slowly));
        var closed = new ArrayList<Future<Void>>();
        var outcomes = new ArrayList<Future<CallOutcome>>();

        for (int version = 0; version < 50; version++) {
            for (int i = 0; i < 10; i++) {
                outcomes.add(shop.call("test_it"));
            }
            var former = lease.getAndSet(shop.publish("test_it", this::slowly));
            closed.add(former.close());
        }

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(text(get(outcome))).isEqualTo("done"));
        assertThat(closed).allSatisfy(Workshop::get);
    }

    private Future<ToolOutcome> slowly(ToolCall call) {
        return shop.vertx.timer(5, java.util.concurrent.TimeUnit.MILLISECONDS).map(ToolResult.text("done"));
    }

    @Test
    void anOldVersionIsInUseUntilItsCallsHaveEnded() {
        var answer = Promise.<ToolOutcome>promise();
        var entered = new AtomicBoolean();
        var old = shop.open(Workshop.config()).publish("test_it", call -> {
            entered.set(true);
            return answer.future();
        });

        var outcome = shop.call("test_it");
        await().untilTrue(entered);
        shop.publish("test_it", call -> Future.succeededFuture(ToolResult.text("new")));
        var drained = old.close();

        assertThat(text(get(shop.call("test_it")))).isEqualTo("new");
        assertThat(drained.isComplete()).isFalse();
        answer.complete(ToolResult.text("old"));
        assertThat(text(get(outcome))).isEqualTo("old");
        get(drained);
    }

    @Test
    void aWithdrawnToolIsNotFound() {
        var lease = shop.open(Workshop.config())
                .publish("test_it", call -> Future.succeededFuture(ToolResult.text("done")));

        shop.catalogs.withdraw("test", lease);
        get(lease.close());

        assertThatThrownBy(() -> get(shop.call("test_it"))).isInstanceOf(NotFound.class);
    }

    @Test
    void progressOnlyGoesUpAndEndsWithTheCall() {
        var later = new AtomicReference<ToolCall>();
        shop.open(Workshop.config()).publish("test_it", call -> {
            later.set(call);
            for (double done : new double[] {1, 5, 5, 3, Double.NaN, Double.POSITIVE_INFINITY, 7}) {
                call.progress().report(done, OptionalDouble.empty(), "step");
            }
            call.log().log(CallLog.Level.INFO, "hello");
            return Future.succeededFuture(ToolResult.text("done"));
        });

        get(shop.call("test_it"));
        later.get().progress().report(9, OptionalDouble.empty(), "late");
        later.get().log().log(CallLog.Level.INFO, "late");
        get(shop.call("test_it"));

        assertThat(shop.progress)
                .containsExactly("1.0 step", "5.0 step", "7.0 step", "1.0 step", "5.0 step", "7.0 step");
        assertThat(shop.logged).containsExactly("INFO hello", "INFO hello");
    }

    @Test
    void aClientWithoutTasksWaitsAndSeesProgress() {
        shop.open(Workshop.config()).publish("test_it", ToolInvokerTest::threeSteps);

        var outcome = get(shop.call("test_it"));

        assertThat(text(outcome)).isEqualTo("done after 3");
        assertThat(shop.progress).containsExactly("1.0 step 1", "2.0 step 2", "3.0 step 3");
        assertThat(shop.audited()).containsExactly("call.intent", "call.outcome done");
    }

    static Future<ToolOutcome> threeSteps(ToolCall call) {
        int step = call.state().getInteger("step", 0);
        return Future.succeededFuture(
                step == 3
                        ? ToolResult.text("done after 3")
                        : new Working(
                                new JsonObject().put("step", step + 1), Duration.ofMillis(10), "step " + (step + 1)));
    }

    @Test
    void aWaitingClientThatGivesUpIsHeardByTheToolInItsPause() {
        var last = new AtomicReference<JsonObject>();
        shop.open(Workshop.config()).publish("test_it", call -> {
            if (call.cancellation().isCancelled()) {
                last.set(call.state());
            }
            return Future.succeededFuture(
                    new Working(new JsonObject().put("job", 7), Duration.ofMinutes(5), "running"));
        });
        var caller = new Cancelling();

        var outcome = shop.call("test_it", new JsonObject(), shop.requester(caller));
        await().until(() -> !shop.progress.isEmpty());
        caller.cancel();

        assertThat(isError(get(outcome))).isTrue();
        assertThat(last.get()).isEqualTo(new JsonObject().put("job", 7));
    }

    @Test
    void outputIsCheckedWhereThatIsSwitchedOn() {
        shop.open(new ToolsConfig(Duration.ofSeconds(5), 10, true, true));
        var schema = Schemas.object().required("id", Schemas.string("An id.")).build();
        shop.publish(
                Workshop.tool("test_good")
                        .output(schema)
                        .handler(call -> Future.succeededFuture(ToolResult.json(new JsonObject().put("id", "a")))),
                Workshop.tool("test_error")
                        .output(schema)
                        .handler(call -> Future.succeededFuture(ToolResult.error("no"))),
                Workshop.tool("test_none")
                        .output(schema)
                        .handler(call -> Future.succeededFuture(ToolResult.text("text"))),
                Workshop.tool("test_wrong")
                        .output(schema)
                        .handler(call -> Future.succeededFuture(ToolResult.json(new JsonObject().put("id", 1)))));

        assertThat(isError(get(shop.call("test_good")))).isFalse();
        assertThat(isError(get(shop.call("test_error")))).isTrue();
        assertThatThrownBy(() -> get(shop.call("test_none"))).isInstanceOf(InternalFailure.class);
        assertThatThrownBy(() -> get(shop.call("test_wrong"))).isInstanceOf(InternalFailure.class);
    }

    @Test
    void nothingIsDoneWhenTheAuditLogIsClosed() {
        var entered = new AtomicBoolean();
        shop.open(Workshop.config()).publish("test_it", call -> {
            entered.set(true);
            return Future.succeededFuture(ToolResult.text("done"));
        });
        get(shop.audit.close());

        var outcome = get(shop.call("test_it"));

        assertThat(text(outcome))
                .isEqualTo("the server's audit log cannot be written, so calls are refused; nothing was done");
        assertThat(entered).isFalse();
    }

    @Test
    void anOutcomeThatCannotBeRecordedIsNotAnswered() {
        shop.open(Workshop.config())
                .publish("test_it", call -> shop.audit.close().map(ToolResult.text("done")));

        var outcome = get(shop.call("test_it"));

        assertThat(text(outcome))
                .isEqualTo("the server's audit log cannot be written, so calls are refused; it may have been done");
    }

    @Test
    void aHandlerAnswersOnAnyThread() throws IOException {
        shop.open(Workshop.config()).publish("test_it", call -> {
            var answer = Promise.<ToolOutcome>promise();
            new Thread(() -> answer.complete(ToolResult.text("done"))).start();
            return answer.future();
        });

        assertThat(text(get(shop.call("test_it")))).isEqualTo("done");
        assertThat(Files.list(shop.folder.resolve("audit"))).hasSize(1);
        assertThat(Set.copyOf(shop.audited())).hasSize(2);
    }
}
