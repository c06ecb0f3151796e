package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.failure;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.server.identity.Authentication;

/** How the server comes to know programs. */
class ClientsTest {

    private static final String DOCUMENT = "https://app.example.com/oauth/client.json";

    @TempDir
    Path folder;

    private OAuthHouse house;

    @BeforeEach
    void open() {
        house = new OAuthHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aProgramRegistersItself() {
        var answer = register(new JsonObject()
                .put("client_name", "mcp-remote")
                .put("redirect_uris", new JsonArray().add(OAuthHouse.REDIRECT))
                .put("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
                .put("token_endpoint_auth_method", "none")
                .put("application_type", "native")
                .put("scope", "openid email profile"));

        assertThat(answer.getString("client_id")).matches("dcr_[0-9A-Za-z]{22}");
        assertThat(answer.getString("client_name")).isEqualTo("mcp-remote");
        assertThat(answer.getJsonArray("redirect_uris")).containsExactly(OAuthHouse.REDIRECT);
        assertThat(answer.getString("token_endpoint_auth_method")).isEqualTo("none");
        assertThat(answer.containsKey("client_secret")).isFalse();
    }

    @Test
    void aProgramThatKeepsASecretMustShowIt() {
        var made = register(new JsonObject()
                .put("redirect_uris", new JsonArray().add(OAuthHouse.REDIRECT))
                .put("token_endpoint_auth_method", "client_secret_basic"));
        var client = made.getString("client_id");
        var form = OAuthHouse.redeeming(client, house.code(client, "ada"));

        assertThat(problem(house.tokenLater(form))).isEqualTo("invalid_client");
        assertThat(problem(house.requests.token(basic(form, client, "smcps_wrong"))))
                .isEqualTo("invalid_client");
        var tokens = done(house.requests.token(basic(form, client, made.getString("client_secret"))));
        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid_client_metadata",
        "'[]', invalid_client_metadata",
        "'{', invalid_client_metadata",
        "'{}', invalid_redirect_uri",
        "'{\"redirect_uris\": []}', invalid_redirect_uri",
        "'{\"redirect_uris\": \"https://a.example/cb\"}', invalid_client_metadata",
        "'{\"redirect_uris\": [\"javascript:alert(1)\"]}', invalid_redirect_uri",
        "'{\"redirect_uris\": [\"http://evil.example/cb\"]}', invalid_redirect_uri",
        "'{\"redirect_uris\": [\"https://a.example/cb\"], \"token_endpoint_auth_method\": \"tls_client_auth\"}', invalid_client_metadata",
    })
    void row8BadMetadataIsRefused(String body, String code) {
        assertThat(problem(house.registrations.register(body, "192.0.2.9"))).isEqualTo(code);
    }

    @Test
    void longNamesAndManyRedirectsAreRefused() {
        var many = new JsonArray();
        IntStream.range(0, 21).forEach(i -> many.add("https://a.example/" + i));
        var redirects = new JsonArray().add("https://a.example/cb");

        assertThat(problem(house.registrations.register(
                        new JsonObject().put("redirect_uris", many).encode(), "192.0.2.9")))
                .isEqualTo("invalid_redirect_uri");
        assertThat(problem(house.registrations.register(
                        new JsonObject()
                                .put("redirect_uris", redirects)
                                .put("client_name", "x".repeat(201))
                                .encode(),
                        "192.0.2.9")))
                .isEqualTo("invalid_client_metadata");
    }

    @Test
    void nobodyRegistersWithoutEnd() {
        var body = new JsonObject().put("redirect_uris", new JsonArray().add("https://a.example/cb"));
        for (var i = 0; i < 60; i++) {
            register(body);
        }

        assertThat(problem(house.registrations.register(body.encode(), "192.0.2.1")))
                .isEqualTo("temporarily_unavailable");
        done(house.registrations.register(body.encode(), "192.0.2.2"));
        house.clock.advance(Duration.ofMinutes(10));
        register(body);
    }

    @Test
    void allTogetherRegisterSoManyInAWhile() {
        var body = new JsonObject().put("redirect_uris", new JsonArray().add("https://a.example/cb"));
        for (var i = 0; i < 600; i++) {
            done(house.registrations.register(body.encode(), "192.0.2." + i % 20));
        }

        assertThat(problem(house.registrations.register(body.encode(), "198.51.100.1")))
                .isEqualTo("temporarily_unavailable");
        house.clock.advance(Duration.ofMinutes(10));
        register(body);
    }

    @Test
    void whereItIsCrowdedOnlyThoseMakeRoomThatWaitedForAnHourUnused() {
        var body = new JsonObject().put("redirect_uris", new JsonArray().add(OAuthHouse.REDIRECT));
        var used = house.register(OAuthHouse.REDIRECT);
        house.signedIn(used, "ada");
        for (var i = 1; i < OAuthHouse.CROWD; i++) {
            register(body);
        }

        house.clock.advance(Duration.ofMinutes(59));
        assertThat(problem(house.crowdedRegistrations.register(body.encode(), "192.0.2.1")))
                .isEqualTo("temporarily_unavailable");
        house.clock.advance(Duration.ofMinutes(2));
        done(house.crowdedRegistrations.register(body.encode(), "192.0.2.1"));

        assertThat(done(house.clientStore.list())).hasSize(2);
        assertThat(done(house.clientStore.find(used))).isPresent();
    }

    @Test
    void anUnusedClientIsKnownFor90Days() {
        var client = house.register(OAuthHouse.REDIRECT);

        house.clock.advance(Duration.ofDays(89));
        done(house.sweep.sweep());
        assertThat(done(house.clientStore.find(client))).isPresent();
        house.clock.advance(Duration.ofDays(2));
        done(house.sweep.sweep());
        assertThat(done(house.clientStore.find(client))).isEmpty();
    }

    /** Five wrong codes in a minute, and the right one opens nothing for that user until the minute is over. */
    @Test
    void codesOfDevicesAreTypedFiveTimesAMinute() {
        var form = Map.of("client_id", house.register(OAuthHouse.REDIRECT));
        var right = done(house.requests.device(OAuthHouse.posted(form))).getString("user_code");
        for (var i = 0; i < 10; i++) {
            assertThat(done(house.devices.find(right, "ada"))).isPresent();
        }

        for (var i = 0; i < 5; i++) {
            assertThat(done(house.devices.find("BCDF-GHJK", "ada"))).isEmpty();
        }

        assertThat(done(house.devices.find(right, "ada"))).isEmpty();
        assertThat(done(house.devices.find(right, "bob"))).isPresent();
        house.clock.advance(Duration.ofMinutes(1));
        assertThat(done(house.devices.find(right, "ada"))).isPresent();
    }

    @Test
    void aProgramIsKnownByItsDocument() {
        publish(document());
        var asking = OAuthHouse.asking(DOCUMENT);
        asking.put("redirect_uri", "http://localhost:53123/callback");

        var ask = house.ask(asking);

        assertThat(ask.name()).isEqualTo("Claude Code");
        assertThat(ask.redirect()).isEqualTo("http://localhost:53123/callback");
        assertThat(ask.kind()).isEqualTo(OAuthClient.Kind.DOCUMENT);
        var location = done(house.authorizations.accept(ask, "ada", ask.scopes(), "192.0.2.1"));
        var form = OAuthHouse.redeeming(DOCUMENT, OAuthHouse.query(location).get("code"));
        form.put("redirect_uri", "http://localhost:53123/callback");
        assertThat(house.authenticate(house.token(form))).isInstanceOf(Authentication.Known.class);
        assertThat(done(house.clientStore.find(DOCUMENT))).isPresent();
    }

    @Test
    void aProgramThatAnyOtherCanImitateIsAskedAboutEachTime() {
        publish(document());
        var asking = OAuthHouse.asking(DOCUMENT);
        asking.put("redirect_uri", "http://localhost:53123/callback");
        var ask = house.ask(asking);

        done(house.authorizations.accept(ask, "ada", ask.scopes(), "192.0.2.1"));

        assertThat(done(house.authorizations.agreed(ask, "ada"))).isFalse();
    }

    @Test
    void aDocumentIsKeptForAWhile() {
        publish(document());
        house.ask(fromDocument());
        house.documents.clear();

        house.ask(fromDocument());
        house.clock.advance(Duration.ofMinutes(5));

        assertThat(problem(house.asked(fromDocument()))).isEqualTo("invalid_client");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, https://app.example.com/oauth/other.json, its client_id is not its own URL",
        "client_id, , its client_id is not its own URL",
        "client_name, , 'its client_name is missing, empty or too long'",
        "client_name, ' ', 'its client_name is missing, empty or too long'",
        "client_secret, smcps_x, 'it has a client_secret, which everybody could read'",
        "token_endpoint_auth_method, client_secret_post, its token_endpoint_auth_method must be none",
    })
    void aBadDocumentIsRefused(String member, String value, String why) {
        var document = document();
        if (value == null) {
            document.remove(member);
        } else {
            document.put(member, value);
        }
        publish(document);

        assertThat(failure(house.asked(fromDocument())))
                .hasMessage("the document at the client_id cannot be used: " + why);
    }

