package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.store.SignInRow;
import symbolai.mcp.server.store.UserRow;

/** Writes down who signed in and out, and who was not let in. What fails to be written fails to be done. */
public final class SignInLog {

    private static final String REFUSED = "sign-in.refused";

    private final AuditLog audit;
    private final RefusalRecords refusals;
    private final Clock clock;

    public SignInLog(AuditLog audit, RefusalRecords refusals, Clock clock) {
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
    }

    Future<Void> succeeded(UserRow user, String signInId, Visitor visitor) {
        return append(
                "sign-in.succeeded",
                fields(user.id(), visitor.address()).put("name", user.name()).put("target", signInId));
    }

    /**
     * The name that was typed is not written down: now and then it is a password. Only a password that was looked at is waited for; strangers can
     * have the rest as often as they like.
     */
    Future<Void> refused(SignInRefused refused, Visitor visitor) {
        if (refused.retryAt().isPresent()) {
            refused("too many tries", visitor);
            return Future.succeededFuture();
        }
        return append(
                REFUSED,
                refusal("wrong name or password")
                        .put("caller", refused.userId().orElse(""))
                        .put("address", visitor.address()));
    }

    /** Nobody waits for this record, and of many only the number is written. */
    void refused(String reason, Visitor visitor) {
        refusals.note(REFUSED, visitor.address(), refusal(reason));
    }

    private static JsonObject refusal(String reason) {
        return new JsonObject().put("outcome", "refused").put("reason", reason);
    }

    Future<Void> ended(Caller caller, String target) {
        return append(
                "sign-in.ended",
                fields(caller.id(), caller.address()).put("name", caller.name()).put("target", target));
    }

    /** Something else than the user ended it. */
    Future<Void> ended(SignInRow row, String reason) {
        return append(
                "sign-in.ended",
                fields(row.userId(), row.address()).put("target", row.id()).put("reason", reason));
    }

    private Future<Void> append(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields));
    }

    private static JsonObject fields(String caller, String address) {
        return new JsonObject().put("caller", caller).put("address", address);
    }
}
