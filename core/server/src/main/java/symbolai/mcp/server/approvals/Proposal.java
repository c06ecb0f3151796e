package symbolai.mcp.server.approvals;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.CanonicalJson;

/**
 * One call that needs an approval.
 *
 * @param client the program that calls
 * @param connection names the connection that the call takes
 * @param account the same in words
 * @param policy the version of the rules
 * @param rule the rule that demands the approval
 * @param reason why, in words
 */
public record Proposal(
        Caller caller,
        String client,
        String tool,
        JsonObject arguments,
        String connection,
        String account,
        long policy,
        String rule,
        String reason,
        Approvers approvers) {

    public Proposal {
        arguments = arguments.copy();
    }

    /** Of all that an approval is bound to; one byte more or less makes another one. */
    String digest() {
        return CanonicalJson.sha256(new JsonObject()
                .put("tool", tool)
                .put("arguments", arguments)
                .put("connection", connection)
                .put("requester", caller.id())
                .put("policy", policy)
                .put("rule", rule));
    }
}
