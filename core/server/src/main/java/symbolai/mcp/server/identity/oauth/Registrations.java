package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.config.AddressGroup;
import symbolai.mcp.server.identity.Base62;
import symbolai.mcp.server.store.ClientStore;

/** Lets clients register themselves, as those of today do: some of them anew for each connection, so what nobody uses goes away again. */
public final class Registrations {

    static final int LONGEST_NAME = 200;
    static final int MOST_REDIRECTS = 20;
    private static final int EACH = 60;
    private static final int ALL = 600;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_CLIENTS = 10_000;
    private static final Duration CROWDED = Duration.ofHours(1);
    private static final Set<String> METHODS =
            Set.of(OAuthClient.PUBLIC, OAuthClient.SIGNS, "client_secret_basic", "client_secret_post");
    private static final String REDIRECT = "invalid_redirect_uri";

    private final ClientStore store;
    private final RedirectUris redirects;
    private final OAuthRecords records;
    private final Clock clock;
    private final Allowance allowance;
    private final int mostClients;
    private final SecureRandom random = new SecureRandom();

    public Registrations(ClientStore store, RedirectUris redirects, OAuthRecords records, Clock clock) {
        this(store, redirects, records, clock, MOST_CLIENTS);
    }

    Registrations(ClientStore store, RedirectUris redirects, OAuthRecords records, Clock clock, int mostClients) {
        this.store = store;
        this.redirects = redirects;
        this.records = records;
        this.clock = clock;
        this.allowance = new Allowance(EACH, ALL, WINDOW, clock);
        this.mostClients = mostClients;
    }

    /**
     * Registers a client.
     *
     * @param body its metadata, as it came
     * @param address where it came from
     */
    public Future<JsonObject> register(String body, String address) {
        if (!allowance.take(AddressGroup.of(address))) {
            return OAuthProblem.of(
                            "temporarily_unavailable", "too many clients register at once; try again in some minutes")
                    .failed();
        }
        var secret = OpaqueToken.random(OpaqueToken.Kind.SECRET, random);
        return Future.succeededFuture(body)
                .map(text -> client(metadata(text), secret))
                .compose(client -> room().compose(free ->
                                records.registering(client, address, () -> store.put(client.row(clock.millis(), 0))))
                        .map(added -> json(client, secret)));
    }

    private static ClientMetadata metadata(String body) {
        try {
            return ClientMetadata.parse(JSONObjectUtils.parse(body));
        } catch (ParseException malformed) {
            var error = malformed.getErrorObject();
            throw error != null && error.getCode().equals(REDIRECT)
                    ? OAuthProblem.of(REDIRECT, "a redirect URI is not allowed")
                    : invalid("the body is not valid client metadata in JSON");
        } catch (IllegalArgumentException unquotable) {
            // Nimbus puts a bad redirect URI into an error message, which may not hold every character.
            throw OAuthProblem.of(REDIRECT, "a redirect URI is not allowed");
        }
    }

    private OAuthClient client(ClientMetadata metadata, OpaqueToken secret) {
        var method = method(metadata);
        return new OAuthClient(
                "dcr_" + Base62.random(random, 128, 22),
                OAuthClient.Kind.REGISTERED,
                name(metadata),
                proof(method, metadata, secret),
                method,
                redirects(metadata),
                "",
                new Scopes(Set.of()));
    }

    /** What the client is known by. */
    private static String proof(String method, ClientMetadata metadata, OpaqueToken secret) {
        return switch (method) {
            case OAuthClient.PUBLIC -> "";
            case OAuthClient.SIGNS ->
                ClientKeys.named(metadata)
                        .orElseThrow(() ->
                                invalid("private_key_jwt needs jwks with 1 to 10 public RSA or EC keys, RSA with at"
                                        + " least 2048 bits, or a jwks_uri of https"));
            default -> secret.hash();
        };
    }

    private static String method(ClientMetadata metadata) {
        var asked = metadata.getTokenEndpointAuthMethod();
        if (asked == null) {
            return OAuthClient.PUBLIC;
        }
        if (!METHODS.contains(asked.getValue())) {
            throw invalid(
                    "token_endpoint_auth_method must be none, client_secret_basic, client_secret_post or private_key_jwt");
        }
        return asked.getValue();
    }

    /** Without a name there is something to call it all the same. */
    private static String name(ClientMetadata metadata) {
        var name = Optional.ofNullable(metadata.getName()).map(String::strip).orElse("");
        if (name.length() > LONGEST_NAME) {
            throw invalid("client_name has more than " + LONGEST_NAME + " characters");
        }
        return name.isEmpty() ? "unnamed program" : name;
    }

    private List<String> redirects(ClientMetadata metadata) {
        var uris = Optional.ofNullable(metadata.getRedirectionURIs()).orElse(Set.of()).stream()
                .map(URI::toString)
                .toList();
        var grants = Optional.ofNullable(metadata.getGrantTypes()).orElse(Set.of());
        var needed = grants.isEmpty()
                || grants.stream().anyMatch(grant -> grant.getValue().equals("authorization_code"));
        if ((uris.isEmpty() && needed) || uris.size() > MOST_REDIRECTS) {
            throw OAuthProblem.of(REDIRECT, "there must be 1 to " + MOST_REDIRECTS + " redirect_uris");
        }
        uris.forEach(uri -> redirects.problem(uri).ifPresent(problem -> {
            throw OAuthProblem.of(REDIRECT, "a redirect URI is not allowed: " + problem);
        }));
        return uris;
    }

    /** When it is crowded, those that have waited for an hour without being used make room. */
    private Future<Void> room() {
        return store.count()
                .compose(known -> known < mostClients
                        ? Future.succeededFuture(known)
                        : store.removeUnused(OAuthClient.Kind.REGISTERED.text(), clock.millis() - CROWDED.toMillis())
                                .compose(removed -> store.count()))
                .compose(known -> known < mostClients
                        ? Future.succeededFuture()
                        : OAuthProblem.of("temporarily_unavailable", "too many clients are registered")
                                .failed());
    }

    private JsonObject json(OAuthClient client, OpaqueToken secret) {
        var json = new JsonObject()
                .put("client_id", client.id())
                .put("client_id_issued_at", clock.instant().getEpochSecond())
                .put("client_name", client.name())
                .put("redirect_uris", new JsonArray(client.redirects()))
                .put("grant_types", new JsonArray(grants(client)))
                .put("response_types", new JsonArray().add("code"))
                .put("token_endpoint_auth_method", client.method())
                .put("scope", Scopes.ALL.text());
        if (!client.isPublic() && !client.signs()) {
            json.put("client_secret", secret.text().reveal()).put("client_secret_expires_at", 0);
        }
        return json;
    }

    private static List<String> grants(OAuthClient client) {
        var device = "urn:ietf:params:oauth:grant-type:device_code";
        return client.redirects().isEmpty()
                ? List.of(device, "refresh_token")
                : List.of("authorization_code", "refresh_token", device);
    }

    private static OAuthProblem invalid(String description) {
        return OAuthProblem.of("invalid_client_metadata", description);
    }
}