    @Test
    void aDocumentThatAlsoKnowsAKeyIsTakenWithoutIt() {
        publish(document().put("token_endpoint_auth_method", "private_key_jwt"));

        assertThat(house.ask(fromDocument()).name()).isEqualTo("Claude Code");
    }

    @Test
    void aDocumentCannotSendUsersWhereTheyMayNotGo() {
        publish(document().put("redirect_uris", new JsonArray().add("http://evil.example/cb")));

        assertThat(failure(house.asked(fromDocument())))
                .hasMessageContaining("one of its redirect_uris is not allowed");
    }

    @Test
    void whoHasTokensKeepsThemWhateverBecomesOfTheDocument() {
        publish(document());
        var tokens = fromDocumentSignedIn();
        house.down = true;
        house.clock.advance(Duration.ofMinutes(6));
        var before = house.fetched;

        var next = house.token(OAuthHouse.refreshing(DOCUMENT, tokens.getString("refresh_token")));
        house.documents.clear();
        house.down = false;
        next = house.token(OAuthHouse.refreshing(DOCUMENT, next.getString("refresh_token")));
        done(house.requests.revoke(
                OAuthHouse.posted(Map.of("client_id", DOCUMENT, "token", next.getString("refresh_token")))));

        assertThat(house.authenticate(next)).isInstanceOf(Authentication.Refused.class);
        assertThat(house.fetched).isEqualTo(before);
    }

