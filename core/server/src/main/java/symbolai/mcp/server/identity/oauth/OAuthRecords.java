package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;

/** Writes down what becomes of clients and grants; never a token, a code or a secret. */
public final class OAuthRecords {

    private final AuditLog audit;
    private final Clock clock;

    public OAuthRecords(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** A client has registered itself. */
    Future<Void> registered(OAuthClient client, String address) {
        return registered(client, new JsonObject().put("address", address));
    }

    /** An admin has made a client that acts as a user. */
    Future<Void> made(OAuthClient client, Caller by) {
        return registered(
                client,
                new JsonObject()
                        .put("caller", by.id())
                        .put("target", client.userId())
                        .put("scopes", client.scopes().text())
                        .put("address", by.address()));
    }

    private Future<Void> registered(OAuthClient client, JsonObject fields) {
        return write(
                "oauth.client-registered",
                fields.put("client", client.id())
                        .put("name", client.name())
                        .put("kind", client.kind().text()));
    }

    /** A user has agreed, or refused. */
    Future<Void> consent(String userId, String client, Scopes scopes, String decision, String address) {
        return write(
                "oauth.consent",
                new JsonObject()
                        .put("caller", userId)
                        .put("client", client)
                        .put("scopes", scopes.text())
                        .put("decision", decision)
                        .put("address", address));
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
        return write(
                "oauth." + event,
                new JsonObject()
                        .put("caller", userId)
                        .put("client", client)
                        .put("target", grant)
                        .put("reason", reason)
                        .put("address", address));
    }

    private Future<Void> write(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields));
    }
}
