package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.REDIRECT;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.SITE;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.asking;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.failure;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.problem;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.query;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.redeeming;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.refreshing;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authentication;

/** Security row 8: the way from a request to the first tokens. */
class CodesTest {

    @TempDir
    Path folder;

    private OAuthHouse house;
    private String client;

    @BeforeEach
    void open() {
        house = new OAuthHouse(folder);
        client = house.register(REDIRECT);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCodeBringsTokensWithWhichTheClientActsAsTheUser() {
        var tokens = house.signedIn(client, "ada");

        assertThat(tokens.getString("token_type")).isEqualTo("Bearer");
        assertThat(tokens.getLong("expires_in")).isEqualTo(900);
        assertThat(tokens.getString("scope")).isEqualTo("mcp:tools:read mcp:tools:write");
        assertThat(tokens.getString("access_token")).matches("smcpt_[0-9A-Za-z]{49}");
        assertThat(tokens.getString("refresh_token")).matches("smcpr_[0-9A-Za-z]{49}");
        var caller = ((Authentication.Known) house.authenticate(tokens)).caller();
        assertThat(caller.name()).isEqualTo("ada");
        assertThat(caller.role()).isEqualTo(Role.ADMIN);
        assertThat(caller.credential().kind()).isEqualTo(Credential.Kind.TOKEN);
        assertThat(caller.credential().client()).isEqualTo(client);
        assertThat(caller.credential().scopes()).containsExactlyInAnyOrder(Scopes.READ, Scopes.WRITE);
    }

    @Test
    void row8TheAnswerEchoesTheStateAndNamesTheIssuer() {
        var ask = house.ask(asking(client));

        var location = done(house.authorizations.accept(ask, "ada", ask.scopes(), "192.0.2.1"));

        assertThat(location).startsWith(REDIRECT + "?");
        assertThat(query(location)).containsOnlyKeys("code", "state", "iss");
        assertThat(query(location)).containsEntry("state", "st4te").containsEntry("iss", "http://localhost:8420");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, , unsupported_response_type",
        "code_challenge, , invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, s256, invalid_request",
        "code_challenge_method, , invalid_request",
        "resource, https://evil.example/mcp, invalid_target",
        "resource, http://localhost:8421/mcp, invalid_target",
        "resource, http://localhost:8420/other, invalid_target",
        "resource, http://localhost:8420/mcp?x, invalid_target",
        "response_mode, fragment, invalid_request",
        "request, e30.e30., request_not_supported",
        "request_uri, https://evil.example/r, request_not_supported",
    })
    void row8MistakesAreToldToTheClientWithIssuerAndState(String parameter, String value, String code) {
        var asking = asking(client);
        if (value == null) {
            asking.remove(parameter);
        } else {
            asking.put(parameter, value);
        }

        var failure = failure(house.asked(asking));

        assertThat(failure).isInstanceOf(Misdirected.class);
        var location = ((Misdirected) failure).location();
        assertThat(location).startsWith(REDIRECT + "?");
        assertThat(query(location))
                .containsEntry("error", code)
                .containsEntry("state", "st4te")
                .containsEntry("iss", "http://localhost:8420")
                .doesNotContainKey("code");
    }

    @Test
    void row8ThePkceMethodWithoutAChallengeIsRefused() {
        var asking = asking(client);
        asking.remove("code_challenge");

        assertThat(query(((Misdirected) failure(house.asked(asking))).location()))
                .containsEntry("error", "invalid_request");
    }