    @Test
    void anotherDocumentClientGetsNothingForATokenOrCode() {
        publish(document());
        var tokens = fromDocumentSignedIn();
        var other = "https://thief.example.com/client.json";

        assertThat(problem(house.tokenLater(OAuthHouse.refreshing(other, tokens.getString("refresh_token")))))
                .isEqualTo("invalid_grant");
        assertThat(problem(house.tokenLater(OAuthHouse.refreshing("https://localhost/c", "x"))))
                .isEqualTo("invalid_client");
    }

    @Test
    void aDocumentThatCannotBeReachedNowIsNoReasonToForgetTheClient() {
        house.down = true;

        assertThat(problem(house.asked(fromDocument()))).isEqualTo("temporarily_unavailable");
        assertThat(problem(house.requests.device(OAuthHouse.posted(Map.of("client_id", DOCUMENT)))))
                .isEqualTo("temporarily_unavailable");
    }

    @Test
    void strangersUseUpNobodysFetchesButTheirOwn() {
        for (var i = 0; i < 10; i++) {
            var form = Map.of("client_id", "https://app.example.com/" + i);
            assertThat(problem(house.requests.device(from(form, "2001:db8:0:1::" + i))))
                    .isEqualTo("invalid_client");
        }
        var form = Map.of("client_id", DOCUMENT);
        publish(document());

        assertThat(problem(house.requests.device(from(form, "2001:db8:0:1::ffff"))))
                .isEqualTo("temporarily_unavailable");
        assertThat(done(house.asked(fromDocument())).name()).isEqualTo("Claude Code");
        assertThat(done(house.requests.device(from(form, "2001:db8:0:2::1"))).getString("user_code"))
                .isNotEmpty();
    }

    @Test
    void oneUserUsesUpNoOthersFetches() {
        publish(document());
        for (var i = 0; i < 30; i++) {
            failure(house.asked(OAuthHouse.asking("https://app.example.com/" + i), "bob"));
        }

        assertThat(problem(house.asked(fromDocument(), "bob"))).isEqualTo("temporarily_unavailable");
        assertThat(done(house.asked(fromDocument(), "ada")).name()).isEqualTo("Claude Code");
    }

    @Test
    void aDeviceMayBeKnownByADocument() {
        publish(document());
        var begun = done(house.requests.device(OAuthHouse.posted(Map.of("client_id", DOCUMENT))));
        var asking = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                DOCUMENT,
                "device_code",
                begun.getString("device_code"));
        assertThat(problem(house.tokenLater(asking))).isEqualTo("authorization_pending");
        var pending =
                done(house.devices.find(begun.getString("user_code"), "ada")).orElseThrow();
        house.down = true;

