package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.approvals.ApprovalJson;
import symbolai.mcp.server.approvals.Decisions;
import symbolai.mcp.server.tools.KnownNames;
import symbolai.mcp.server.tools.Shown;

/** Looks at requests for approvals over REST, and decides them. */
public final class ApprovalFlow {

    private static final String ID = "id";
    private static final String NOTE = "note";
    private static final String REASON = "reason";
    private static final String STATE = "state";
    /** Whoever is named by a rule may decide, so the room looks closer. */
    private static final RouteAccess DECIDING = new RouteAccess(Set.of(Role.values()), false, true);

    private final Decisions decisions;
    private final ApprovalJson json = new ApprovalJson();
    private final ApprovalSchemas schemas = new ApprovalSchemas();

    public ApprovalFlow(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "approvals/list",
                        "Lists the requests that you asked for or may decide.",
                        schemas.state(),
                        schemas.list(),
                        RouteAccess.EVERYBODY,
                        this::list),
                OwnRoute.get(
                        "approvals/show",
                        "Shows one request with all that it would do.",
                        schemas.id(),
                        schemas.approval(),
                        RouteAccess.EVERYBODY,
                        this::show),
                deciding("approvals/grant", "Approves a call.", schemas.grant(), this::grant),
                deciding("approvals/deny", "Refuses a call.", schemas.deny(), this::deny));
    }

    private OwnRoute deciding(String path, String summary, JsonObject input, OwnRoute.JsonHandler handler) {
        return OwnRoute.post(path, summary, input, schemas.approval(), DECIDING, handler);
    }

    private Future<JsonObject> list(Caller caller, JsonObject query) {
        var state =
                new BodyFields(query).only(List.of(STATE)).optionalText(STATE).map(ApprovalFlow::state);
        return decisions.list(caller, state).map(all -> list(caller, all));
    }

    private JsonObject list(Caller caller, List<Approval> all) {
        var approvals = new JsonArray();
        all.forEach(approval -> approvals.add(written(caller, approval)));
        return new JsonObject().put("approvals", approvals).put("count", approvals.size());
    }

    private static State state(String text) {
        return Stream.of(State.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        Reason.INVALID,
                        "there is no state " + Shown.text(text)
                                + KnownNames.hint(
                                        text,
                                        Stream.of(State.values())
                                                .map(State::text)
                                                .toList())));
    }

    private Future<JsonObject> show(Caller caller, JsonObject query) {
        var id = new BodyFields(query).only(List.of(ID)).text(ID);
        return answer(caller, decisions.show(caller, id));
    }

    private Future<JsonObject> grant(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(ID, NOTE));
        return answer(
                caller,
                decisions.grant(
                        caller, fields.text(ID), fields.optionalText(NOTE).orElse("")));
    }

    private Future<JsonObject> deny(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(ID, REASON));
        return answer(caller, decisions.deny(caller, fields.text(ID), fields.text(REASON)));
    }

    private Future<JsonObject> answer(Caller caller, Future<Approval> approval) {
        return approval.map(known -> written(caller, known));
    }

    private JsonObject written(Caller caller, Approval approval) {
        return json.json(approval, decisions.mayDecide(caller, approval));
    }
}
