package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.policy.Caps;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Reach;

/** The one way of a handler to an account: each operation is decided about when it leaves, by the database and the tables that it touches. */
final class PolicedConnection implements Connection {

    private final Connection whole;
    private final Judge judge;
    private final OperationReach reaches;
    private final Supplier<Reach> account;
    private final Predicate<Decision> goesOn;
    private final Witness witness;

    /**
     * @param account what is known of every operation
     * @param goesOn whether an operation goes on of which this was decided
     * @param witness is told of each operation
     */
    PolicedConnection(
            Connection whole,
            Judge judge,
            OperationReach reaches,
            Supplier<Reach> account,
            Predicate<Decision> goesOn,
            Witness witness) {
        this.whole = whole;
        this.judge = judge;
        this.reaches = reaches;
        this.account = account;
        this.goesOn = goesOn;
        this.witness = witness;
    }

    @Override
    public Set<String> operations() {
        return whole.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return Listing.of(operation.name())
                .map(listing -> list(operation, listing))
                .orElseGet(() -> reaches.of(operation, account).compose(reach -> carriedOut(operation, reach)));
    }

    private Future<Reply> list(Operation operation, Listing listing) {
        return carriedOut(operation, account.get())
                .map(reply -> new Reply(listing.filtered(reply.json(), this::isSeen), reply.body()));
    }

    private boolean isSeen(Set<String> names) {
        return judge.decide(false, account.get().onDatabase(names)).possible();
    }

    private Future<Reply> carriedOut(Operation operation, Reach reach) {
        var decision = judge.decide(operation.access() == Operation.Access.WRITE, reach);
        boolean on = goesOn.test(decision);
        witness.saw(operation, decision, on);
        if (!on) {
            return Future.failedFuture(refusal(operation, reach, decision));
        }
        return decision.caps().equals(Caps.NONE) ? whole.invoke(operation) : capped(operation, new Capping(decision));
    }

    private Future<Reply> capped(Operation operation, Capping capping) {
        return capping.objection(operation)
                .<Future<Reply>>map(Future::failedFuture)
                .orElseGet(() -> whole.invoke(capping.asked(operation)).compose(capping::answered));
    }

    private static ToolException refusal(Operation operation, Reach reach, Decision decision) {
        var touched = reach.tables()
                .filter(tables -> !tables.isEmpty())
                .map(tables -> "; it names "
                        + String.join(", ", tables.stream().sorted().toList()))
                .orElse("");
        return new ToolException(
                Reason.REFUSED,
                "you may not do " + operation.name() + " there: " + decision.reason() + touched + "; nothing was done");
    }

    @Override
    public void close() {
        whole.close();
    }
}
