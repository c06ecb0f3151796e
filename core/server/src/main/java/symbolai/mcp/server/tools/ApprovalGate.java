package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.approvals.Approvers;
import symbolai.mcp.server.approvals.Proposal;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.policy.Approving;
import symbolai.mcp.server.policy.Decision;

/** Lets a call in that somebody approved, and asks for an approval where one is due and there is none yet. */
final class ApprovalGate {

    private static final String QUESTION = "approval";

    private final CallGate gate;
    private final ApprovalDesk desk;
    private final Connections connections;
    private final Previewer previewer;

    ApprovalGate(CallGate gate, ApprovalDesk desk, Connections connections, ToolSteps steps) {
        this.gate = gate;
        this.desk = desk;
        this.connections = connections;
        this.previewer = new Previewer(steps);
    }

    /** One call that needs an approval. */
    private record Case(Attempt attempt, Passage.Due due, Proposal proposal, Loop loop) {

        String tool() {
            return attempt.tool().name();
        }

        Requester requester() {
            return attempt.requester();
        }
    }

    /** Decides about a new call; one that waited for a person is decided about anew. */
    Future<Passage> admit(Attempt attempt, Loop loop) {
        return admitted(
                gate.pass(attempt),
                attempt,
                attempt.mark().filter(ApprovalMark::waits).isPresent(),
                loop);
    }

    private Future<Passage> admitted(Future<Passage> passed, Attempt attempt, boolean patient, Loop loop) {
        return passed.compose(passage -> passage instanceof Passage.Due due
                ? due(attempt, due, patient, loop)
                : Future.succeededFuture(passage));
    }

    /** Whatever goes wrong on the way, the call counts no more then. */
    private Future<Passage> due(Attempt attempt, Passage.Due due, boolean patient, Loop loop) {
        return Future.<Passage>succeededFuture()
                .compose(begun -> due(new Case(attempt, due, proposal(attempt, due), loop), patient))
                .onFailure(failure -> due.permit().close())
                .recover(failure -> failure instanceof ToolException told
                        ? Future.succeededFuture(new Passage.Closed(due.record(), told))
                        : Future.failedFuture(failure));
    }

    private Proposal proposal(Attempt attempt, Passage.Due due) {
        var caller = attempt.caller();
        return new Proposal(
                caller,
                attempt.requester().client(),
                attempt.tool().name(),
                attempt.arguments(),
                attempt.connection(),
                connections.account(caller),
                desk.rules().getAsLong(),
                due.decision().rule(),
                due.decision().reason(),
                approvers(due.decision().demands()));
    }

    /** Whom every rule names that asks, and as many as the strictest asks for. */
    private Approvers approvers(List<Decision.Demand> demands) {
        var all = demands.stream().map(Decision.Demand::approving).toList();
        var required = all.stream().mapToInt(Approving::required).max().orElse(1);
        return new Approvers(
                        all.stream()
                                .map(one -> new Approvers.Named(one.roles(), one.users()))
                                .toList(),
                        required)
                .atLeast(desk.required());
    }

    private Future<Passage> due(Case call, boolean patient) {
        var mark = call.attempt().mark();
        if (mark.isPresent() && !mark.get().waits()) {
            return Future.succeededFuture(goesOn(call, mark.get()));
        }
        if (mark.isPresent() && declines(call.attempt().answers())) {
            return closed(
                    call,
                    mark.get().id(),
                    Reason.REFUSED,
                    "was not approved: you chose not to ask for it; approval "
                            + mark.get().id() + " can be decided still");
        }
        return desk.approvals()
                .find(call.proposal())
                .compose(found ->
                        found.map(approval -> found(call, approval, patient)).orElseGet(() -> missing(call)));
    }

    /** The tool asked something in the middle of an approved call. */
    private Passage goesOn(Case call, ApprovalMark mark) {
        return new Passage.Open(
                call.due().record().approved(mark.id()),
                call.attempt().ownAnswers(),
                call.attempt().ownState(),
                call.due().permit(),
                new Redeeming(mark.round() + 1, () -> desk.approvals().goOn(mark.id(), mark.round(), call.proposal())));
    }

    private Future<Passage> found(Case call, Approval approval, boolean patient) {
        return switch (approval.state()) {
            case GRANTED -> Future.succeededFuture(granted(call, approval));
            case DENIED -> denied(call, approval);
            case REQUESTED -> patient ? wait(call, approval) : asks(call, approval);
            case EXPIRED, USED -> fresh(call);
        };
    }

