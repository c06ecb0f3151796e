package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Reach;
import symbolai.mcp.server.policy.Standing;

/** The one place where it is decided whether a call goes on: the policy first, then the limits, then an approval where one is due. */
public final class CallGate {
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final Policy policy;
    private final Limits limits;
    private final Standing standing;
    private final PolicedConnections policed;
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();

    /** A call inside a handler. */
    private record UnderWay(ToolRun run, Tool tool, CallScope scope) {}

    public CallGate(Policy policy, Limits limits, Standing standing) {
        this.policy = policy;
        this.limits = limits;
        this.standing = standing;
        this.policed = new PolicedConnections(policy, standing);
    }

    /** The ways to accounts on which each operation is decided about by the same policy. */
    PolicedConnections policed() {
        return policed;
    }

    /** Whether the caller may call the tool, now or after an approval or with another token: what lists show. */
    boolean visible(Caller caller, Tool tool) {
        return decide(caller, tool).possible();
    }

    /** Callers with equal views are shown the same tools. */
    Object view(Caller caller) {
        return standing.now(caller).map(policy::view).orElse("gone");
    }

    /** Whether the caller may read the prompts and resources that these tools show. */
    Decision reading(Caller caller, List<Tool> tools) {
        return standing.now(caller)
                .map(current -> policy.decideReading(current, tools, Reach.UNKNOWN))
                .orElseGet(CallGate::gone);
    }

    /** Closes a call whose arguments nobody read, as the caller may not see the tool. */
    Passage.Closed unread(Tool tool, Requester requester) {
        var decision = decide(requester.caller(), tool);
        var record = CallRecord.unread(new Target("tool", tool.name()), requester);
        return decision.possible()
                ? new Passage.Closed(
                        record, new ToolException(Reason.REFUSED, "your rights have just changed: ask again"))
                : new Passage.Closed(record.decided(decision.rule()), refusal(tool, decision));
    }

    /** Decides about a new call. */
    Future<Passage> pass(Attempt attempt) {
        return pass(attempt, () -> limits.take(attempt.caller(), attempt.tool().name()));
    }

    /** Decides anew about a call that waited; it is one call of the minute still. */
    Future<Passage> passAgain(Attempt attempt) {
        return pass(attempt, () -> limits.enter(attempt.caller()));
    }

    private Future<Passage> pass(Attempt attempt, Supplier<Limits.Permit> count) {
        var decision = decide(attempt.caller(), attempt.tool(), attempt.arguments());
        var record = attempt.record().decided(decision.rule());
        if (!decision.possible() || decision.outcome() == Decision.Outcome.SCOPE) {
            return closed(record, refusal(attempt.tool(), decision));
        }
        Limits.Permit permit;
        try {
            permit = count.get();
        } catch (ToolException tooMany) {
            return closed(record.decided("limits"), tooMany);
        }
        var problem = problem(attempt);
        if (problem.isPresent()) {
            permit.close();
            return closed(record, problem.get());
        }
        return decision.allowed()
                ? open(record, attempt, permit)
                : Future.succeededFuture(new Passage.Due(record, decision, permit));
    }

    /** Counts what is no call of a tool, or a step of a task, among what goes on at once. */
    Limits.Permit enter(Caller caller) {
        return limits.enter(caller);
    }

    private static Future<Passage> open(CallRecord record, Attempt attempt, Limits.Permit permit) {
        return Future.succeededFuture(
                new Passage.Open(record, attempt.ownAnswers(), attempt.ownState(), permit, Redeeming.NOTHING));
    }

    private static Future<Passage> closed(CallRecord record, RuntimeException why) {
        return Future.succeededFuture(new Passage.Closed(record, why));
    }

    /** Why a call that was let through may not go on any more; empty when it may. */
    Optional<ToolException> objection(ToolRun run, Tool tool) {
        var decision = decide(run.requester().caller(), tool, run.arguments());
        return run.mayGoOn(decision)
                ? Optional.empty()
                : Optional.of(new ToolException(
                        Reason.REFUSED, "you may not call " + tool.name() + " any more: " + decision.reason()));
    }

    /** The same outcome; meanwhile the call is stopped when it may not go on any more. */
    <T> Future<T> watched(ToolRun run, Tool tool, CallScope scope, Future<T> running) {
        var call = new UnderWay(run, tool, scope);
        underWay.add(call);
        return running.onComplete(ended -> underWay.remove(call));
    }

    /** Looks at the calls under way from time to time, until the registration is closed: hours end, and rights are taken away. */
    public Registration watch(Vertx vertx) {
        long timer = vertx.setPeriodic(RECHECK.toMillis(), id -> recheck());
        return () -> vertx.cancelTimer(timer);
    }

    /** Stops the calls under way that may not go on any more. */
    public void recheck() {
        underWay.removeIf(call -> call.scope().hasEnded());
        underWay.forEach(call -> objection(call.run(), call.tool()).ifPresent(call.scope()::refuse));
    }

    /** Whether the caller may do an operation that belongs to no tool. */
    Decision operation(Caller caller, String name, boolean write) {
        return standing.now(caller)
                .map(current -> policy.decide(current, name, write, Reach.UNKNOWN))
                .orElseGet(CallGate::gone);
    }

    private Decision decide(Caller caller, Tool tool) {
        return standing.now(caller).map(current -> policy.decide(current, tool)).orElseGet(CallGate::gone);
    }

    private Decision decide(Caller caller, Tool tool, JsonObject arguments) {
        return standing.now(caller)
                .map(current -> policy.decide(current, tool, arguments, Reach.UNKNOWN))
                .orElseGet(CallGate::gone);
    }

    static Decision gone() {
        return Decision.refused("gone", "you are not known any more, or what you showed is not accepted any more");
    }

    private static RuntimeException refusal(Tool tool, Decision decision) {
        var text = "you may not call " + tool.name() + ": " + decision.reason();
        return decision.outcome() == Decision.Outcome.SCOPE
                ? new ScopeMissing(decision.scopes(), text)
                : new ToolException(Reason.REFUSED, text);
    }

    private static Optional<RuntimeException> problem(Attempt attempt) {
        var missing = attempt.missing();
        if (!missing.isEmpty()) {
            return Optional.of(new CapabilityMissing(missing));
        }
        var problems = attempt.loaded().input().problems(attempt.arguments());
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(ToolSteps.invalid(attempt.tool().name(), problems));
    }
}
