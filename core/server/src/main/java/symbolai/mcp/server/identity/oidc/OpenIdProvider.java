package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;
import symbolai.mcp.server.store.UsedStateStore;

/** Lets people sign in whom an OpenID provider knows. */
public final class OpenIdProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OpenIdProvider.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ProviderConfig config;
    private final ProviderUsers users;
    private final Clock clock;
    private final ProviderClient client;
    private final Discovery discovery;
    private final Journeys journeys;
    private final CodeExchange exchange;
    private final IdTokens tokens;
    private final ClaimedRole roles;

    public OpenIdProvider(
            Vertx vertx, ProviderConfig config, ProviderUsers users, MasterKey key, UsedStateStore used, Clock clock) {
        this.config = config;
        this.users = users;
        this.clock = clock;
        this.client = new ProviderClient(vertx);
        this.discovery = new Discovery(config.issuer(), client, clock);
        this.journeys = new Journeys(key, used, clock);
        this.exchange = new CodeExchange(config, client);
        this.tokens = new IdTokens(config, new SigningKeys(discovery, client, clock));
        this.roles = new ClaimedRole(config);
    }

    /** What people call it. */
    public String name() {
        return config.name();
    }

    /** Which users are whom at the provider. */
    public ProviderUsers users() {
        return users;
    }

    /**
     * Sends a browser to the provider.
     *
     * @param back the page of this server that the provider sends it back to
     * @param next the page of this server that was asked for
     * @param again whether the person shows the provider anew who they are
     */
    public Future<Departure> depart(URI back, String next, boolean again) {
        var journey = Journey.begin(back, next, again);
        return discovery.metadata().map(metadata -> new Departure(page(metadata, journey), journeys.seal(journey)));
    }

    /**
     * Receives a browser from the provider; fails with {@link ProviderRefused}.
     *
     * @param answer the parameters of the page that it was sent back to
     * @param journey what the browser kept in its cookie
     * @param address where the browser is
     */
    public Future<Arrival> arrive(Map<String, List<String>> answer, Optional<String> journey, String address) {
        var parsed = new ProviderAnswer(config, answer);
        return journeys.redeem(journey, parsed.state())
                .compose(known -> discovery
                        .metadata()
                        .compose(metadata -> claims(parsed.code(metadata), metadata, known))
                        .compose(claims -> enter(claims, known, address)));
    }

    /** Closes the connections to the provider. */
    public Future<Void> close() {
        return client.close();
    }

    private URI page(OIDCProviderMetadata metadata, Journey journey) {
        var request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(config.scopes().toArray(String[]::new)),
                        new ClientID(config.clientId()),
                        journey.back())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(journey.state())
                .nonce(journey.nonce())
                .codeChallenge(journey.verifier(), CodeChallengeMethod.S256);
        if (journey.again()) {
            request.prompt(new Prompt(Prompt.Type.LOGIN)).maxAge((int) FRESH.toSeconds());
        }
        return request.build().toURI();
    }

    private Future<JWTClaimsSet> claims(AuthorizationCode code, OIDCProviderMetadata metadata, Journey journey) {
        return exchange.idToken(metadata, code, journey).compose(token -> tokens.claims(token, journey.nonce()));
    }

    private Future<Arrival> enter(JWTClaimsSet claims, Journey journey, String address) {
        var person = Person.of(claims);
        var fresh = isFresh(claims);
        if (!person.hasValidSubject()) {
            return refused(Kind.INVALID, "the ID token names nobody");
        }
        if (journey.again() && !fresh) {
            return refused(Kind.INVALID, "the provider was asked to let the person sign in anew, and did not");
        }
        var role = roles.of(claims);
        if (role.isEmpty()) {
            return users.demote(person, address)
                    .onFailure(failure -> LOG.atError()
                            .addKeyValue("subject", person.subject())
                            .setCause(failure)
                            .log("user without a role at the provider keeps the one here"))
                    .transform(demoted -> refused(
                            Kind.NO_ROLE,
                            "nothing in the claim " + config.roleClaim() + " of the subject " + person.subject()
                                    + " gives a role"));
        }
        return users.enter(person, role.get(), address).map(user -> new Arrival(user, journey.next(), fresh));
    }

    private boolean isFresh(JWTClaimsSet claims) {
        try {
            return Optional.ofNullable(claims.getDateClaim("auth_time"))
                    .filter(at -> isRecent(at.toInstant()))
                    .isPresent();
        } catch (ParseException notATime) {
            return false;
        }
    }

    private boolean isRecent(Instant at) {
        var now = clock.instant();
        return at.isAfter(now.minus(FRESH)) && at.isBefore(now.plus(SKEW));
    }

    private static Future<Arrival> refused(Kind kind, String why) {
        return Future.failedFuture(new ProviderRefused(kind, why));
    }
}
