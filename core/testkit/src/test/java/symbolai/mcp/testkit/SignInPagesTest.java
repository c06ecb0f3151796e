package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;

class SignInPagesTest {

    private static final String PASSWORD = "seven small stones";

    @TempDir
    static Path folder;

    private static TestServer server;
    private FormBrowser browser;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), UnaryOperator.identity());
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
    void newBrowser() {
        browser = new FormBrowser(server);
    }

    @Test
    void aUserSignsInAndOut() {
        var welcome = browser.signIn("ada", PASSWORD);
        var out = browser.submit(Map.of("everywhere", "no"));
        var again = browser.open("/account");

        assertThat(welcome.status()).isEqualTo(200);
        assertThat(welcome.body()).contains("<h1>Signed in as ada</h1>");
        assertThat(out.body()).contains("<h1>Sign in</h1>");
        assertThat(again.body()).contains("<h1>Sign in</h1>");
    }

    @Test
    void afterSigningInAUserIsWhereTheUserWantedToBe() {
        browser.open("/password?x=1&y=%2F");

        var page = browser.submit(Map.of("name", "ada", "password", PASSWORD));

        assertThat(browser.path()).isEqualTo("/password?x=1&y=%2F");
        assertThat(page.body()).contains("<h1>Change your password</h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "",
                "evil",
                "/a\\b",
                "/%0d%0aLocation:x\r\n",
                "/a b",
                "\t//evil.example",
                "/\u202eevil"
            })
    void nobodyIsSentToAnotherSite(String next) {
        browser.open("/sign-in");

        browser.submit(Map.of("name", "ada", "password", PASSWORD, "next", next));

        assertThat(browser.path()).isEqualTo("/account");
    }

    @Test
    void theCookieIsForThisHostAndNotForScripts() {
        browser.open("/sign-in");
        var answer = browser.post("/sign-in", encodedForm());

        assertThat(answer.headers().getAll("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).matches("symbolai=[0-9A-Za-z]{43}; Path=/; HTTPOnly; SameSite=Lax"));
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldAlike() {
        var wrong = browser.signIn("ada", "not the password");
        var unknown = new FormBrowser(server).signIn("eve", "not the password");

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).contains("The name or the password is wrong.");
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.body()).contains("The name or the password is wrong.");
    }

    @Test
    void row9AFormThatIsNotOursIsRefused() {
        browser.open("/sign-in");
        var form = encodedForm();
        var elsewhere = browser.client("/sign-in").with("Content-Type", "application/x-www-form-urlencoded");

        assertThat(elsewhere.post(form).status()).isEqualTo(403);
        assertThat(elsewhere.with("Origin", "http://127.0.0.1:1").post(form).status())
                .isEqualTo(403);
        assertThat(elsewhere.with("Origin", "null").post(form).status()).isEqualTo(403);
        assertThat(elsewhere
                        .with("Origin", browser.origin())
                        .with("Sec-Fetch-Site", "same-site")
                        .post(form)
                        .status())
                .isEqualTo(403);
        assertThat(browser.client("/sign-in")
                        .with("Origin", browser.origin())
                        .with("Content-Type", "text/plain")
                        .post(form)
                        .status())
                .isEqualTo(415);
        assertThat(browser.post("/sign-in", "csrf=AAAA&name=ada&password=" + PASSWORD.replace(' ', '+'))
                        .status())
                .isEqualTo(403);
        assertThat(new FormBrowser(server).post("/sign-in", form).status()).isEqualTo(403);
        assertThat(browser.post("/sign-in", form).status()).isEqualTo(303);
    }

    @Test
    void row9ACookieAloneChangesNothing() {
        browser.signIn("ada", PASSWORD);
        var stolen = browser.client("/api/mcp/auth/disconnect").with("Content-Type", "application/json");

        assertThat(stolen.post("{}").status()).isEqualTo(403);
        assertThat(stolen.with("Origin", browser.origin()).post("{}").status()).isEqualTo(403);
        assertThat(stolen.with("X-CSRF-Token", browser.csrfToken()).post("{}").status())
                .isEqualTo(403);
        assertThat(stolen.with("Origin", browser.origin())
                        .with("X-CSRF-Token", new FormBrowser(server).csrfToken() + "0")
                        .post("{}")
                        .status())
                .isEqualTo(403);
        assertThat(browser.rest(HttpMethod.POST, "auth/disconnect", new JsonObject())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void mcpTakesNoCookies() {
        browser.signIn("ada", PASSWORD);

        for (var path : List.of("/mcp", "/api/mcp", "/api/mcp/sse")) {
            assertThat(browser.client(path)
                            .with("Origin", browser.origin())
                            .with("X-CSRF-Token", browser.csrfToken())
                            .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .status())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    private String encodedForm() {
        return "csrf=" + browser.form().get("csrf") + "&next=%2Faccount&name=ada&password="
                + PASSWORD.replace(' ', '+');
    }
}
