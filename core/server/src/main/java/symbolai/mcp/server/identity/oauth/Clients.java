package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AbstractOptionallyIdentifiedRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import symbolai.mcp.server.identity.oauth.ClientDocuments.Asker;
import symbolai.mcp.server.store.ClientStore;

/** Knows the clients, and whether one that asks is the one that it says it is. */
public final class Clients {

    private static final int LONGEST_ID = 500;

    private final ClientStore store;
    private final ClientDocuments documents;
    private final Assertions assertions;
    private final Clock clock;

    public Clients(ClientStore store, ClientDocuments documents, Assertions assertions, Clock clock) {
        this.store = store;
        this.documents = documents;
        this.assertions = assertions;
        this.clock = clock;
    }

    /** The client, of which everything is known. */
    Future<OAuthClient> find(String id, Asker asker) {
        return find(id, url -> documents.find(url, asker));
    }

    private Future<OAuthClient> find(String id, Function<String, Future<OAuthClient>> document) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return unknown();
        }
        return DocumentUrl.isMeant(id)
                ? document.apply(id)
                : store.find(id)
                        .compose(found -> found.map(row -> Future.succeededFuture(OAuthClient.of(row)))
                                .orElseGet(Clients::unknown));
    }

    /** A client with a document is in no list before a user agrees. */
    Future<Void> remember(OAuthClient client) {
        return client.kind() == OAuthClient.Kind.DOCUMENT
                ? store.put(client.row(clock.millis(), clock.millis()))
                : Future.succeededFuture();
    }

    /** The client that shows a code or a token. Nothing is fetched for it, so that it keeps its user whatever becomes of its document. */
    Future<OAuthClient> authenticate(AbstractOptionallyIdentifiedRequest request) {
        return authenticate(request, id -> find(id, ClientDocuments::unread));
    }

    /** The client that begins something, of which everything is known. */
    Future<OAuthClient> authenticate(AbstractOptionallyIdentifiedRequest request, Asker asker) {
        return authenticate(request, id -> find(id, asker));
    }

    private Future<OAuthClient> authenticate(
            AbstractOptionallyIdentifiedRequest request, Function<String, Future<OAuthClient>> finding) {
        var shown = request.getClientAuthentication();
        if (shown != null) {
            return finding.apply(shown.getClientID().getValue())
                    .compose(client -> isProven(client, shown, request.getEndpointURI())
                            .compose(isProven -> isProven
                                    ? Future.succeededFuture(client)
                                    : OAuthProblem.client("the client could not be authenticated")
                                            .failed()));
        }
        return request.getClientID() == null
                ? OAuthProblem.client("the client_id is missing").failed()
                : finding.apply(request.getClientID().getValue()).compose(Clients::withoutProof);
    }

    private Future<Boolean> isProven(OAuthClient client, ClientAuthentication shown, URI endpoint) {
        if (client.signs() && shown instanceof PrivateKeyJWT assertion) {
            return assertions.proves(client, assertion, endpoint);
        }
        var isSecret = !client.isPublic()
                && !client.signs()
                && shown instanceof PlainClientSecret secret
                && OpaqueToken.parse(
                                OpaqueToken.Kind.SECRET,
                                secret.getClientSecret().getValue())
                        .filter(token -> token.matches(client.secret()))
                        .isPresent();
        return Future.succeededFuture(isSecret);
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
