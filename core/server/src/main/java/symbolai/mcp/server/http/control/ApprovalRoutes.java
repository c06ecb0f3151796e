package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.approvals.ApprovalJson;
import symbolai.mcp.server.approvals.Decisions;
import symbolai.mcp.server.identity.Authenticator;

/** Requests for approvals, as the local user sees and decides them. */
public final class ApprovalRoutes implements ControlRoutes {

    private final Decisions decisions;
    private final ApprovalJson json = new ApprovalJson();

    public ApprovalRoutes(Decisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void mount(Router router) {
        router.get("/approvals").handler(this::list);
        router.get("/approvals/:id").handler(context -> answer(context, decisions.show(local(), id(context))));
        router.post("/approvals/:id/grant").handler(ControlBody.handler()).handler(this::grant);
        router.post("/approvals/:id/deny").handler(ControlBody.handler()).handler(this::deny);
    }

    private void list(RoutingContext context) {
        var state = Optional.ofNullable(context.queryParams().get("state")).map(ApprovalRoutes::state);
        ControlAnswer.json(context, decisions.list(local(), state), this::json);
    }

    private static State state(String text) {
        return Stream.of(State.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        Reason.INVALID,
                        "The state must be one of "
                                + String.join(
                                        ", ",
                                        Stream.of(State.values())
                                                .map(State::text)
                                                .toList()) + "."));
    }

    private void grant(RoutingContext context) {
        var note = ControlBody.of(context).optionalText("note").orElse("");
        answer(context, decisions.grant(local(), id(context), note));
    }

    private void deny(RoutingContext context) {
        answer(
                context,
                decisions.deny(local(), id(context), ControlBody.of(context).text("reason")));
    }

    private void answer(RoutingContext context, Future<Approval> approval) {
        ControlAnswer.json(context, approval, this::json);
    }

    private JsonObject json(List<Approval> approvals) {
        return new JsonObject()
                .put(
                        "approvals",
                        new JsonArray(approvals.stream().map(this::json).toList()));
    }

    private JsonObject json(Approval approval) {
        return json.json(approval, decisions.mayDecide(local(), approval));
    }

    private static Caller local() {
        return Authenticator.localAdmin();
    }

    private static String id(RoutingContext context) {
        return String.valueOf(context.pathParam("id"));
    }
}
