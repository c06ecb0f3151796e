package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.store.UserRow;

/** Writes down who signed in and out, and who was not let in. What fails to be written fails to be done. */
public final class SignInLog {

    private final AuditLog audit;
    private final Clock clock;

    public SignInLog(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    Future<Void> succeeded(UserRow user, String signInId, Visitor visitor) {
        return append(
                "sign-in.succeeded",
                fields(user.id(), visitor.address()).put("name", user.name()).put("target", signInId));
    }

    /** The name that was typed is not written down: now and then it is a password. */
    Future<Void> refused(SignInRefused refused, Visitor visitor) {
        var reason = refused.retryAt().isPresent() ? "too many tries" : "wrong name or password";
        return refused(refused.userId().orElse(""), reason, visitor);
    }

    Future<Void> refused(String userId, String reason, Visitor visitor) {
        return append(
                "sign-in.refused",
                fields(userId, visitor.address()).put("outcome", "refused").put("reason", reason));
    }

    Future<Void> ended(Caller caller, String target) {
        return append(
                "sign-in.ended",
                fields(caller.id(), caller.address()).put("name", caller.name()).put("target", target));
    }

    private Future<Void> append(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields));
    }

    private static JsonObject fields(String caller, String address) {
        return new JsonObject().put("caller", caller).put("address", address);
    }
}
