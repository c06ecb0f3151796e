package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.config.AddressGroup;

/** The clients whose id is the URL of a document that describes them; documents are kept as long as their servers say, a day at most. */
public final class ClientDocuments {

    private static final int MOST_KEPT = 1_000;
    private static final int EACH_USER = 30;
    private static final int ALL_USERS = 300;
    private static final int EACH_STRANGER = 10;
    private static final int ALL_STRANGERS = 100;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** A document that also knows keys is taken without them: the code is bound to its PKCE secret in any case. */
    private static final Set<String> METHODS = Set.of(OAuthClient.PUBLIC, "private_key_jwt");

    private final DocumentSource source;
    private final RedirectUris redirects;
    private final Clock clock;
    private final Allowance users;
    private final Allowance strangers;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    public ClientDocuments(DocumentSource source, RedirectUris redirects, Clock clock) {
        this.source = source;
        this.redirects = redirects;
        this.clock = clock;
        this.users = new Allowance(EACH_USER, ALL_USERS, WINDOW, clock);
        this.strangers = new Allowance(EACH_STRANGER, ALL_STRANGERS, WINDOW, clock);
    }

    private record Kept(OAuthClient client, long until) {}

    /**
     * For whom a document is fetched. Strangers have an allowance of their own, so that they use up nobody else's.
     *
     * @param name the user's id, or where a stranger's request came from
     */
    record Asker(boolean isUser, String name) {

        static Asker user(String id) {
            return new Asker(true, id);
        }

        static Asker stranger(String address) {
            return new Asker(false, AddressGroup.of(address));
        }
    }

    /** The client of the URL, of which only the URL is known: enough for one that has a code or token to show. */
    static Future<OAuthClient> unread(String clientId) {
        return DocumentUrl.parse(clientId).isEmpty()
                ? misnamed()
                : Future.succeededFuture(document(clientId, "", List.of()));
    }

    /** The client of the URL. */
    Future<OAuthClient> find(String clientId, Asker asker) {
        var known = kept(clientId);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        var url = DocumentUrl.parse(clientId);
        if (url.isEmpty()) {
            return misnamed();
        }
        if (!(asker.isUser() ? users : strangers).take(asker.name())) {
            return OAuthProblem.of(
                            "temporarily_unavailable", "too many client documents are asked for; try again later")
                    .failed();
        }
        return source.fetch(url.get())
                .recover(failure -> unfetched(failure).failed())
                .map(fetched -> read(clientId, fetched));
    }

    private synchronized Optional<OAuthClient> kept(String clientId) {
        return Optional.ofNullable(kept.get(clientId))
                .filter(document -> clock.millis() < document.until())
                .map(Kept::client);
    }

    private OAuthClient read(String clientId, DocumentSource.Fetched fetched) {
        try {
            var json = JSONObjectUtils.parse(fetched.body().toString(StandardCharsets.UTF_8));
            if (!clientId.equals(JSONObjectUtils.getString(json, "client_id", ""))) {
                throw bad("its client_id is not its own URL");
            }
            if (json.containsKey("client_secret")) {
                throw bad("it has a client_secret, which everybody could read");
            }
            var client = client(clientId, ClientMetadata.parse(json));
            keep(client, fetched.fresh());
            return client;
        } catch (ParseException | IllegalArgumentException malformed) {
            throw bad("it is not valid client metadata");
        }
    }

    private OAuthClient client(String clientId, ClientMetadata metadata) {
        var name = Optional.ofNullable(metadata.getName()).map(String::strip).orElse("");
        if (name.isEmpty() || name.length() > Registrations.LONGEST_NAME) {
            throw bad("its client_name is missing, empty or too long");
        }
        var uris = Optional.ofNullable(metadata.getRedirectionURIs()).orElse(Set.of()).stream()
                .map(URI::toString)
                .toList();
        if (uris.isEmpty() || uris.size() > Registrations.MOST_REDIRECTS) {
            throw bad("it must have 1 to " + Registrations.MOST_REDIRECTS + " redirect_uris");
        }
        uris.forEach(uri -> redirects.problem(uri).ifPresent(problem -> {
            throw bad("one of its redirect_uris is not allowed: " + problem);
        }));
        var method = metadata.getTokenEndpointAuthMethod();
        if (method != null && !METHODS.contains(method.getValue())) {
            throw bad("its token_endpoint_auth_method must be none");
        }
        return document(clientId, name, uris);
    }

    private static OAuthClient document(String id, String name, List<String> uris) {
        return new OAuthClient(
                id, OAuthClient.Kind.DOCUMENT, name, "", OAuthClient.PUBLIC, uris, "", new Scopes(Set.of()));
    }

    private synchronized void keep(OAuthClient client, Duration fresh) {
        if (fresh.isZero()) {
            kept.remove(client.id());
            return;
        }
        if (kept.size() >= MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(client.id(), new Kept(client, clock.millis() + fresh.toMillis()));
    }

    private static <T> Future<T> misnamed() {
        return OAuthProblem.client(
                        "the client_id is a URL, but not https with a public host name, a path, and neither user, fragment nor dot segments")
                .failed();
    }

    private static OAuthProblem unfetched(Throwable failure) {
        return failure instanceof DocumentSource.Unfetched reason && !reason.isPassing()
                ? bad(String.valueOf(reason.getMessage()))
                : OAuthProblem.of(
                        "temporarily_unavailable",
                        "the document at the client_id was not got: " + failure.getMessage() + "; try again later");
    }

    private static OAuthProblem bad(String why) {
        return OAuthProblem.client("the document at the client_id cannot be used: " + why);
    }
}
