package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.identity.oauth.ClientDocuments.Asker;
import symbolai.mcp.server.store.CodeStore;

/** Takes what clients ask of users, and sends the users back with a code or with the reason why there is none. */
public final class Authorizations {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Clients clients;
    private final CodeStore consents;
    private final Codes codes;
    private final OAuthRecords records;
    private final Sealer sealer;
    private final Clock clock;

    public Authorizations(
            Clients clients, CodeStore consents, Codes codes, OAuthRecords records, Sealer sealer, Clock clock) {
        this.clients = clients;
        this.consents = consents;
        this.codes = codes;
        this.records = records;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What the client asks for. Fails with an {@link OAuthProblem} when the user must not be sent back, because nobody knows to whom, and with
     * {@link Misdirected} otherwise.
     */
    public Future<AuthorizationAsk> read(Map<String, List<String>> parameters, Site site, String userId) {
        var reading = new AuthorizationReading(parameters, site);
        return Future.succeededFuture(reading)
                .map(AuthorizationReading::clientId)
                .compose(id -> clients.find(id, Asker.user(userId)))
                .map(client -> ask(reading, client));
    }

    private static AuthorizationAsk ask(AuthorizationReading reading, OAuthClient client) {
        var redirect = reading.redirect(client);
        try {
            return reading.ask(client, redirect);
        } catch (OAuthProblem problem) {
            var location = location(redirect, reading.state(), reading.issuer(), problem);
            throw new Misdirected(client.id(), redirect, location, problem);
        }
    }

    /**
     * Whether the user is sent back without being asked: to a program on the user's own machine, or to whom the user has agreed before.
     * Anybody can register, so that a mistake made on purpose could lead users anywhere in this server's name.
     */
    public Future<Boolean> isKnown(Misdirected misdirected, String userId) {
        return misdirected.isLocal()
                ? Future.succeededFuture(true)
                : consents.agreed(userId, misdirected.client(), misdirected.host())
                        .map(names -> !names.isEmpty());
    }

    /** The request, for the form in which the user decides; good for the user and some minutes only. */
    public String seal(AuthorizationAsk ask, String userId) {
        var json = ask.json().put("until", clock.millis() + PATIENCE.toMillis());
        return sealer.seal(json.encode().getBytes(StandardCharsets.UTF_8), userId);
    }

    /** The request of a form; empty when it was changed, is another user's, or is too old. */
    public Optional<AuthorizationAsk> open(String sealed, String userId) {
        return sealer.open(sealed, userId)
                .map(bytes -> new JsonObject(new String(bytes, StandardCharsets.UTF_8)))
                .filter(json -> clock.millis() < json.getLong("until"))
                .map(AuthorizationAsk::of);
    }

    /** Whether the user has agreed to all of it before, so that there is no need to ask. */
    public Future<Boolean> agreed(AuthorizationAsk ask, String userId) {
        return ask.isImitable()
                ? Future.succeededFuture(false)
                : consents.agreed(userId, ask.client(), ask.host())
                        .map(names -> Scopes.of(names).include(ask.scopes()));
    }

    /** The user agrees: where the user is sent with a code. */
    public Future<String> accept(AuthorizationAsk ask, String userId, Scopes scopes, String address) {
        return records.deciding(userId, ask.client(), scopes, true, address, () -> agree(ask, userId, scopes));
    }

    private Future<String> agree(AuthorizationAsk ask, String userId, Scopes scopes) {
        return consents.agree(userId, ask.client(), ask.host(), scopes.names(), clock.millis())
                .compose(agreed -> clients.remember(ask.asker()))
                .compose(known -> issue(ask, userId, scopes));
    }

    /** The user has agreed before: where the user is sent with a code for what is asked now. */
    public Future<String> again(AuthorizationAsk ask, String userId) {
        return issue(ask, userId, ask.scopes());
    }

    private Future<String> issue(AuthorizationAsk ask, String userId, Scopes scopes) {
        return codes.issue(ask, userId, scopes).map(code -> success(ask, code));
    }

    /** The user refuses: where the user is sent with the news. */
    public Future<String> refuse(AuthorizationAsk ask, String userId, String address) {
        var problem = OAuthProblem.of(OAuth2Error.ACCESS_DENIED, "the user did not agree");
        var location = location(ask.redirect(), ask.state(), ask.issuer(), problem);
        return records.deciding(
                userId, ask.client(), ask.scopes(), false, address, () -> Future.succeededFuture(location));
    }

    private static String success(AuthorizationAsk ask, OpaqueToken code) {
        return new AuthorizationSuccessResponse(
                        URI.create(ask.redirect()),
                        new AuthorizationCode(code.text().reveal()),
                        null,
                        ask.state().map(State::new).orElse(null),
                        new Issuer(ask.issuer()),
                        ResponseMode.QUERY)
                .toURI()
                .toString();
    }

    private static String location(String redirect, Optional<String> state, String issuer, OAuthProblem problem) {
        return new AuthorizationErrorResponse(
                        URI.create(redirect),
                        new ErrorObject(problem.code(), problem.description()),
                        state.map(State::new).orElse(null),
                        new Issuer(issuer),
                        ResponseMode.QUERY)
                .toURI()
                .toString();
    }
}
