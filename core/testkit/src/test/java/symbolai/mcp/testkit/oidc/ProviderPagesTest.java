package symbolai.mcp.testkit.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.testkit.ConfigChange;
import symbolai.mcp.testkit.FakeProvider;
import symbolai.mcp.testkit.FormBrowser;
import symbolai.mcp.testkit.HttpAnswer;
import symbolai.mcp.testkit.TestServer;

class ProviderPagesTest {

    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path folder;

    private final FakeProvider provider = FakeProvider.start().person("f:1", "ada", "operators");
    private TestServer server;
    private FormBrowser browser;

    @BeforeEach
    void open() {
        start(true);
    }

    @AfterEach
    void close() {
        server.close();
        provider.close();
    }

    @Test
    void theSignInPageLeadsToTheProviderAndTakesPasswordsToo() {
        var page = browser.open("/sign-in?next=/password").body();

        assertThat(page)
                .contains("href=\"/sign-in/provider?next=%2Fpassword\"")
                .contains("Sign in with Staff")
                .contains("name=\"password\"");
    }

    @Test
    void whoComesBackFromTheProviderIsSignedInOnThePageThatWasAskedFor() {
        var page = signIn("/account?from=there");

        assertThat(page.status()).isEqualTo(200);
        assertThat(browser.path()).isEqualTo("/account?from=there");
        assertThat(page.body()).contains("Signed in as ada").contains("operator");
        assertThat(browser.cookies()).containsOnlyKeys("symbolai");
        assertThat(status().getString("role")).isEqualTo("operator");
    }

    @Test
    void row9AnswersForAnotherBrowserSignNobodyIn() {
        var attackers = depart(new FormBrowser(server), "/account");
        depart(browser, "/account");

        var page = browser.open("/sign-in/provider/callback?" + query(provider.visit(attackers)));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body()).contains("You are not signed in");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void row9PagesOfSomebodyElseSendNobodyToTheProvider() {
        var answer = browser.client("/sign-in/provider?next=/account")
                .with("Sec-Fetch-Site", "cross-site")
                .send(HttpMethod.GET);

        assertThat(answer.header("Location")).isEqualTo("/sign-in");
    }

    @Test
    void nobodyIsSentToAPageOfSomebodyElseAfterwards() {
        for (var next : List.of("https://evil.example", "//evil.example", "/\\evil.example", "/" + "x".repeat(3_000))) {
            assertThat(signIn(next).status()).isEqualTo(200);
            assertThat(browser.path()).isEqualTo("/account");
        }
    }

    @Test
    void whatWentWrongIsSaidWithoutTheDetails() {
        provider.person("f:1", "ada", "nobodies");
        var noRole = signIn("/account");
        provider.outage(503);
        var down = browser.plain(HttpMethod.GET, "/sign-in/provider", "");
        provider.outageEnds();
        provider.person("f:1", "ada", "operators");
        provider.claims(
                claims -> new JWTClaimsSet.Builder(claims).audience("another").build());
        var invalid = signIn("/account");

        assertThat(noRole.status()).isEqualTo(403);
        assertThat(noRole.body()).contains("nothing that gives you a role here").doesNotContain("f:1", "realm.groups");
        assertThat(down.status()).isEqualTo(303);
        assertThat(invalid.status()).isEqualTo(502);
        assertThat(invalid.body()).contains("cannot be accepted").doesNotContain("aud");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void aProviderThatIsDownFromTheStartLeavesThePassword() {
        provider.outage(503);
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "root", Role.ADMIN, new Secret(PASSWORD))
                .await();

        assertThat(browser.plain(HttpMethod.GET, "/sign-in/provider", "").status())
                .isEqualTo(502);
        assertThat(browser.signIn("root", PASSWORD).body()).contains("Signed in as root");
    }

    @Test
    void passwordsCanBeSwitchedOff() {
        server.close();
        start(false);
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "root", Role.ADMIN, new Secret(PASSWORD))
                .await();

