package symbolai.mcp.testkit.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.OAuthFlow.back;
import static symbolai.mcp.testkit.OAuthFlow.refreshing;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.testkit.FormBrowser;
import symbolai.mcp.testkit.LegacySession;
import symbolai.mcp.testkit.ModernSession;
import symbolai.mcp.testkit.OAuthFlow;
import symbolai.mcp.testkit.TestServer;

/** From a refusal without a word of configuration to a tool that was called. */
class OAuthFlowTest {

    private static final String PASSWORD = "seven small stones";
    private static final String READ = "mcp:tools:read";
    private static final String BOTH = "mcp:tools:read mcp:tools:write";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static String origin;
    private OAuthFlow flow;
    private FormBrowser browser;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        origin = "http://127.0.0.1:" + server.server().port();
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "ada", Role.ADMIN, new Secret(PASSWORD))
                .await();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void signIn() {
        browser = new FormBrowser(server);
        browser.signIn("ada", PASSWORD);
        flow = new OAuthFlow(server, browser);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/mcp/sse", "/api/mcp", "/mcp"})
    void aClientThatKnowsNothingButTheAddressFindsItsWay(String path) {
        var refused = server.client().at(path).send(HttpMethod.GET);
        var challenge = refused.header("WWW-Authenticate");
        var document = flow.get("/.well-known/oauth-protected-resource" + path);
        var issuer = document.json().getJsonArray("authorization_servers").getString(0);
        var metadata = flow.get("/.well-known/oauth-authorization-server");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(challenge)
                .isEqualTo("Bearer resource_metadata=\"" + origin + "/.well-known/oauth-protected-resource" + path
                        + "\", scope=\"mcp:tools:read\"");
        assertThat(document.json().getString("resource")).isEqualTo(origin + path);
        assertThat(issuer).isEqualTo(origin);
        assertThat(metadata.json().getString("issuer")).isEqualTo(issuer);
        assertThat(metadata.json().getJsonArray("code_challenge_methods_supported"))
                .isEqualTo(new JsonArray().add("S256"));
        assertThat(metadata.json().getBoolean("client_id_metadata_document_supported"))
                .isTrue();
        assertThat(metadata.json().getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
        assertThat(metadata.json().getJsonArray("token_endpoint_auth_methods_supported"))
                .containsExactly("none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    }

    @Test
    void everyNameOfTheServerHasDocumentsOfItsOwn() {
        var name = "localhost:" + server.server().port();
        var client = server.client().with("Host", name).with("Accept", "application/json");

        var resource = client.at("/.well-known/oauth-protected-resource").send(HttpMethod.GET);
        var metadata = client.at("/.well-known/oauth-authorization-server").send(HttpMethod.GET);
        var challenge = client.at("/mcp").send(HttpMethod.GET).header("WWW-Authenticate");

        assertThat(resource.json().getString("resource")).isEqualTo("http://" + name);
        assertThat(metadata.json().getString("issuer")).isEqualTo("http://" + name);
        assertThat(metadata.json().getString("token_endpoint")).isEqualTo("http://" + name + "/oauth/token");
        assertThat(challenge).contains("\"http://" + name + "/.well-known/oauth-protected-resource/mcp\"");
    }

    @Test
    void pagesOfAnyOriginMayReadTheDocumentsAndNothingElse() {
        for (var path : new String[] {
            "/.well-known/oauth-protected-resource",
            "/.well-known/oauth-protected-resource/mcp",
            "/.well-known/oauth-authorization-server"
        }) {
            var client = server.client()
                    .at(path)
                    .with("Origin", "https://page.example")
                    .with("Accept", "application/json");
            assertThat(client.send(HttpMethod.GET).status()).isEqualTo(200);
            assertThat(client.send(HttpMethod.GET).header("Access-Control-Allow-Origin"))
                    .isEqualTo("*");
            var preflight = client.with("Access-Control-Request-Headers", "mcp-protocol-version")
                    .send(HttpMethod.OPTIONS);
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(preflight.header("Access-Control-Allow-Headers")).contains("mcp-protocol-version");
            assertThat(client.with("Host", "evil.example").send(HttpMethod.GET).status())
                    .isEqualTo(403);
        }
        assertThat(server.client()
                        .at("/mcp")
                        .with("Origin", "https://page.example")
                        .send(HttpMethod.GET)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aUserAgreesAndTheProgramCallsTools() {
        var client = flow.register();
        var page = flow.authorize(flow.asking(client, BOTH));
        var wayBack = flow.agree(true);
        var tokens = flow.token(flow.redeeming(client, back(wayBack).get("code")));
        var session = new ModernSession(server.client().withKey(tokens.json().getString("access_token")));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("a program", "localhost", "ada");
        assertThat(page.header("Content-Security-Policy"))
                .contains("http://localhost:3334")
                .contains("frame-ancestors 'none'");
        assertThat(wayBack.header("Location")).startsWith(OAuthFlow.REDIRECT + "?");
        assertThat(back(wayBack)).containsEntry("state", "st4te").containsEntry("iss", origin);
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        assertThat(tokens.json().getString("scope")).isEqualTo(BOTH);
        assertThat(session.send("tools/list", new JsonObject()).status()).isEqualTo(200);
        assertThat(session.call("test_simple_text", new JsonObject()).result().getBoolean("isError", false))
                .isFalse();
    }

    @Test
    void thePageSaysWhatIsNotKnownOfTheProgram() {
        var page = flow.authorize(flow.asking(flow.register(), READ));

        assertThat(page.body())
                .contains("The answer goes to a program on your own machine, and any program there could have asked.")
                .contains("Nobody has checked what it calls itself.");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
    }

    @Test
    void row6TheUserIsAskedAgainWhereTheCodeGoesToAnotherHost() {
        var elsewhere = "https://b.example/callback";
        var client = flow.register("a program", List.of(OAuthFlow.REDIRECT, elsewhere));
        flow.tokens(client, READ);
        var asking = flow.asking(client, READ);
        asking.put("redirect_uri", elsewhere);

        var page = flow.authorize(asking);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Let a program use your tools?", "b.example")
                .doesNotContain("program on your own machine");
        assertThat(flow.authorize(flow.asking(client, READ)).status()).isEqualTo(303);
    }

    @Test
    void theNextTimeTheUserIsNotAsked() {
        var client = flow.register();
        flow.tokens(client, READ);

        var wayBack = flow.authorize(flow.asking(client, READ));

        assertThat(wayBack.status()).isEqualTo(303);
        assertThat(back(wayBack)).containsKeys("code", "iss");
    }

    @Test
    void row6AnotherProgramIsAskedAboutAgain() {
        flow.tokens(flow.register(), READ);

        var page = flow.authorize(flow.asking(flow.register(), READ));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Let a program use your tools?");
    }

    @Test
    void row6ANameThatHidesSomethingIsWrittenOut() {
        var client = flow.register("Claude\u202ec\u200b");
        var page = flow.authorize(flow.asking(client, READ)).body();
        var code =
                flow.post("/oauth/device", Map.of("client_id", client)).json().getString("user_code");
        browser.open("/device");
        var device = browser.submit(Map.of("code", code)).body();

        assertThat(List.of(page, device))
                .allSatisfy(body -> assertThat(body).contains("<bdi>Claude\\u{00202E}c\\u{00200B}</bdi>"));
    }

    @Test
    void row6NobodyAgreesWithoutThePage() {
        var client = flow.register();
        flow.authorize(flow.asking(client, READ));
        var form = browser.form();
        form.put("decision", "allow");
        form.put("request", "AAAA");

        assertThat(browser.post("/oauth/authorize", OAuthFlow.form(form)).status())
                .isEqualTo(400);
        assertThat(browser.client("/oauth/authorize")
                        .with("Origin", "http://127.0.0.1:1")
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post(OAuthFlow.form(form))
                        .status())
                .isEqualTo(403);
        form.put("csrf", "AAAA");
        assertThat(browser.post("/oauth/authorize", OAuthFlow.form(form)).status())
                .isEqualTo(403);
    }

    @Test
    void aUserRefuses() {
        flow.authorize(flow.asking(flow.register(), READ));

        var wayBack = browser.submit(Map.of("decision", "deny"));

        assertThat(back(wayBack))
                .containsEntry("error", "access_denied")
                .containsEntry("iss", origin)
                .doesNotContainKey("code");
    }

    @Test
    void aStrangerSignsInFirstAndIsThenAsked() {
        var stranger = new FormBrowser(server);
        var theirs = new OAuthFlow(server, stranger);
        var page = theirs.authorize(theirs.asking(flow.register(), READ));

        var consent = stranger.submit(Map.of("name", "ada", "password", PASSWORD));

        assertThat(page.body()).contains("<h1>Sign in</h1>");
        assertThat(consent.body()).contains("Let a program use your tools?");
    }

    @Test
    void nobodyIsSentToAPlaceThatTheProgramHasNotRegistered() {
        var asking = flow.asking(flow.register(), READ);
        asking.put("redirect_uri", "https://evil.example/callback");

        var page = flow.authorize(asking);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body())
                .contains("not one that the client has registered")
                .doesNotContain("evil.example");
    }

    @Test
    void row8AMistakeOfAStrangersProgramLeadsNobodyAway() {
        var redirect = "https://other.example/callback";
        var metadata = new JsonObject()
                .put("redirect_uris", new JsonArray().add(redirect))
                .put("token_endpoint_auth_method", "none");
        var client = server.client().at("/oauth/register").post(metadata).json().getString("client_id");
        var asking = flow.asking(client, READ);
        asking.put("redirect_uri", redirect);
        var mistaken = new HashMap<>(asking);
        mistaken.remove("code_challenge");

        var page = flow.authorize(mistaken);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body()).contains("href=\"" + redirect + "?", "Go on to other.example", "invalid_request");

        flow.authorize(asking);
        assertThat(back(browser.submit(Map.of("decision", "deny")))).containsEntry("error", "access_denied");
        assertThat(flow.authorize(mistaken).status()).isEqualTo(400);

        flow.authorize(asking);
        flow.agree(false);
        var wayBack = flow.authorize(mistaken);
        assertThat(wayBack.status()).isEqualTo(303);
        assertThat(wayBack.header("Location")).startsWith(redirect + "?");
    }

    @Test
    void aMistakeOfAProgramOnTheOwnMachineIsToldToIt() {
        var asking = flow.asking(flow.register(), READ);
        asking.remove("code_challenge");

        assertThat(back(flow.authorize(asking))).containsEntry("error", "invalid_request");
    }

    @Test
    void tokensAreRefreshedAndRevoked() {
        var client = flow.register();
        var first = flow.tokens(client, BOTH);
        var second =
                flow.token(refreshing(client, first.getString("refresh_token"))).json();
        assertThat(list(second)).isEqualTo(200);

        var revoked =
                flow.post("/oauth/revoke", Map.of("client_id", client, "token", second.getString("refresh_token")));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(list(first)).isEqualTo(401);
        assertThat(list(second)).isEqualTo(401);
        assertThat(flow.token(refreshing(client, second.getString("refresh_token")))
                        .json()
                        .getString("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void aClientThatIsNotKnownRegistersAgain() {
        var answer = flow.token(refreshing("dcr_gone", "smcpr_x"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("error")).isEqualTo("invalid_client");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "DELETE"})
    void aBadTokenIsToldFromNone(String method) {
        var answer = server.client().withKey("smcpt_x").send(HttpMethod.valueOf(method));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().getAll("WWW-Authenticate")).hasSize(1);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ").endsWith(", error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain("404").doesNotContain("405").doesNotContain("Not Found");
    }

    @Test
    void row7ATokenForAnotherNameOfThisServerIsRefused() {
        var tokens = flow.tokens(flow.register(), BOTH);

        var answer = server.client()
                .with("Host", "localhost:" + server.server().port())
                .withKey(tokens.getString("access_token"))
                .send(HttpMethod.GET);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void row8TheUrlIsNoPlaceForTokens() {
        var tokens = flow.tokens(flow.register(), BOTH);
        for (var name : new String[] {"access_token", "token"}) {
            var answer = server.client()
                    .at("/mcp?" + name + "=" + tokens.getString("access_token"))
                    .send(HttpMethod.GET);
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void aLegacyClientCallsToolsToo() {
        var tokens = flow.tokens(flow.register(), BOTH);

        var session = LegacySession.open(server.client().withKey(tokens.getString("access_token")), "2025-11-25");

        assertThat(session.call("test_simple_text", new JsonObject()).result().getBoolean("isError", false))
                .isFalse();
    }

    @Test
    void aDeviceGetsTokensByItsCode() {
        var client = flow.register();
        var begun = flow.post("/oauth/device", Map.of("client_id", client, "scope", BOTH))
                .json();
        var asking = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                client,
                "device_code",
                begun.getString("device_code"));
        var early = flow.token(asking).json();

        browser.open("/device?user_code=" + begun.getString("user_code"));
        assertThat(browser.form()).doesNotContainValue(begun.getString("user_code"));
        var consent = browser.submit(Map.of("code", begun.getString("user_code").toLowerCase(Locale.ROOT)));
        var done = browser.submit(Map.of("decision", "allow", "write", "yes"));
        var tokens = flow.token(asking).json();

        assertThat(begun.getString("verification_uri")).isEqualTo(origin + "/device");
        assertThat(early.getString("error")).isEqualTo("authorization_pending");
        assertThat(consent.body()).contains("Let a program use your tools?");
        assertThat(done.body()).contains("The program may call tools in your name now.");
        assertThat(list(tokens)).isEqualTo(200);
        assertThat(flow.token(asking).json().getString("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aUserSeesAndTakesBackWhatAProgramMayDo() {
        var client = flow.register();
        var tokens = flow.tokens(client, READ);
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "vera", Role.VIEWER, new Secret(PASSWORD))
                .await();
        var vera = new FormBrowser(server);
        vera.signIn("vera", PASSWORD);
        var body = new JsonObject().put("client", client);

        var listed = browser.rest(HttpMethod.GET, "auth/programs", new JsonObject());
        var theirs = vera.rest(HttpMethod.GET, "auth/programs", new JsonObject());
        var foreign = vera.rest(HttpMethod.POST, "auth/programs/end", body);
        assertThat(list(tokens)).isEqualTo(200);
        var ended = browser.rest(HttpMethod.POST, "auth/programs/end", body);

        assertThat(listed.body()).contains(client, "a program");
        assertThat(theirs.json().getInteger("count")).isZero();
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(list(tokens)).isEqualTo(401);
        assertThat(browser.rest(HttpMethod.POST, "auth/programs/end", body).status())
                .isEqualTo(404);
        assertThat(flow.authorize(flow.asking(client, READ)).body()).contains("Let a program use your tools?");
    }

    private static int list(JsonObject tokens) {
        return new ModernSession(server.client().withKey(tokens.getString("access_token")))
                .send("tools/list", new JsonObject())
                .status();
    }
}
