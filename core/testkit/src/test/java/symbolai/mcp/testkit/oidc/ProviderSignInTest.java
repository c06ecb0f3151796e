package symbolai.mcp.testkit.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static symbolai.mcp.testkit.oidc.ProviderHouse.ADMIN;
import static symbolai.mcp.testkit.oidc.ProviderHouse.done;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Visitor;
import symbolai.mcp.server.identity.oidc.Arrival;
import symbolai.mcp.server.identity.oidc.ProviderRefused;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;
import symbolai.mcp.testkit.FakeProvider;
import symbolai.mcp.testkit.HostileTexts;
import symbolai.mcp.testkit.SignedTokens;

class ProviderSignInTest {

    private static final RSAKey STRANGERS = SignedTokens.newKey("first");

    @TempDir
    Path folder;

    private ProviderHouse house;

    @BeforeEach
    void open() {
        house = new ProviderHouse(folder);
        house.provider.person("f:1", "ada", "staff", "operators");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoeverTheProviderKnowsBecomesAUserWithTheRoleOfItsGroups() {
        var arrival = house.signIn();

        assertThat(arrival.next()).isEqualTo("/next");
        assertThat(arrival.fresh()).isTrue();
        assertThat(arrival.user().name()).isEqualTo("ada");
        assertThat(arrival.user().role()).isEqualTo(Role.OPERATOR);
        assertThat(arrival.user().hasPassword()).isFalse();
        assertThat(names()).containsExactly("ada");
    }

    @Test
    void theProviderIsAskedForACodeWithAStateANonceAndAChallenge() {
        var first = URLUtils.parseParameters(house.depart().provider().getRawQuery());
        var second = URLUtils.parseParameters(house.depart().provider().getRawQuery());

        assertThat(first)
                .containsEntry("response_type", List.of("code"))
                .containsEntry("client_id", List.of("symbolai"))
                .containsEntry("scope", List.of("openid profile"))
                .containsEntry("redirect_uri", List.of(ProviderHouse.BACK.toString()))
                .containsEntry("code_challenge_method", List.of("S256"))
                .doesNotContainKeys("prompt", "max_age");
        assertThat(Stream.of("state", "nonce", "code_challenge")).allSatisfy(name -> {
            assertThat(first.get(name).get(0)).hasSizeGreaterThanOrEqualTo(43);
            assertThat(first.get(name)).isNotEqualTo(second.get(name));
        });
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                claims("another issuer", c -> c.issuer("http://127.0.0.1/realms/staff")),
                claims("no issuer", c -> c.issuer(null)),
                claims("another audience", c -> c.audience("another")),
                claims("no audience", c -> c.audience((String) null)),
                claims("several audiences and no azp", c -> c.audience(List.of("symbolai", "another"))),
                claims("the azp of another", c -> c.claim("azp", "another")),
                claims("another nonce", c -> c.claim("nonce", "another")),
                claims("no nonce", c -> c.claim("nonce", null)),
                claims("expired a minute ago and more", c -> c.expirationTime(seconds(-65))),
                claims("no expiry", c -> c.expirationTime(null)),
                claims("issued in the future", c -> c.issueTime(seconds(65))),
                claims("no time of issue", c -> c.issueTime(null)),
                claims("no subject", c -> c.subject(null)),
                claims("an empty subject", c -> c.subject("")),
                claims("a subject that is too long", c -> c.subject("s".repeat(256))),
                token("not signed", (claims, provider) -> new PlainJWT(claims).serialize()),
                token("no token at all", (claims, provider) -> "a.b"),
                token(
                        "signed by the public key as if it were a secret",
                        (claims, provider) ->
                                hmac(claims, provider.key().toPublicJWK().toString(), "first")),
                token(
                        "signed by the client's secret",
                        (claims, provider) -> hmac(claims, "the secret of the client", "first")),
                token(
                        "signed by another key of the same name",
                        (claims, provider) -> SignedTokens.sign(claims, STRANGERS)),
                token(
                        "signed by a key that is not known",
                        (claims, provider) -> SignedTokens.sign(claims, SignedTokens.newKey("second"))),
                token(
                        "signed by an unnamed key",
                        (claims, provider) ->
                                SignedTokens.sign(new JWSHeader(JWSAlgorithm.RS256), claims, provider.key())),
                token(
                        "a key of its own in the header",
                        (claims, provider) -> SignedTokens.sign(
                                header(provider).jwk(STRANGERS.toPublicJWK()).build(), claims, STRANGERS)),
                token(
                        "of another type",
                        (claims, provider) -> SignedTokens.sign(
                                header(provider)
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                claims,
                                provider.key())),
                token(
                        "critical headers that nobody knows",
                        (claims, provider) -> SignedTokens.sign(
                                header(provider)
                                        .criticalParams(Set.of("b64x"))
                                        .customParam("b64x", true)
                                        .build(),
                                claims,
                                provider.key())),
                token(
                        "changed after it was signed",
                        (claims, provider) -> changed(SignedTokens.sign(claims, provider.key()))),
                Arguments.of("no ID token", (Consumer<FakeProvider>)
                        provider -> provider.tokens(answer -> without(answer, "id_token"))),
                Arguments.of("an answer that is no tokens", (Consumer<FakeProvider>)
                        provider -> provider.tokens(answer -> new JsonObject().put("x", 1))),
                Arguments.of("an error instead of tokens", (Consumer<FakeProvider>)
                        provider -> provider.tokens(answer -> new JsonObject().put("error", "server_error"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void anIdTokenThatCannotBeTrustedLetsNobodyIn(String name, Consumer<FakeProvider> lie) {
        lie.accept(house.provider);

        assertThat(refused(house.attempt())).isEqualTo(Kind.INVALID);
        assertThat(names()).isEmpty();
    }

    @Test
    void clocksMayDifferByAMinute() {
        house.provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                .expirationTime(seconds(-40))
                .issueTime(seconds(40))
                .build());

        assertThat(house.signIn().user().name()).isEqualTo("ada");
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of("no state", Map.of("state", List.of()), Kind.BROKEN_OFF),
                Arguments.of("another state", Map.of("state", List.of("another")), Kind.BROKEN_OFF),
                Arguments.of("two states", Map.of("state", List.of("a", "b")), Kind.BROKEN_OFF),
                Arguments.of("no code", Map.of("code", List.of()), Kind.INVALID),
                Arguments.of("two codes", Map.of("code", List.of("a", "b")), Kind.INVALID),
                Arguments.of("another code", Map.of("code", List.of("another")), Kind.INVALID),
                Arguments.of("another issuer", Map.of("iss", List.of("http://127.0.0.1/")), Kind.INVALID),
                Arguments.of("no issuer", Map.of("iss", List.of()), Kind.INVALID),
                Arguments.of("an error", Map.of("error", List.of("access_denied"), "code", List.of()), Kind.DECLINED),
                Arguments.of(
                        "an error of strange signs",
                        Map.of("error", List.of("\u0000\"\\"), "code", List.of()),
                        Kind.INVALID));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    void anAnswerThatIsNotTheProvidersLetsNobodyIn(String name, Map<String, List<String>> instead, Kind kind) {
        assertThat(refused(house.attempt(instead))).isEqualTo(kind);
        assertThat(names()).isEmpty();
    }

    @Test
    void row9ASignInThatAnotherBrowserBeganIsBrokenOff() {
        var attackers = house.depart();
        var victims = house.depart();
        var answer = house.answer(attackers, Map.of());

        assertThat(refused(house.door().arrive(answer, Optional.of(victims.journey()), "")))
                .isEqualTo(Kind.BROKEN_OFF);
        assertThat(refused(house.door().arrive(answer, Optional.empty(), ""))).isEqualTo(Kind.BROKEN_OFF);
        assertThat(refused(house.door().arrive(answer, Optional.of("made up"), "")))
                .isEqualTo(Kind.BROKEN_OFF);
        assertThat(names()).isEmpty();
    }

    @Test
    void aSignInIsFinishedOnceAndWithinTenMinutes() {
        var departure = house.depart();
        var answer = house.answer(departure, Map.of());
        var late = house.depart();
        done(house.door().arrive(answer, Optional.of(departure.journey()), ""));

        assertThat(refused(house.door().arrive(answer, Optional.of(departure.journey()), "")))
                .isEqualTo(Kind.BROKEN_OFF);
        house.clock.advance(Duration.ofMinutes(10));
        assertThat(refused(house.door().arrive(house.answer(late, Map.of()), Optional.of(late.journey()), "")))
                .isEqualTo(Kind.BROKEN_OFF);
    }

    @Test
    void theProvidersRoleHoldsFromEachSignInOn() {
        var operator = house.signIn().user();
        house.provider.person("f:1", "ada lovelace", "viewers", "auditors");

        var auditor = house.signIn().user();

        assertThat(auditor.id()).isEqualTo(operator.id());
        assertThat(auditor.name()).isEqualTo("ada");
        assertThat(auditor.role()).isEqualTo(Role.AUDITOR);
    }

    @Test
    void whoHasNoGroupIsRefusedAndLosesWhatItHad() {
        var operator = house.signIn().user();
        house.provider.person("f:1", "ada", "staff");

        assertThat(refused(house.attempt())).isEqualTo(Kind.NO_ROLE);
        assertThat(user(operator.name()).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void whoHasNoGroupAnyMoreIsSignedOut() {
        var open = done(house.signIns.provided(house.signIn().user(), true, new Visitor("192.0.2.1", "Browser/1")));
        house.provider.person("f:1", "ada", "staff");

        assertThat(refused(house.attempt())).isEqualTo(Kind.NO_ROLE);

        assertThat(done(house.signIns.find(open.cookie()))).isEmpty();
    }

    @Test
    void theLastAdminWithoutAGroupIsRefusedAndSignedOut() {
        house.provider.person("f:1", "ada", "admins");
        var admin = house.signIn().user();
        var open = done(house.signIns.provided(admin, true, new Visitor("192.0.2.1", "Browser/1")));
        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        house.provider.person("f:1", "ada", "staff");

        assertThat(refused(house.attempt())).isEqualTo(Kind.NO_ROLE);

        assertThat(done(house.signIns.find(open.cookie()))).isEmpty();
        assertThat(user(admin.name()).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void whoNeverHadAGroupDoesNotBecomeAUser() {
        house.provider.person("f:2", "eve");

        assertThat(refused(house.attempt())).isEqualTo(Kind.NO_ROLE);
        assertThat(names()).isEmpty();
    }

    @Test
    void nobodyBecomesAUserThatWasHereBeforeByNameOrAddress() {
        var local = done(house.users.create(ADMIN, "ada", Role.ADMIN, new Secret("correct horse battery staple")));
        var mail = done(house.users.createWithoutPassword(ADMIN, "eve@example.com", Role.ADMIN));
        house.provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                .claim("email", "eve@example.com")
                .claim("email_verified", true)
                .build());

        var stranger = house.signIn().user();
        house.provider.person("f:3", "Not A Name!", "viewers");
        var second = house.signIn().user();

        assertThat(stranger.id()).isNotIn(local.id(), mail.id());
        assertThat(stranger.name()).matches("ada-[0-9a-f]{6}");
        assertThat(second.id()).isNotIn(local.id(), mail.id(), stranger.id());
        assertThat(second.name()).matches("eve@example.com-[0-9a-f]{6}");
        assertThat(user("ada").role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void nobodyChoosesANameThatRulesAndApproversMayHold() {
        house.configure(config(house.provider.config(), true, false));

        var chosen = house.signIn().user();
        house.provider.person("f:2", chosen.name(), "viewers");
        var imitated = house.signIn().user();

        assertThat(chosen.name()).matches("ada-[0-9a-f]{6}");
        assertThat(house.signIn().user().id()).isEqualTo(imitated.id());
        assertThat(imitated.name()).matches(chosen.name() + "-[0-9a-f]{6}");
        done(house.door().users().unlink(ADMIN, imitated.name()));
        assertThat(house.signIn().user().name()).matches(chosen.name() + "-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource({"true, eve@example.com", "false, user", "'', user", "x, user"})
    void anAddressIsNobodysNameBeforeItIsVerified(String verified, String name) {
        house.provider.person("f:3", "Not A Name!", "viewers");
        house.provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                .claim("email", "eve@example.com")
                .claim("email_verified", verified)
                .build());

        assertThat(house.signIn().user().name()).isEqualTo(name);
    }

    @Test
    void row31NamesOfTheProviderThatAreNoneBecomeOthers() {
        var seen = 0;
        var shortEnough = HostileTexts.all().stream()
                .filter(text -> text.length() < 1_000)
                .toList();
        for (var text : shortEnough) {
            house.provider.person("s:" + seen++, text, "viewers");
            house.provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                    .claim("email", text)
                    .claim("name", text)
                    .claim("given_name", text)
                    .build());

            assertThat(house.signIn().user().name()).as(text).matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
        }

        assertThat(names()).hasSize(seen);
    }

    @Test
    void anAdminLinksAUserThatWasHereBefore() {
        var local = done(house.users.create(ADMIN, "Ada", Role.VIEWER, new Secret("correct horse battery staple")));
        done(house.door().users().link(ADMIN, "ada", "f:1"));

        assertThat(house.signIn().user().id()).isEqualTo(local.id());
        assertThat(done(house.door().users().subjects())).containsExactly(Map.entry(local.id(), "f:1"));
        assertThatThrownBy(() -> done(house.door().users().link(ADMIN, "ada", "f:2")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("linked already");
        done(house.door().users().unlink(ADMIN, "ada"));
        assertThat(house.signIn().user().id()).isNotEqualTo(local.id());
        assertThatThrownBy(() -> done(house.door().users().unlink(ADMIN, "ada")))
                .hasMessage("The user ada is not linked.");
    }

    @Test
    void nobodyBecomesAUserWhenAdminsMakeThem() {
        house.configure(config(house.provider.config(), false, true));

        assertThat(refused(house.attempt())).isEqualTo(Kind.NO_ACCOUNT);
        done(house.users.createWithoutPassword(ADMIN, "grace", Role.VIEWER));
        done(house.door().users().link(ADMIN, "grace", "f:1"));
        assertThat(house.signIn().user().name()).isEqualTo("grace");
    }

    @Test
    void theLastAdminStaysOneWhateverTheProviderSays() {
        house.provider.person("f:1", "ada", "admins");
        house.signIn();
        house.provider.person("f:1", "ada", "viewers");

        assertThatThrownBy(house::signIn).isInstanceOf(ToolException.class).hasMessageContaining("last admin");
        assertThat(user("ada").role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void twoBrowsersOfOnePersonMakeOneUser() {
        var attempts = Stream.generate(house::attempt).limit(8).toList();

        var arrivals = attempts.stream()
                .map(ProviderHouse::done)
                .map(Arrival::user)
                .map(User::id)
                .distinct();

        assertThat(arrivals).hasSize(1);
        assertThat(names()).containsExactly("ada");
    }

    @Test
    void anewMeansThatThePersonShowedItselfAnew() {
        var departure = done(house.door().depart(ProviderHouse.BACK, "/", true));
        var asked = URLUtils.parseParameters(departure.provider().getRawQuery());
        house.provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                .claim("auth_time", Instant.now().minusSeconds(600).getEpochSecond())
                .build());

        assertThat(asked).containsEntry("prompt", List.of("login")).containsEntry("max_age", List.of("300"));
        assertThat(refused(
                        house.door().arrive(house.answer(departure, Map.of()), Optional.of(departure.journey()), "")))
                .isEqualTo(Kind.INVALID);
        assertThat(house.signIn().fresh()).isFalse();
    }

    @Test
    void aNewKeyIsFetchedWhenItIsMetButOnceAMinute() {
        house.signIn();
        house.provider.rotate("second");

        assertThat(refused(house.attempt())).isEqualTo(Kind.INVALID);
        assertThat(house.provider.keyRequests()).isEqualTo(1);
        house.clock.advance(Duration.ofMinutes(1));
        assertThat(house.signIn().user().name()).isEqualTo("ada");
        assertThat(house.provider.keyRequests()).isEqualTo(2);
        assertThat(house.provider.metadataRequests()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsDownIsSaidToBeSoAndWorksAgainAfterwards() {
        house.provider.outage(503);
        assertThat(refused(house.door().depart(ProviderHouse.BACK, "/", false))).isEqualTo(Kind.UNAVAILABLE);
        house.provider.outageEnds();
        assertThat(refused(house.door().depart(ProviderHouse.BACK, "/", false))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(house.provider.metadataRequests()).isZero();
        house.clock.advance(Duration.ofSeconds(5));
        var departure = house.depart();
        house.provider.outage(500);
        assertThat(refused(
                        house.door().arrive(house.answer(departure, Map.of()), Optional.of(departure.journey()), "")))
                .isEqualTo(Kind.INVALID);
        house.provider.outageEnds();

        assertThat(house.signIn().user().name()).isEqualTo("ada");
    }

    @Test
    void whatIsKnownOfTheProviderOutlivesItsOutages() {
        house.signIn();
        house.provider.outage(503);
        house.clock.advance(Duration.ofHours(20));

        assertThat(house.depart().provider().getPath()).isEqualTo("/realms/staff/authorize");
        house.clock.advance(Duration.ofHours(5));
        assertThat(refused(house.door().depart(ProviderHouse.BACK, "/", false))).isEqualTo(Kind.UNAVAILABLE);
    }

    static Stream<Arguments> badMetadata() {
        return Stream.of(
                metadata("another issuer", m -> m.put("issuer", "https://evil.example")),
                metadata("no issuer", m -> without(m, "issuer")),
                metadata("no keys", m -> without(m, "jwks_uri")),
                metadata("no tokens", m -> without(m, "token_endpoint")),
                metadata("tokens on another host", m -> m.put("token_endpoint", "http://evil.example/token")),
                metadata("keys on another host", m -> m.put("jwks_uri", "http://169.254.169.254/keys")),
                metadata("keys in a file", m -> m.put("jwks_uri", "file:///etc/passwd")),
                metadata("a page that is a script", m -> m.put("authorization_endpoint", "javascript:alert(1)")),
                metadata("no page", m -> without(m, "authorization_endpoint")),
                metadata("no URL", m -> m.put("token_endpoint", "::")),
                metadata("too much", m -> m.put("padding", "x".repeat(600_000))),
                metadata("of the wrong kinds", m -> m.put("response_types_supported", 1)),
                Arguments.of("a redirect", (Consumer<FakeProvider>) provider -> provider.outage(302)),
                Arguments.of("an error", (Consumer<FakeProvider>) provider -> provider.outage(404)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMetadata")
    void row12MetadataThatLeadElsewhereAreRefused(String name, Consumer<FakeProvider> lie) {
        lie.accept(house.provider);

        assertThat(refused(house.door().depart(ProviderHouse.BACK, "/", false))).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aProviderThatTakesTheSecretInTheFormGetsItThere() {
        house.provider.metadata(metadata ->
                metadata.put("token_endpoint_auth_methods_supported", new JsonArray().add("client_secret_post")));

        // This provider takes it in the header only, so it refuses what came in the form.
        assertThat(catchThrowableOfType(ProviderRefused.class, () -> done(house.attempt())))
                .hasMessageContaining("invalid_grant");
    }

    @Test
    void nothingThatIsSecretIsPrinted() {
        var departure = house.depart();

        assertThat(departure.toString()).doesNotContain(departure.journey());
        assertThat(departure.journey()).doesNotContain("state");
        assertThat(house.provider.config().toString()).doesNotContain("the secret of the client");
    }

    private List<String> names() {
        return done(house.users.list()).stream().map(User::name).toList();
    }

    private User user(String name) {
        return done(house.users.list()).stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Kind refused(Future<?> attempt) {
        return catchThrowableOfType(ProviderRefused.class, () -> done(attempt)).kind();
    }

    private static Arguments claims(String name, UnaryOperator<JWTClaimsSet.Builder> lie) {
        return Arguments.of(name, (Consumer<FakeProvider>) provider -> provider.claims(
                claims -> lie.apply(new JWTClaimsSet.Builder(claims)).build()));
    }

    private static Arguments token(String name, TokenLie lie) {
        return Arguments.of(
                name, (Consumer<FakeProvider>) provider -> provider.signing(claims -> lie.token(claims, provider)));
    }

    private static Arguments metadata(String name, UnaryOperator<JsonObject> lie) {
        return Arguments.of(name, (Consumer<FakeProvider>) provider -> provider.metadata(lie));
    }

    private static JWSHeader.Builder header(FakeProvider provider) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(provider.key().getKeyID());
    }

    private static JsonObject without(JsonObject object, String name) {
        object.remove(name);
        return object;
    }

    private static ProviderConfig config(ProviderConfig config, boolean createUsers, boolean trustNames) {
        return new ProviderConfig(
                config.issuer(),
                config.name(),
                config.clientId(),
                config.clientSecret(),
                config.scopes(),
                config.roleClaim(),
                config.roles(),
                createUsers,
                trustNames);
    }

    private static Date seconds(int fromNow) {
        return Date.from(Instant.now().plusSeconds(fromNow));
    }

    private static String hmac(JWTClaimsSet claims, String secret, String keyId) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims);
            token.sign(new MACSigner((secret + " ".repeat(32)).getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changed(String token) {
        var parts = token.split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("operators", "admins");
        var body = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return parts[0] + "." + body + "." + parts[2];
    }

    private interface TokenLie {
        String token(JWTClaimsSet claims, FakeProvider provider);
    }
}
