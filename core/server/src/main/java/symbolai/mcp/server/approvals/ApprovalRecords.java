package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.store.ApprovalRow;

/** Writes down in the audit log what becomes of requests; what cannot be written down does not happen. */
final class ApprovalRecords {

    private final AuditLog audit;
    private final Clock clock;

    ApprovalRecords(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    Future<Void> requested(ApprovalRow row) {
        return append(
                "approval.requested", asker(row).put("reason", row.reason()).put("required", row.required()));
    }

    Future<Void> used(ApprovalRow row) {
        return append("approval.used", asker(row));
    }

    Future<Void> expired(ApprovalRow row) {
        return append("approval.expired", asker(row).put("state", row.state()));
    }

    Future<Void> decided(Approval approval, Caller caller, boolean granted, String note) {
        return append(decision(granted), decision(approval, caller, note));
    }

    /** What was written down did not happen. Fails with the reason, whether this can be written or not. */
    Future<Void> undecided(Approval approval, Caller caller, boolean granted, String note, Throwable failure) {
        var fields = decision(approval, caller, note).put("outcome", "failed");
        return append(decision(granted), fields).transform(written -> Future.failedFuture(failure));
    }

    private static String decision(boolean granted) {
        return granted ? "approval.granted" : "approval.denied";
    }

    private static JsonObject decision(Approval approval, Caller caller, String note) {
        var fields = person(caller)
                .put("approval", approval.id())
                .put("requester", approval.requester().id())
                .put("tool", approval.tool())
                .put("target", approval.target())
                .put("rule", approval.rule());
        if (!note.isEmpty()) {
            fields.put("reason", note);
        }
        return fields;
    }

    /** Somebody named a request that is not theirs to see. */
    Future<Void> foreign(String id, Caller caller) {
        return append("session.foreign", person(caller).put("kind", "approval").put("approval", id));
    }

    private static JsonObject asker(ApprovalRow row) {
        return new JsonObject()
                .put("caller", row.requester())
                .put("name", row.requesterName())
                .put("key", row.credential())
                .put("client", row.client())
                .put("address", row.address())
                .put("approval", row.id())
                .put("tool", row.tool())
                .put("account", row.account())
                .put("target", row.target())
                .put("rule", row.rule());
    }

    private static JsonObject person(Caller caller) {
        var fields = new JsonObject().put("caller", caller.id()).put("name", caller.name());
        caller.keyId().ifPresent(key -> fields.put("key", key));
        return fields.put("address", caller.address());
    }

    private Future<Void> append(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields))
                .recover(failure -> Future.failedFuture(new ToolException(
                        Reason.UNAVAILABLE,
                        "the server's audit log cannot be written, so nothing is asked or decided; nothing was done")));
    }
}