        assertThat(browser.open("/sign-in").body())
                .contains("Sign in with Staff")
                .doesNotContain("type=\"password\"");
        var answer = server.client()
                .at("/api/mcp/auth/sign-in")
                .with("Content-Type", "application/json")
                .post("{\"name\":\"root\",\"password\":\"" + PASSWORD + "\"}");
        assertThat(answer.status()).isNotEqualTo(200);
        assertThat(signIn("/account").body()).contains("Signed in as ada");
    }

    @Test
    void whoHasNoPasswordConfirmsWithTheProvider() {
        provider.claims(claims -> new JWTClaimsSet.Builder(claims)
                .claim("auth_time", Instant.now().minusSeconds(3_600).getEpochSecond())
                .build());
        assertThat(signIn("/account").body()).doesNotContain("href=\"/password\"");
        var asked = browser.open("/step-up?next=/account").body();
        provider.claims(claims -> claims);

        assertThat(asked)
                .contains("Confirm with Staff")
                .contains("href=\"/sign-in/provider?next=%2Faccount&amp;again=yes\"")
                .doesNotContain("type=\"password\"");
        var there = URI.create(browser.plain(HttpMethod.GET, "/sign-in/provider?next=/account&again=yes", "")
                .header("Location"));
        assertThat(there.getQuery()).contains("prompt=login", "max_age=300");
        var page = browser.open("/sign-in/provider/callback?" + query(provider.visit(there)));
        assertThat(page.body()).contains("Signed in as ada").contains("this browser");
        assertThat(page.body().split("last seen", -1)).hasSize(2);
    }

    @Test
    void whoHasAPasswordThatDoesNotCountConfirmsWithTheProvider() {
        signIn("/account");
        var both = withPassword();
        server.close();
        start(false);
        signIn("/account");
        var provider = browser.open("/step-up?next=/account").body();
        var account = browser.open("/account").body();

        assertThat(both).contains("Confirm with Staff", "type=\"password\"");
        assertThat(provider).contains("Confirm with Staff").doesNotContain("type=\"password\"");
        assertThat(account).contains("Signed in as ada").doesNotContain("href=\"/password\"");
    }

    private String withPassword() {
        server.server()
                .users()
                .resetPassword(Authenticator.localAdmin(), "ada", new Secret(PASSWORD))
                .await();
        signIn("/account");
        assertThat(browser.open("/account").body()).contains("href=\"/password\"");
        return browser.open("/step-up?next=/account").body();
    }

    @Test
    void row32NothingOfTheProvidersStaysBehind() throws IOException {
        signIn("/account");
        var answer = provider.visit(depart(browser, "/account"));
        browser.open("/sign-in/provider/callback?" + query(answer));
        server.close();

        try (var files = Files.walk(server.dataFolder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(
                                "upstream-access-token",
                                "upstream-refresh-token",
                                "the secret of the client",
                                answer.get("code"));
            }
        }
        server = TestServer.start(folder.resolve("other"));
    }

    private void start(boolean passwords) {
        server = TestServer.start(
                folder,
                List.of(),
                config -> ConfigChange.of(config)
                        .identity(new IdentityConfig(
                                Duration.ofMinutes(30),
                                Duration.ofHours(12),
                                IdentityConfig.DEFAULT.oauth(),
                                passwords,
                                Optional.of(provider.config())))
                        .config());
        browser = new FormBrowser(server);
    }

    private HttpAnswer signIn(String next) {
        return browser.open("/sign-in/provider/callback?" + query(provider.visit(depart(browser, next))));
    }

    private static URI depart(FormBrowser browser, String next) {
        var path = "/sign-in/provider?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        var answer = browser.plain(HttpMethod.GET, path, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return URI.create(answer.header("Location"));
    }

    private JsonObject status() {
        return browser.client("/api/mcp/auth/status")
                .with("Sec-Fetch-Site", "same-origin")
                .send(HttpMethod.GET)
                .json();
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
