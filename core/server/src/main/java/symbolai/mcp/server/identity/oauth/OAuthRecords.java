package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.function.Supplier;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.identity.Changes;

/**
 * Writes down what becomes of clients and grants, before it happens where somebody decides it; never a token, a code or a secret.
 */
public final class OAuthRecords {

    private final Changes changes;
    private final AuditLog audit;
    private final Clock clock;

    public OAuthRecords(Changes changes, AuditLog audit, Clock clock) {
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** A client registers itself. */
    Future<Void> registering(OAuthClient client, String address, Supplier<Future<Void>> change) {
        return added(client, new JsonObject().put("address", address), change);
    }

    /** An admin makes a client that acts as a user. */
    Future<Void> making(OAuthClient client, Caller by, Supplier<Future<Void>> change) {
        return added(
                client,
                new JsonObject()
                        .put("caller", by.id())
                        .put("target", client.userId())
                        .put("scopes", client.scopes().text())
                        .put("address", by.address()),
                change);
    }

    private Future<Void> added(OAuthClient client, JsonObject fields, Supplier<Future<Void>> change) {
        return changes.make(
                "oauth.client-registered",
                fields.put("client", client.id())
                        .put("name", client.name())
                        .put("kind", client.kind().text()),
                change);
    }

    /** A user decides. */
    <T> Future<T> deciding(
            String userId, String client, Scopes scopes, boolean agrees, String address, Supplier<Future<T>> change) {
        return changes.make(
                "oauth.consent",
                new JsonObject()
                        .put("caller", userId)
                        .put("client", client)
                        .put("scopes", scopes.text())
                        .put("decision", agrees ? "granted" : "denied")
                        .put("address", address),
                change);
    }

    /** An admin revokes a client. */
    Future<Void> revoking(String client, Caller by, Supplier<Future<Void>> change) {
        return changes.make(
                "oauth.revoked", end(by.id(), client, "", "an admin has revoked the client", by.address()), change);
    }

    /** A client got tokens of a grant, for the first time or again. */
    Future<Void> issued(String event, String userId, String client, String grant, Scopes scopes, String address) {
        return write(
                "oauth." + event,
                new JsonObject()
                        .put("caller", userId)
                        .put("client", client)
                        .put("target", grant)
                        .put("scopes", scopes.text())
                        .put("address", address));
    }

    /** A grant ended before its time. */
    Future<Void> ended(String event, String userId, String client, String grant, String reason, String address) {
        return write("oauth." + event, end(userId, client, grant, reason, address));
    }

    private static JsonObject end(String userId, String client, String grant, String reason, String address) {
        return new JsonObject()
                .put("caller", userId)
                .put("client", client)
                .put("target", grant)
                .put("reason", reason)
                .put("address", address);
    }

    private Future<Void> write(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields));
    }
}
