package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential.Kind;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.store.ApprovalRow;
import symbolai.mcp.server.store.ApprovalStore;
import symbolai.mcp.server.store.VoteRow;

/** Approvals as people see them: looked at, granted and denied. Who neither asks nor decides does not learn that there is a request. */
public final class Decisions {

    private static final int MOST_LISTED = 500;
    private static final int LONGEST_NOTE = 1_000;

    private final ApprovalStore store;
    private final Deciders deciders;
    private final ApprovalCodec codec;
    private final ApprovalRecords records;
    private final Waiting waiting;
    private final Clock clock;
    private final Set<String> deciding = ConcurrentHashMap.newKeySet();

    Decisions(
            ApprovalStore store,
            Deciders deciders,
            ApprovalCodec codec,
            ApprovalRecords records,
            Waiting waiting,
            Clock clock) {
        this.store = store;
        this.deciders = deciders;
        this.codec = codec;
        this.records = records;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** The requests that the caller asked for or may decide, newest first, without what they are exactly. */
    public Future<List<Approval>> list(Caller caller, Optional<State> state) {
        return store.list(MOST_LISTED)
                .map(rows -> rows.stream()
                        .map(row -> ApprovalCodec.approval(row, clock.instant()))
                        .filter(approval -> visible(approval, caller))
                        .filter(approval -> state.isEmpty() || approval.state() == state.get())
                        .toList());
    }

    /** One request with all that is known of it; who asked is not told what the preview found. Fails with NOT_FOUND when the caller has nothing to do with it. */
    public Future<Approval> show(Caller caller, String id) {
        return store.get(id).compose(row -> row.isPresent() ? seen(row.get(), caller) : missing(id));
    }

    private Future<Approval> seen(ApprovalRow row, Caller caller) {
        return visible(ApprovalCodec.approval(row, clock.instant()), caller)
                ? store.votes(row.id())
                        .map(votes -> codec.approval(row, votes, clock.instant()))
                        .map(approval ->
                                approval.requester().id().equals(caller.id()) ? approval.forRequester() : approval)
                : records.foreign(row.id(), caller).compose(written -> missing(row.id()));
    }

    private static boolean visible(Approval approval, Caller caller) {
        return approval.requester().id().equals(caller.id())
                || approval.approvers().include(caller);
    }

    /** Whether the caller may decide the request now. */
    public boolean mayDecide(Caller caller, Approval approval) {
        return objection(caller, approval).isEmpty();
    }

    /** Approves the call. */
    public Future<Approval> grant(Caller caller, String id, String note) {
        return decide(caller, id, true, note);
    }

    /** Refuses the call. */
    public Future<Approval> deny(Caller caller, String id, String reason) {
        return reason.isBlank()
                ? failed(Reason.INVALID, "a denial needs a reason, which the requester is told")
                : decide(caller, id, false, reason);
    }

    private Future<Approval> decide(Caller caller, String id, boolean granted, String note) {
        if (note.length() > LONGEST_NOTE) {
            return failed(Reason.INVALID, "a note or reason has at most " + LONGEST_NOTE + " characters");
        }
        if (!deciding.add(id)) {
            return failed(Reason.CONFLICT, "somebody else is deciding this at the moment; look at it again");
        }
        return show(caller, id)
                .compose(approval -> decide(caller, approval, granted, note.strip()))
                .onComplete(decided -> deciding.remove(id));
    }

    /** The decision is in the audit log before it holds; meanwhile nobody else decides. */
    private Future<Approval> decide(Caller caller, Approval approval, boolean granted, String note) {
        var objection = objection(caller, approval);
        if (objection.isPresent()) {
            return Future.failedFuture(objection.get());
        }
        var vote = new VoteRow(approval.id(), caller.id(), caller.name(), granted, note, clock.millis());
        return records.decided(approval, caller, granted, note)
                .compose(written -> taken(vote, approval)
                        .recover(failure -> records.undecided(approval, caller, granted, note, failure)))
                .compose(taken -> show(caller, approval.id()))
                .onSuccess(decided -> waiting.tell(decided.id()));
    }

    private Future<Void> taken(VoteRow vote, Approval approval) {
        return deciders.standing(approval.approvers())
                .compose(standing -> store.decide(vote, standing))
                .compose(taken -> taken
                        ? Future.succeededFuture()
                        : failed(Reason.CONFLICT, "the time to decide is over; the requester can ask again"));
    }

    private static Optional<ToolException> objection(Caller caller, Approval approval) {
        if (approval.requester().id().equals(caller.id())) {
            return refusal(Reason.REFUSED, "you asked for this approval yourself, so somebody else must decide");
        }
        if (!approval.approvers().include(caller)) {
            return refusal(Reason.REFUSED, "only " + approval.approvers().text() + " may decide this");
        }
        if (!isPerson(caller)) {
            return refusal(
                    Reason.REFUSED,
                    "an API key decides nothing, because a program could hold it: sign in and open /approvals, or use"
                            + " symbolai-mcp approval on the server");
        }
        if (approval.state() != State.REQUESTED) {
            return refusal(
                    Reason.CONFLICT, "this request is " + approval.state().text() + ", so there is nothing to decide");
        }
        return approval.votes().stream().anyMatch(vote -> vote.approver().id().equals(caller.id()))
                ? refusal(Reason.CONFLICT, "you approved this already; somebody else must too")
                : Optional.empty();
    }

    private static boolean isPerson(Caller caller) {
        var kind = caller.credential().kind();
        return kind == Kind.SIGN_IN || kind == Kind.LOCAL;
    }

    private static Optional<ToolException> refusal(Reason reason, String message) {
        return Optional.of(new ToolException(reason, message));
    }

    private static Future<Approval> missing(String id) {
        return failed(Reason.NOT_FOUND, "there is no approval " + Quoted.text(id));
    }

    private static <T> Future<T> failed(Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }
}
