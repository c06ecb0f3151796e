package symbolai.mcp.server.approvals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Preview;
import symbolai.mcp.server.approvals.Approval.Details;
import symbolai.mcp.server.approvals.Approval.Vote;

/** Writes requests as programs read them. */
public final class ApprovalJson {

    /**
     * One request.
     *
     * @param mayDecide whether who reads it may decide it
     */
    public JsonObject json(Approval approval, boolean mayDecide) {
        var json = new JsonObject()
                .put("id", approval.id())
                .put("state", approval.state().text())
                .put("requester", approval.requester().name())
                .put("client", approval.client())
                .put("address", approval.address())
                .put("tool", approval.tool())
                .put("account", approval.account())
                .put("target", approval.target())
                .put("rule", approval.rule())
                .put("reason", approval.reason())
                .put("approvers", approval.approvers().text())
                .put("required", approval.approvers().required())
                .put("created", approval.created().toString())
                .put("expires", approval.expires().toString())
                .put("mayDecide", mayDecide)
                .put(
                        "votes",
                        new JsonArray(approval.votes().stream()
                                .map(ApprovalJson::json)
                                .toList()));
        approval.details().ifPresent(details -> put(json, details));
        return json;
    }

    private static JsonObject json(Vote vote) {
        return new JsonObject()
                .put("by", vote.approver().name())
                .put("granted", vote.granted())
                .put("note", vote.note())
                .put("at", vote.at().toString());
    }

    private static void put(JsonObject json, Details details) {
        json.put("arguments", details.arguments());
        details.preview().ifPresent(preview -> json.put("steps", steps(preview)));
        if (!details.problem().isEmpty()) {
            json.put("previewProblem", details.problem());
        }
    }

    private static JsonArray steps(Preview preview) {
        return new JsonArray(preview.steps().stream().map(ApprovalJson::json).toList());
    }

    private static JsonObject json(Preview.Step step) {
        var json = new JsonObject().put("text", step.text()).put("plan", new JsonArray(step.plan()));
        step.rows().ifPresent(rows -> json.put("rows", rows));
        return json.put("note", step.note());
    }
}
