package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import symbolai.mcp.server.store.CodeRow;
import symbolai.mcp.server.store.CodeStore;
import symbolai.mcp.server.store.GrantStore;

/** Makes authorization codes and takes them back, each once; a second use ends what came of the first. */
public final class Codes {

    private static final Duration LIFE = Duration.ofSeconds(60);

    private final CodeStore store;
    private final GrantStore grantStore;
    private final Grants grants;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Codes(CodeStore store, GrantStore grantStore, Grants grants, Clock clock) {
        this.store = store;
        this.grantStore = grantStore;
        this.grants = grants;
        this.clock = clock;
    }

    /** A code for what a user has agreed to. */
    Future<OpaqueToken> issue(AuthorizationAsk ask, String userId, Scopes scopes) {
        var code = OpaqueToken.random(OpaqueToken.Kind.CODE, random);
        var row = new CodeRow(
                code.hash(),
                grants.newId(),
                ask.client(),
                userId,
                ask.redirect(),
                ask.resource(),
                scopes.names(),
                ask.challenge(),
                clock.millis() + LIFE.toMillis(),
                0);
        return store.add(row).map(code);
    }

    /** The tokens for a code. */
    Future<JsonObject> redeem(
            OAuthClient client, AuthorizationCodeGrant grant, Optional<String> resource, String address) {
        return OpaqueToken.parse(
                        OpaqueToken.Kind.CODE, grant.getAuthorizationCode().getValue())
                .map(code -> store.find(code.hash()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found ->
                        found.filter(code -> code.client().equals(client.id())).orElseThrow(Codes::unknown))
                .compose(code -> code.used() == 0 ? redeem(code, grant, resource, address) : replayed(code, address));
    }

    private Future<JsonObject> redeem(
            CodeRow code, AuthorizationCodeGrant grant, Optional<String> resource, String address) {
        check(code, grant);
        if (resource.filter(asked -> !asked.equals(code.resource())).isPresent()) {
            return Target.other().failed();
        }
        var terms = new Grants.Terms(
                code.grantId(), code.client(), code.userId(), code.resource(), new Scopes(code.scopes()));
        return grants.begin(
                        terms,
                        true,
                        address,
                        (row, tokens) -> grantStore.redeem(code.hash(), clock.millis(), row, tokens))
                .compose(answer -> answer.map(Future::succeededFuture).orElseGet(() -> replayed(code, address)));
    }

    private void check(CodeRow code, AuthorizationCodeGrant grant) {
        if (code.expires() <= clock.millis()) {
            throw OAuthProblem.grant("the code has expired");
        }
        var redirect = grant.getRedirectionURI();
        if (redirect != null && !redirect.toString().equals(code.redirect())) {
            throw OAuthProblem.grant("the redirect_uri is not the one that the code was sent to");
        }
        var verifier = grant.getCodeVerifier();
        if (verifier == null) {
            throw OAuthProblem.grant("the code_verifier is missing");
        }
        var challenge =
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
        if (!MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.US_ASCII), code.challenge().getBytes(StandardCharsets.US_ASCII))) {
            throw OAuthProblem.grant("the code_verifier is not the one of the code_challenge");
        }
    }

    private Future<JsonObject> replayed(CodeRow code, String address) {
        return grants.end(
                        code.grantId(),
                        code.userId(),
                        code.client(),
                        "token-replayed",
                        "an authorization code was used twice",
                        address)
                .compose(ended -> OAuthProblem.grant("the code was used before").failed());
    }

    private static OAuthProblem unknown() {
        return OAuthProblem.grant("the code is not known");
    }
}
