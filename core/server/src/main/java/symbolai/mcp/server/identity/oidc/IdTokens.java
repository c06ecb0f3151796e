package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** Trusts an ID token only when the provider signed it, for this server, for this sign-in, and not long ago. */
final class IdTokens {

    private static final int SKEW_SECONDS = 60;
    /** Signatures by keys that only the provider has; never none, and never HMAC. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Issuer issuer;
    private final ClientID clientId;
    private final SigningKeys keys;

    IdTokens(ProviderConfig config, SigningKeys keys) {
        this.issuer = new Issuer(config.issuer());
        this.clientId = new ClientID(config.clientId());
        this.keys = keys;
    }

    /** What the token says; fails when it is not trusted. */
    Future<JWTClaimsSet> claims(JWT token, Nonce nonce) {
        if (!(token instanceof SignedJWT signed)) {
            return refused("the ID token is not signed");
        }
        var keyId = Optional.ofNullable(signed.getHeader().getKeyID());
        if (keyId.isEmpty()) {
            return refused("the ID token does not name its key");
        }
        if (!ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
            return refused("the ID token is signed by " + signed.getHeader().getAlgorithm() + ", and must be by one of "
                    + ALGORITHMS);
        }
        return keys.with(keyId.get()).compose(known -> verified(signed, known, nonce));
    }

    private Future<JWTClaimsSet> verified(SignedJWT token, JWKSet known, Nonce nonce) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(known)));
        processor.setJWTClaimsSetVerifier(new IDTokenClaimsVerifier(issuer, clientId, nonce, SKEW_SECONDS)::verify);
        try {
            var claims = processor.process(token, null);
            return isOurs(claims)
                    ? Future.succeededFuture(claims)
                    : refused("the ID token was issued to another, or to several");
        } catch (BadJOSEException | JOSEException bad) {
            return refused("the ID token is not accepted: " + bad.getMessage());
        }
    }

    /** Where a token is for several, it must say whom it was issued to; Nimbus does not look whether that is us. */
    private boolean isOurs(JWTClaimsSet claims) {
        var party = Optional.ofNullable(claims.getClaim("azp"));
        return party.map(name -> name.equals(clientId.getValue()))
                .orElse(claims.getAudience().size() == 1);
    }

    private static <T> Future<T> refused(String why) {
        return Future.failedFuture(new ProviderRefused(Kind.INVALID, why));
    }
}
