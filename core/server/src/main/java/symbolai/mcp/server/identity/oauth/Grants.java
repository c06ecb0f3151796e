package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.identity.Base62;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.GrantRow;
import symbolai.mcp.server.store.GrantStore;
import symbolai.mcp.server.store.HeldToken;
import symbolai.mcp.server.store.Rotation;
import symbolai.mcp.server.store.TokenRow;

/**
 * Makes tokens, and ends them. All tokens that come of one consent are a family; a refresh token is used once, but for a moment of grace in which
 * each further use brings tokens that are as good, because programs ask several times at once. A use after that is a theft: the family ends.
 */
public final class Grants {

    private static final int MOST_CHILDREN = 200;
    private static final String AGAIN = "token-refreshed";

    private final GrantStore store;
    private final ClientStore clients;
    private final AccessTokens access;
    private final Revocations revocations;
    private final OAuthRecords records;
    private final OAuthConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Grants(
            GrantStore store,
            ClientStore clients,
            AccessTokens access,
            Revocations revocations,
            OAuthRecords records,
            OAuthConfig config,
            Clock clock) {
        this.store = store;
        this.clients = clients;
        this.access = access;
        this.revocations = revocations;
        this.records = records;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Who gets tokens for what.
     *
     * @param grantId the id of the grant that comes of it
     */
    record Terms(String grantId, String client, String userId, String resource, Scopes scopes) {}

    /** Writes a grant with its first tokens; false when somebody was faster. */
    @FunctionalInterface
    interface Taking {
        Future<Boolean> take(GrantRow grant, List<TokenRow> tokens);
    }

    /** An id for a grant. */
    String newId() {
        return Base62.random(random, 128, 22);
    }

    /** The first tokens, as the answer says them; empty when somebody was faster. */
    Future<Optional<JsonObject>> begin(Terms terms, boolean refreshable, String address, Taking taking) {
        var tokens = tokens(terms.grantId(), "", terms.scopes(), refreshable);
        var grant = new GrantRow(
                terms.grantId(),
                terms.client(),
                terms.userId(),
                terms.resource(),
                terms.scopes().names(),
                clock.millis(),
                tokens.end(),
                0);
        return taking.take(grant, tokens.rows())
                .compose(taken -> taken
                        ? told("token-issued", terms, address).map(Optional.of(tokens.json()))
                        : Future.succeededFuture(Optional.empty()));
    }

    /** New tokens for a refresh token of the client. */
    Future<JsonObject> refresh(
            OAuthClient client, String shown, Optional<Scopes> narrower, Optional<String> resource, String address) {
        return OpaqueToken.parse(OpaqueToken.Kind.REFRESH, shown)
                .map(token -> store.find(token.hash()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> usable(found, client))
                .compose(held -> rotated(held, scopes(held, narrower), resource, address));
    }

    /** Ends the grant of a token of the client, whichever of its tokens that is; does nothing for a token that is not the client's. */
    Future<Void> revoke(OAuthClient client, String shown, String address) {
        return OpaqueToken.parse(OpaqueToken.Kind.REFRESH, shown)
                .or(() -> OpaqueToken.parse(OpaqueToken.Kind.ACCESS, shown))
                .map(token -> store.find(token.hash()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(held -> held.grant().client().equals(client.id())))
                .compose(found -> found.map(held -> end(held.grant(), "revoked", "the client has revoked it", address))
                        .orElseGet(Future::succeededFuture));
    }

    /** Ends a grant; does nothing when it has ended. */
    Future<Void> end(GrantRow grant, String event, String reason, String address) {
        return end(grant.id(), grant.userId(), grant.client(), event, reason, address);
    }

    /** Ends a grant; does nothing when it has ended or was never made. */
    Future<Void> end(String grant, String userId, String client, String event, String reason, String address) {
        return store.revoke(grant, clock.millis())
                .onSuccess(revoked -> ended(grant))
                .compose(revoked -> revoked
                        ? records.ended(event, userId, client, grant, reason, address)
                        : Future.succeededFuture());
    }

    /** Ends at once what is open with a grant. */
    void ended(String grant) {
        access.forget();
        revocations.credentialEnded(grant, "the access of the program was revoked");
    }

    private HeldToken usable(Optional<HeldToken> found, OAuthClient client) {
        var held = found.filter(known -> known.token().refresh())
                .filter(known -> known.grant().client().equals(client.id()))
                .orElseThrow(() -> OAuthProblem.grant("the refresh token is not known"));
        if (held.grant().revoked() != 0) {
            throw OAuthProblem.grant("the refresh token was revoked");
        }
        if (held.token().expires() <= clock.millis()) {
            throw OAuthProblem.grant("the refresh token has expired");
        }
        return held;
    }

    private static Scopes scopes(HeldToken held, Optional<Scopes> narrower) {
        var granted = new Scopes(held.grant().scopes());
        var asked = narrower.orElse(granted);
        if (!granted.include(asked)) {
            throw OAuthProblem.of(OAuth2Error.INVALID_SCOPE, "the scope is wider than what was granted");
        }
        return asked;
    }

    private Future<JsonObject> rotated(HeldToken held, Scopes scopes, Optional<String> resource, String address) {
        var grant = held.grant();
        if (resource.filter(asked -> !asked.equals(grant.resource())).isPresent()) {
            return Target.other().failed();
        }
        var hash = held.token().hash();
        var now = clock.millis();
        var tokens = tokens(grant.id(), hash, scopes, true);
        var grace = now - config.refreshGrace().toMillis();
        var terms = new Terms(grant.id(), grant.client(), grant.userId(), grant.resource(), scopes);
        return store.rotate(hash, now, grace, MOST_CHILDREN, tokens.rows(), tokens.end())
                .compose(rotation -> answer(rotation, terms, tokens.json(), address));
    }

    private Future<JsonObject> answer(Rotation rotation, Terms terms, JsonObject json, String address) {
        return switch (rotation) {
            case FIRST, AGAIN -> told(AGAIN, terms, address).map(json);
            case TOO_OFTEN ->
                OAuthProblem.grant("the refresh token was used too often").failed();
            case GONE -> OAuthProblem.grant("the refresh token was revoked").failed();
            case REPLAYED ->
                end(
                                terms.grantId(),
                                terms.userId(),
                                terms.client(),
                                "token-replayed",
                                "a refresh token was used again long after its first use",
                                address)
                        .compose(ended -> OAuthProblem.grant("the refresh token was used before")
                                .failed());
        };
    }

    private Future<Void> told(String event, Terms terms, String address) {
        return records.issued(event, terms.userId(), terms.client(), terms.grantId(), terms.scopes(), address)
                .compose(recorded -> clients.used(terms.client(), clock.millis()));
    }

    /**
     * New tokens.
     *
     * @param end when the last of them ends
     */
    private record Tokens(List<TokenRow> rows, long end, JsonObject json) {}

    private Tokens tokens(String grant, String parent, Scopes scopes, boolean refreshable) {
        var now = clock.millis();
        var shortEnd = now + config.accessToken().toMillis();
        var longEnd = now + config.refreshToken().toMillis();
        var accessToken = OpaqueToken.random(OpaqueToken.Kind.ACCESS, random);
        var rows = new ArrayList<TokenRow>();
        rows.add(new TokenRow(accessToken.hash(), grant, false, parent, scopes.names(), shortEnd, 0));
        var json = new JsonObject()
                .put("access_token", accessToken.text().reveal())
                .put("token_type", "Bearer")
                .put("expires_in", config.accessToken().toSeconds())
                .put("scope", scopes.text());
        if (refreshable) {
            var refreshToken = OpaqueToken.random(OpaqueToken.Kind.REFRESH, random);
            rows.add(new TokenRow(refreshToken.hash(), grant, true, parent, scopes.names(), longEnd, 0));
            json.put("refresh_token", refreshToken.text().reveal());
        }
        return new Tokens(rows, refreshable ? Math.max(shortEnd, longEnd) : shortEnd, json);
    }
}
