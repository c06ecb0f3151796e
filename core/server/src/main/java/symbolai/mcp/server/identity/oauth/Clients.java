package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AbstractOptionallyIdentifiedRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import io.vertx.core.Future;
import symbolai.mcp.server.store.ClientStore;

/** Knows the clients, and whether one that asks is the one that it says it is. */
public final class Clients {

    private static final int LONGEST_ID = 500;

    private final ClientStore store;
    private final ClientDocuments documents;

    public Clients(ClientStore store, ClientDocuments documents) {
        this.store = store;
        this.documents = documents;
    }

    /** The client. */
    Future<OAuthClient> find(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return unknown();
        }
        return DocumentUrl.isMeant(id)
                ? documents.find(id)
                : store.find(id)
                        .compose(found -> found.map(row -> Future.succeededFuture(OAuthClient.of(row)))
                                .orElseGet(Clients::unknown));
    }

    /** The client that sent a request to the token endpoint or one of its like. */
    Future<OAuthClient> authenticate(AbstractOptionallyIdentifiedRequest request) {
        var shown = request.getClientAuthentication();
        if (shown != null) {
            return find(shown.getClientID().getValue()).compose(client -> proven(client, shown));
        }
        return request.getClientID() == null
                ? OAuthProblem.client("the client_id is missing").failed()
                : find(request.getClientID().getValue()).compose(Clients::withoutProof);
    }

    private static Future<OAuthClient> proven(OAuthClient client, ClientAuthentication shown) {
        var isProven = !client.isPublic()
                && shown instanceof PlainClientSecret secret
                && OpaqueToken.parse(
                                OpaqueToken.Kind.SECRET,
                                secret.getClientSecret().getValue())
                        .filter(token -> token.matches(client.secret()))
                        .isPresent();
        return isProven
                ? Future.succeededFuture(client)
                : OAuthProblem.client("the client could not be authenticated").failed();
    }

    private static Future<OAuthClient> withoutProof(OAuthClient client) {
        return client.isPublic()
                ? Future.succeededFuture(client)
                : OAuthProblem.client("the client must authenticate by " + client.method())
                        .failed();
    }

    private static <T> Future<T> unknown() {
        return OAuthProblem.client("the client is not known; it may register again")
                .failed();
    }
}