    private Passage granted(Case call, Approval approval) {
        return new Passage.Open(
                call.due().record().approved(approval.id()),
                call.attempt().ownAnswers(),
                call.attempt().ownState(),
                call.due().permit(),
                new Redeeming(
                        1,
                        () -> previewer
                                .check(call.attempt(), approval, call.loop())
                                .compose(same -> desk.approvals().use(approval, call.proposal()))));
    }

    private Future<Passage> denied(Case call, Approval approval) {
        var why = approval.denial()
                .map(vote -> vote.approver().name() + " said: " + vote.note())
                .orElse("somebody said no");
        return closed(
                call, approval.id(), Reason.REFUSED, "was not approved. " + why + " (approval " + approval.id() + ")");
    }

    /** What was asked for is over, or it was asked for under other rules or on another account. */
    private Future<Passage> missing(Case call) {
        var mark = call.attempt().mark();
        return mark.map(waiting -> desk.approvals()
                        .find(waiting.id(), call.attempt().caller().id())
                        .compose(former -> former.map(Approval::state)
                                        .filter(State.EXPIRED::equals)
                                        .isPresent()
                                ? closed(
                                        call,
                                        waiting.id(),
                                        Reason.CONFLICT,
                                        "was not approved in time (approval " + waiting.id()
                                                + "); call again to ask anew")
                                : fresh(call)))
                .orElseGet(() -> fresh(call));
    }

    private Future<Passage> fresh(Case call) {
        return desk.approvals()
                .request(call.proposal(), () -> previewer.details(call.attempt(), call.loop()))
                .compose(approval -> asks(call, approval));
    }

    /** Waits as long as the caller's program keeps the call open; then all is decided anew. */
    private Future<Passage> wait(Case call, Approval approval) {
        call.due().permit().close();
        var hold = call.requester().hold();
        Promise<Void> over = Promise.promise();
        desk.approvals().await(approval, hold).onComplete(ended -> over.tryComplete());
        call.requester().cancellation().onCancel(over::tryComplete);
        return call.loop()
                .<Void>land(over.future())
                .compose(ended -> call.requester().cancellation().isCancelled()
                        ? Future.succeededFuture(new Passage.Closed(call.due().record(), CallScope.cancelled()))
                        : admitted(gate.passAgain(call.attempt()), call.attempt(), false, call.loop()));
    }

    private Future<Passage> asks(Case call, Approval approval) {
        call.due().permit().close();
        var record = call.due().record().approved(approval.id());
        var page = desk.page().apply(approval.id());
        var able = call.requester().capabilities().contains(ClientCapability.ELICITATION_URL);
        return Future.succeededFuture(
                able && page.isPresent()
                        ? new Passage.Asks(record, asks(call, approval, page.get()))
                        : new Passage.Asks(record, told(call, approval, page)));
    }

    private CallOutcome asks(Case call, Approval approval, String page) {
        return new CallOutcome.Asks(
                questions(call, approval, page),
                Optional.of(() -> desk.approvals().settled(approval)));
    }

    private static InputRequired questions(Case call, Approval approval, String page) {
        var question = new InputRequest.Page(
                "%s needs an approval (%s). Nothing was done yet. Open this page, or send its address to somebody who may approve it: %s"
                        .formatted(call.tool(), approval.reason(), page),
                page);
        return new ApprovalMark(approval.id(), 0).on(InputRequired.ask(QUESTION, question));
    }

    /** For clients that cannot open a page, and where there is none. */
    private static CallOutcome told(Case call, Approval approval, Optional<String> page) {
        var where = page.map(url -> "open " + url + " or run").orElse("run");
        var text =
                "%s needs an approval (%s), so nothing was done yet. Somebody else must %s: symbolai-mcp approval show %s. Make the same call again when it is approved; it can be until %s."
                        .formatted(call.tool(), approval.reason(), where, approval.id(), approval.expires());
        return new CallOutcome.Done(ToolResult.error(text), Optional.of(new ToolException(Reason.REFUSED, text)));
    }

    private static Future<Passage> closed(Case call, String id, Reason reason, String what) {
        call.due().permit().close();
        return Future.succeededFuture(new Passage.Closed(
                call.due().record().approved(id), new ToolException(reason, call.tool() + " " + what)));
    }

    /** Whether the answer to the question is another one than yes. */
    private static boolean declines(Map<String, JsonObject> answers) {
        return Optional.ofNullable(answers.get(QUESTION))
                .map(answer -> !"accept".equals(answer.getValue("action")))
                .orElse(false);
    }
}