    @Test
    void row8ARefusalOfTheUserNamesTheIssuerToo() {
        var location = done(house.authorizations.refuse(house.ask(asking(client)), "ada", "192.0.2.1"));

        assertThat(query(location))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "st4te")
                .containsEntry("iss", "http://localhost:8420");
    }

    @Test
    void unknownScopesAreDropped() {
        var asking = asking(client);
        asking.put("scope", "openid email profile");

        assertThat(house.ask(asking).scopes()).isEqualTo(Scopes.READING);
        asking.put("scope", "openid mcp:tools:write");
        assertThat(house.ask(asking).scopes()).isEqualTo(Scopes.ALL);
        asking.remove("scope");
        assertThat(house.ask(asking).scopes()).isEqualTo(Scopes.READING);
    }

    @Test
    void withoutAResourceOursIsMeant() {
        var asking = asking(client);
        asking.remove("resource");
        assertThat(house.ask(asking).resource()).isEqualTo("http://localhost:8420/api/mcp/sse");
        asking.put("resource", "HTTP://LOCALHOST:8420/");
        assertThat(house.ask(asking).resource()).isEqualTo("http://localhost:8420");
        asking.put("resource", "http://localhost:8420/api/mcp/");
        assertThat(house.ask(asking).resource()).isEqualTo("http://localhost:8420/api/mcp");
    }

    @Test
    void row8ParametersThatAreThereTwiceAreRefused() {
        for (var name : List.of("client_id", "redirect_uri")) {
            var lists = new HashMap<String, List<String>>();
            asking(client).forEach((key, value) -> lists.put(key, List.of(value)));
            lists.put(name, List.of(asking(client).get(name), "x"));
            assertThat(problem(house.authorizations.read(lists, SITE, "ada"))).isEqualTo("invalid_request");
        }
    }

    @Test
    void row8ACodeThatIsUsedAgainEndsWhatCameOfIt() {
        var code = house.code(client, "ada");
        var tokens = house.token(redeeming(client, code));
        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);

        assertThat(problem(house.tokenLater(redeeming(client, code)))).isEqualTo("invalid_grant");

        assertThat(house.authenticate(tokens)).isEqualTo(new Authentication.Refused("the access token was revoked"));
        assertThat(problem(house.tokenLater(refreshing(client, tokens.getString("refresh_token")))))
                .isEqualTo("invalid_grant");
        assertThat(house.audited()).contains("oauth.token-replayed");
    }

    @Test
    void row8AnotherClientNeitherGetsTokensForACodeNorEndsThem() {
        var code = house.code(client, "ada");
        var thief = house.register(REDIRECT);

        assertThat(problem(house.tokenLater(redeeming(thief, code)))).isEqualTo("invalid_grant");
        var tokens = house.token(redeeming(client, code));
        assertThat(problem(house.tokenLater(redeeming(thief, code)))).isEqualTo("invalid_grant");

        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, , invalid_grant",
        "code_verifier, another-verifier-of-at-least-forty-three-characters-01, invalid_grant",
        "code_verifier, short, invalid_request",
        "redirect_uri, http://localhost:3335/oauth/callback, invalid_grant",
        "redirect_uri, https://evil.example/callback, invalid_grant",
        "resource, https://evil.example/mcp, invalid_target",
        "resource, http://localhost:8420/api/mcp, invalid_target",
        "client_id, dcr_unknown, invalid_client",
        "code, smcpc_0000000000000000000000000000000000000000000000000, invalid_grant",
        "grant_type, urn:example:other, unsupported_grant_type",
    })
    void row8AWrongRequestGetsNothingAndTheCodeStaysGood(String parameter, String value, String expected) {
        var code = house.code(client, "ada");
        var form = redeeming(client, code);
        if (value == null) {
            form.remove(parameter);
        } else {
            form.put(parameter, value);
        }

        var refused = problem(house.tokenLater(form));

        assertThat(refused).isEqualTo(expected);
        assertThat(house.authenticate(house.token(redeeming(client, code)))).isInstanceOf(Authentication.Known.class);
    }

    @Test
    void theRedirectNeedNotBeRepeated() {
        var form = redeeming(client, house.code(client, "ada"));
        form.remove("redirect_uri");

        assertThat(house.token(form).getString("access_token")).isNotEmpty();
    }

    @Test
    void aCodeIsGoodForAMinute() {
        var code = house.code(client, "ada");

        house.clock.advance(Duration.ofSeconds(60));

        assertThat(problem(house.tokenLater(redeeming(client, code)))).isEqualTo("invalid_grant");
    }

    @Test
    void row8OfAThousandWhoRedeemACodeAtOnceOneSucceeds() {
        var code = house.code(client, "ada");
        var form = redeeming(client, code);

        var all =
                IntStream.range(0, 1_000).mapToObj(i -> house.tokenLater(form)).toList();
        done(Future.join(all).otherwiseEmpty());

        assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(all.stream().filter(Future::failed).map(Future::cause).map(CodesTest::code))
                .containsOnly("invalid_grant");
    }

    @Test
    void theUserIsAskedAgainForMoreAndForAnotherClient() {
        var ask = house.ask(asking(client));
        assertThat(done(house.authorizations.agreed(ask, "ada"))).isFalse();
        done(house.authorizations.accept(ask, "ada", Scopes.READING, "192.0.2.1"));

        assertThat(done(house.authorizations.agreed(ask, "ada"))).isFalse();
        var less = asking(client);
        less.put("scope", Scopes.READ);
        assertThat(done(house.authorizations.agreed(house.ask(less), "ada"))).isTrue();
        assertThat(done(house.authorizations.agreed(house.ask(less), "bob"))).isFalse();
        less.put("client_id", house.register(REDIRECT));
        assertThat(done(house.authorizations.agreed(house.ask(less), "ada"))).isFalse();
    }

    @Test
    void row6WhoAgreedToMoreGivesOnlyWhatIsAsked() {
        house.code(client, "ada");
        var less = asking(client);
        less.put("scope", Scopes.READ);

        var location = done(house.authorizations.again(house.ask(less), "ada"));

        assertThat(house.token(redeeming(client, query(location).get("code"))).getString("scope"))
                .isEqualTo(Scopes.READ);
    }

    @Test
    void row6ASealedRequestIsGoodForItsUserAndTenMinutesOnly() {
        var ask = house.ask(asking(client));
        var sealed = house.authorizations.seal(ask, "ada");

        assertThat(house.authorizations.open(sealed, "ada")).contains(ask);
        assertThat(house.authorizations.open(sealed, "bob")).isEmpty();
        assertThat(house.authorizations.open(sealed.substring(1), "ada")).isEmpty();
        assertThat(house.authorizations.open("", "ada")).isEmpty();
        house.clock.advance(Duration.ofMinutes(10));
        assertThat(house.authorizations.open(sealed, "ada")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "dcr_unknown", "svc_unknown"})
    void row8AnUnknownClientIsNotSentBack(String unknown) {
        var asking = asking(client);
        asking.put("client_id", unknown);

        assertThat(problem(house.asked(asking))).isIn("invalid_client", "invalid_request");
    }

    @Test
    void noSecretIsWrittenDown() {
        var tokens = house.signedIn(client, "ada");

        assertThat(house.audited())
                .contains("oauth.client-registered", "oauth.consent", "oauth.token-issued")
                .doesNotContain(
                        "smcpc_",
                        "smcpt_",
                        "smcpr_",
                        tokens.getString("access_token").substring(6));
    }

    private static String code(Throwable failure) {
        return failure instanceof OAuthProblem problem ? problem.code() : String.valueOf(failure);
    }
}