        assertThat(done(house.devices.decide(pending, true, Scopes.READING, "ada", "192.0.2.1")))
                .isTrue();

        assertThat(house.authenticate(house.token(asking))).isInstanceOf(Authentication.Known.class);
        assertThat(done(house.clientStore.find(DOCUMENT))).isPresent();
    }

    @Test
    void theDeviceOfAUserWhoIsGoneIsRefused() {
        var client = house.register(OAuthHouse.REDIRECT);
        var begun = done(house.requests.device(OAuthHouse.posted(Map.of("client_id", client))));
        var pending =
                done(house.devices.find(begun.getString("user_code"), "bob")).orElseThrow();
        done(house.devices.decide(pending, true, Scopes.READING, "bob", "192.0.2.1"));
        done(house.users.remove("bob"));

        assertThat(problem(house.tokenLater(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        client,
                        "device_code",
                        begun.getString("device_code")))))
                .isEqualTo("invalid_grant");
    }

    @Test
    void networksOfTheNextProtocolCountAsOneAddress() {
        var body = new JsonObject().put("redirect_uris", new JsonArray().add("https://a.example/cb"));
        for (var i = 0; i < 60; i++) {
            done(house.registrations.register(body.encode(), "2001:db8:0:1::" + i));
        }

        assertThat(problem(house.registrations.register(body.encode(), "2001:db8:0:1:ffff::1")))
                .isEqualTo("temporarily_unavailable");
        done(house.registrations.register(body.encode(), "2001:db8:0:2::1"));
    }

    @Test
    void devicesOfOneNetworkCountAsOneAddress() {
        var form = Map.of("client_id", house.register(OAuthHouse.REDIRECT));
        for (var i = 0; i < 20; i++) {
            done(house.requests.device(from(form, "2001:db8:0:1::" + i)));
        }

        assertThat(problem(house.requests.device(from(form, "2001:db8:0:1:ffff::1"))))
                .isEqualTo("temporarily_unavailable");
        done(house.requests.device(from(form, "2001:db8:0:2::1")));
    }

    @Test
    void nobodyMakesTheServerFetchWithoutEnd() {
        for (var i = 0; i < 30; i++) {
            var asking = OAuthHouse.asking("https://app.example.com/" + i);
            assertThat(problem(house.asked(asking))).isEqualTo("invalid_client");
        }

        assertThat(problem(house.asked(fromDocument()))).isEqualTo("temporarily_unavailable");
    }

    private static JsonObject document() {
        return new JsonObject()
                .put("client_id", DOCUMENT)
                .put("client_name", "Claude Code")
                .put("client_uri", "https://app.example.com")
                .put(
                        "redirect_uris",
                        new JsonArray().add("http://localhost/callback").add("http://127.0.0.1/callback"))
                .put("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
                .put("response_types", new JsonArray().add("code"))
                .put("token_endpoint_auth_method", "none");
    }

    private static Map<String, String> fromDocument() {
        var asking = OAuthHouse.asking(DOCUMENT);
        asking.put("redirect_uri", "http://127.0.0.1:1/callback");
        return asking;
    }

    private JsonObject fromDocumentSignedIn() {
        var ask = house.ask(fromDocument());
        var location = done(house.authorizations.accept(ask, "ada", ask.scopes(), "192.0.2.1"));
        var form = OAuthHouse.redeeming(DOCUMENT, OAuthHouse.query(location).get("code"));
        form.put("redirect_uri", "http://127.0.0.1:1/callback");
        return house.token(form);
    }

    private static TokenRequests.Posted from(Map<String, String> form, String address) {
        return new TokenRequests.Posted(Optional.empty(), OAuthHouse.form(form), OAuthHouse.SITE, address);
    }

    private void publish(JsonObject document) {
        house.documents.put(DOCUMENT, new DocumentSource.Fetched(document.toBuffer(), Duration.ofMinutes(5)));
    }

    private JsonObject register(JsonObject metadata) {
        return done(house.registrations.register(metadata.encode(), "192.0.2.1"));
    }

    private static TokenRequests.Posted basic(Map<String, String> form, String client, String secret) {
        var credentials = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes());
        return new TokenRequests.Posted(
                Optional.of("Basic " + credentials), OAuthHouse.form(form), OAuthHouse.SITE, "192.0.2.1");
    }
}
