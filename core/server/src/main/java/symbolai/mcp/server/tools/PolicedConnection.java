package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
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
                .orElseGet(() -> reaches.of(operation, account.get()).compose(reach -> carriedOut(operation, reach)));
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
        var caps = decision.caps();
        return caps.equals(Caps.NONE)
                ? whole.invoke(operation)
                : whole.invoke(capped(operation, caps)).compose(reply -> capped(reply, decision));
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

    /** A backend reads no more rows than it is asked for, and says so. */
    private static Operation capped(Operation operation, Caps caps) {
        if (!(operation.arguments().getValue("caps") instanceof JsonObject asked)) {
            return operation;
        }
        var least = asked.copy();
        lower(least, "rows", caps.rows());
        lower(least, "bytes", caps.bytes());
        return new Operation(
                operation.name(),
                operation.arguments().copy().put("caps", least),
                operation.access(),
                operation.deadline(),
                operation.cancellation());
    }

    private static void lower(JsonObject caps, String name, OptionalLong most) {
        most.ifPresent(limit -> caps.put(name, Math.min(limit, caps.getLong(name, limit))));
    }

    private static Future<Reply> capped(Reply reply, Decision decision) {
        var most = decision.caps().bytes();
        if (most.isEmpty() || decision.caps().equals(Caps.NONE)) {
            return Future.succeededFuture(reply);
        }
        var tooMany = new ToolException(
                Reason.REFUSED,
                "the result has more than " + most.getAsLong() + " bytes, which is what the rule " + decision.rule()
                        + " lets through; ask for less");
        var isQuery = reply.json().containsKey("results");
        if (!isQuery && reply.json().encode().length() > most.getAsLong()) {
            reply.body().ifPresent(body -> body.close());
            return Future.failedFuture(tooMany);
        }
        Optional<CappedBody> body = reply.body().map(bytes -> new CappedBody(bytes, most.getAsLong(), tooMany));
        return Future.succeededFuture(
                body.map(capped -> new Reply(reply.json(), Optional.of(capped))).orElse(reply));
    }

    @Override
    public void close() {
        whole.close();
    }
}
