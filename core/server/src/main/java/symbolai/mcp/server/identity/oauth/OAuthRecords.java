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

    private static final String REGISTERED = "oauth.client-registered";

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
        return changes.make(REGISTERED, facts(client).put("address", address), change);
    }

    /** An admin makes a client that acts as a user. */
    Future<Void> making(OAuthClient client, Caller by, Supplier<Future<Void>> change) {
        var facts = facts(client)
                .put("target", client.userId())
                .put("scopes", client.scopes().text());
        return changes.make(REGISTERED, by, facts, change);
    }

    /** What a client calls itself is not whom the record is about. */
    private static JsonObject facts(OAuthClient client) {
        return new JsonObject()
                .put("client", client.id())
                .put("clientName", client.name())
                .put("kind", client.kind().text());
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
        var facts = new JsonObject().put("client", client).put("reason", "an admin has revoked the client");
        return changes.make("oauth.revoked", by, facts, change);
    }

    /** A user takes back what the user agreed to. */
    Future<Void> takingBack(String client, Caller by, Supplier<Future<Void>> change) {
        var facts = new JsonObject().put("client", client).put("reason", "the user has taken the consent back");
        return changes.make("oauth.revoked", by, facts, change);
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
