package symbolai.mcp.server.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import io.vertx.core.Future;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.crypto.Sha256;

/**
 * Checks who programs with keys of their own say they are (RFC 7523, {@code private_key_jwt}): who signed it, that it is meant for this server, and that
 * it is shown once. What was signed before this server started may have been shown to it then, and does not count. Safe for any thread.
 */
public final class Assertions {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

    /** The algorithms, as the metadata names them. */
    static final Set<String> NAMES = Set.of("RS256", "PS256", "ES256", "ES384");

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);
    /** Of each program, so that none uses up another's; how many programs register is limited too. */
    private static final int MOST_EACH = 100;

    /** From as many programs on, those that have nothing left to remember are forgotten. */
    private static final int MANY = 1_000;

    private final ClientKeys keys;
    private final Clock clock;
    private final long began;
    private final Map<String, Map<String, Long>> shown = new HashMap<>();

    public Assertions(DocumentSource source, Clock clock) {
        this.keys = new ClientKeys(source, clock);
        this.clock = clock;
        this.began = clock.millis();
    }

    /**
     * Whether the program has signed this, for us and for the first time.
     *
     * @param endpoint where it was sent
     */
    Future<Boolean> proves(OAuthClient client, PrivateKeyJWT assertion, URI endpoint) {
        var signed = assertion.getClientAssertion();
        return ALGORITHMS.contains(signed.getHeader().getAlgorithm())
                ? keys.of(client).map(known -> isSigned(signed, known) && counts(client, signed, endpoint))
                : Future.succeededFuture(false);
    }

    private static boolean isSigned(SignedJWT signed, JWKSet known) {
        return new JWKSelector(JWKMatcher.forJWSHeader(signed.getHeader()))
                .select(known).stream().anyMatch(key -> isSigned(signed, key));
    }

    private static boolean isSigned(SignedJWT signed, JWK key) {
        try {
            var verifier = new DefaultJWSVerifierFactory()
                    .createJWSVerifier(signed.getHeader(), ((AsymmetricJWK) key).toPublicKey());
            return signed.verify(verifier);
        } catch (JOSEException unfit) {
            return false;
        }
    }

    private boolean counts(OAuthClient client, SignedJWT signed, URI endpoint) {
        try {
            var claims = signed.getJWTClaimsSet();
            return client.id().equals(claims.getIssuer())
                    && client.id().equals(claims.getSubject())
                    && !Collections.disjoint(claims.getAudience(), audiences(endpoint))
                    && isInTime(claims)
                    && isFirst(client, claims);
        } catch (ParseException malformed) {
            return false;
        }
    }

    /** The issuer, the endpoint of tokens, or the one that was asked. */
    private static Set<String> audiences(URI endpoint) {
        var root = endpoint.resolve("/").toString();
        var tokens = endpoint.resolve("/oauth/token").toString();
        return new HashSet<>(List.of(root, root.substring(0, root.length() - 1), tokens, endpoint.toString()));
    }

    private boolean isInTime(JWTClaimsSet claims) {
        long now = clock.millis();
        long issued = time(claims.getIssueTime());
        long expires = time(claims.getExpirationTime());
        return issued >= began - 1_000
                && issued <= now + SKEW.toMillis()
                && expires > now - SKEW.toMillis()
                && expires - issued <= LONGEST.toMillis();
    }

    private static long time(@Nullable Date date) {
        return date == null ? -1 : date.toInstant().toEpochMilli();
    }

    private synchronized boolean isFirst(OAuthClient client, JWTClaimsSet claims) {
        if (claims.getJWTID() == null) {
            return false;
        }
        long now = clock.millis();
        if (shown.size() >= MANY) {
            shown.values().forEach(of -> of.values().removeIf(until -> until < now));
            shown.values().removeIf(Map::isEmpty);
        }
        var own = shown.computeIfAbsent(client.id(), first -> new HashMap<>());
        own.values().removeIf(end -> end < now);
        long until = time(claims.getExpirationTime()) + SKEW.toMillis();
        return own.size() < MOST_EACH && own.putIfAbsent(Sha256.hex(claims.getJWTID()), until) == null;
    }
}
