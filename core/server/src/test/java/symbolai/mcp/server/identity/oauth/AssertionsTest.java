package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.problem;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.identity.Authentication;

/** Programs that sign who they are. */
class AssertionsTest {

    private static final String KEYS = "https://keys.example/jwks.json";
    private static final String TOKENS = OAuthHouse.SITE.url("/oauth/token");

    @TempDir
    Path folder;

    private OAuthHouse house;
    private ECKey key;
    private String client;

    @BeforeEach
    void open() throws JOSEException {
        house = new OAuthHouse(folder);
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        client = register(metadata().put("jwks", jwks(key)));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static JsonObject metadata() {
        return new JsonObject()
                .put("redirect_uris", new JsonArray().add(OAuthHouse.REDIRECT))
                .put("token_endpoint_auth_method", "private_key_jwt");
    }

    private static JsonObject jwks(ECKey key) {
        return new JsonObject(new JWKSet(key.toPublicJWK()).toString());
    }

    private String register(JsonObject metadata) {
        var answer = done(house.registrations.register(metadata.encode(), "192.0.2.1"));
        assertThat(answer.containsKey("client_secret")).isFalse();
        return answer.getString("client_id");
    }

    private JWTClaimsSet.Builder claims() {
        var now = house.clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(OAuthHouse.SITE.origin())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet claims, ECKey key) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> with(String assertion, Map<String, String> form) {
        var all = new LinkedHashMap<>(form);
        all.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        all.put("client_assertion", assertion);
        return all;
    }

    /** The end of a token that nobody has: it succeeds when the program is the one that it says it is. */
    private Future<Void> shown(String assertion) {
        return house.requests.revoke(OAuthHouse.posted(with(assertion, Map.of("token", "unknown"))));
    }

    @Test
    void aProgramThatSignsGetsItsTokens() {
        var form = OAuthHouse.redeeming(client, house.code(client, "ada"));

        assertThat(problem(house.tokenLater(form))).isEqualTo("invalid_client");
        var tokens = house.token(with(signed(claims().build(), key), form));

        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
    }

    @Test
    void whatWasShownOnceIsNotTakenAgain() {
        var assertion = signed(claims().audience(TOKENS).build(), key);

        done(shown(assertion));
        assertThat(problem(shown(assertion))).isEqualTo("invalid_client");
        house.clock.advance(Duration.ofSeconds(45));
        assertThat(problem(shown(assertion))).isEqualTo("invalid_client");
    }

    @Test
    void nobodyUsesUpWhatOthersMayShow() {
        for (int i = 0; i < 100; i++) {
            done(shown(signed(claims().build(), key)));
        }
        assertThat(problem(shown(signed(claims().build(), key)))).isEqualTo("invalid_client");

        client = register(metadata().put("jwks", jwks(key)));
        done(shown(signed(claims().build(), key)));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("another audience", change(claims -> claims.audience("https://other.example"))),
                Arguments.of("without an id", change(claims -> claims.jwtID(null))),
                Arguments.of("without a time", change(claims -> claims.issueTime(null))),
                Arguments.of("for too long", change(claims -> claims.expirationTime(later(claims, 3_600)))),
                Arguments.of("expired", change(claims -> claims.expirationTime(later(claims, -120)))),
                Arguments.of("from the future", change(claims -> claims.issueTime(later(claims, 50)))),
                Arguments.of("from before the start", change(claims -> claims.issueTime(later(claims, -5)))),
                Arguments.of("of somebody else", change(claims -> claims.subject("dcr_other"))),
                Arguments.of("by somebody else", change(claims -> claims.issuer("dcr_other"))));
    }

    private interface Change {
        JWTClaimsSet.Builder to(JWTClaimsSet.Builder claims);
    }

    private static Change change(Change change) {
        return change;
    }

    private static Date later(JWTClaimsSet.Builder claims, int seconds) {
        Instant now = claims.build().getIssueTime().toInstant();
        return Date.from(now.plusSeconds(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void row8AMistakenAssertionIsRefused(String name, Change change) {
        assertThat(problem(shown(signed(change.to(claims()).build(), key)))).isIn("invalid_client", "invalid_request");
    }

    @Test
    void row8ForeignKeysAndSecretsAreRefused() throws JOSEException {
        var foreign = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();

        assertThat(problem(shown(signed(claims().build(), foreign)))).isEqualTo("invalid_client");
        assertThat(problem(house.requests.revoke(
                        OAuthHouse.posted(Map.of("token", "x", "client_id", client, "client_secret", "x")))))
                .isEqualTo("invalid_client");
        assertThat(problem(house.requests.revoke(OAuthHouse.posted(Map.of("token", "x", "client_id", client)))))
                .isEqualTo("invalid_client");
    }

    @Test
    void keysAreFetchedFromWhereTheProgramSays() throws JOSEException {
        house.documents.put(
                KEYS, new DocumentSource.Fetched(Buffer.buffer(jwks(key).encode()), Duration.ZERO));
        client = register(metadata().put("jwks_uri", KEYS));

        done(shown(signed(claims().build(), key)));
        done(shown(signed(claims().build(), key)));
        assertThat(house.fetched).isEqualTo(1);

        var next = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        house.documents.put(
                KEYS, new DocumentSource.Fetched(Buffer.buffer(jwks(next).encode()), Duration.ZERO));
        assertThat(problem(shown(signed(claims().build(), next)))).isEqualTo("invalid_client");
        house.clock.advance(Duration.ofMinutes(1));
        done(shown(signed(claims().build(), next)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"jwks\": {\"keys\": []}}",
                "{\"jwks\": {\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]}}",
                "{\"jwks_uri\": \"http://keys.example/jwks.json\"}",
                "{\"jwks_uri\": \"https://127.0.0.1/jwks.json\"}"
            })
    void row12KeysThatAreNoneOrNowhereAreRefused(String keys) {
        var body = metadata().mergeIn(new JsonObject(keys)).encode();

        assertThat(problem(house.registrations.register(body, "192.0.2.1"))).isEqualTo("invalid_client_metadata");
    }
}
