package symbolai.mcp.server.tools;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Reach;
import symbolai.mcp.server.policy.Rule;
import symbolai.mcp.server.policy.Standing;

/** Makes the connections of calls, on which each operation is decided about for the caller of that moment. */
final class PolicedConnections {
    private final Policy policy;
    private final Standing standing;

    PolicedConnections(Policy policy, Standing standing) {
        this.policy = policy;
        this.standing = standing;
    }

    /** The caller's connection for a call of the tool, on which each operation is decided about. */
    Connection of(Connections connections, ToolRun run, Tool tool) {
        return of(
                connections,
                run.connection(),
                run.record(),
                (current, write, reach) -> write
                        ? policy.decide(current, tool.name(), true, reach)
                        : policy.decide(current, tool, run.arguments(), reach),
                run::mayGoOn);
    }

    /** The same for a look at what the tool would do; the look itself only reads, and is for those who may approve. */
    Connection looking(Connections connections, Attempt attempt) {
        return of(
                connections,
                attempt.connection(),
                attempt.record(),
                (current, write, reach) -> policy.decide(current, attempt.tool().name(), write, reach),
                decision -> decision.allowed() || decision.outcome() == Decision.Outcome.APPROVAL);
    }

    /** The same for what reads prompts and resources that these tools show. */
    Connection of(Connections connections, CallRecord call, List<Tool> tools) {
        return of(
                connections,
                connections.identity(call.requester().caller()),
                call,
                (current, write, reach) ->
                        write ? policy.decide(current, "", true, reach) : policy.decideReading(current, tools, reach),
                Decision::allowed);
    }

    /** The connection for such an operation, on which it is decided about by what it touches. */
    Connection of(Connection whole, CallRecord call, String operation) {
        return of(
                whole,
                call,
                (current, write, reach) -> policy.decide(current, operation, write, reach),
                () -> Reach.UNKNOWN.onAccount(Set.of("local")),
                () -> "local",
                Decision::allowed);
    }

    /** Decides for the caller of now. */
    @FunctionalInterface
    private interface Ruling {
        Decision of(Caller current, boolean write, Reach reach);
    }

    private Connection of(
            Connections connections, String began, CallRecord call, Ruling ruling, Predicate<Decision> goesOn) {
        var caller = call.requester().caller();
        var steady = new SteadyConnection(
                connections.forCaller(caller, call.touched()::answered),
                () -> connections.identity(caller).equals(began));
        return of(
                steady, call, ruling, () -> account(connections, caller), () -> connections.accountId(caller), goesOn);
    }

    private Connection of(
            Connection whole,
            CallRecord call,
            Ruling ruling,
            Supplier<Reach> account,
            Supplier<String> accountId,
            Predicate<Decision> goesOn) {
        return new PolicedConnection(
                whole,
                (write, reach) -> standing.now(call.requester().caller())
                        .map(current -> ruling.of(current, write, reach))
                        .orElseGet(CallGate::gone),
                new OperationReach(policy, whole),
                account,
                goesOn,
                (operation, decision, on) -> call.touched().saw(accountId.get(), operation, decision, on));
    }

    private Reach account(Connections connections, Caller caller) {
        return Reach.UNKNOWN.onAccount(
                policy.speaksOf(Rule.What::accounts) ? connections.accountNames(caller) : Set.of());
    }
}
