package symbolai.mcp.testkit.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.testkit.FormBrowser;
import symbolai.mcp.testkit.HttpAnswer;
import symbolai.mcp.testkit.OAuthFlow;
import symbolai.mcp.testkit.TestServer;

/** The one value that a program chooses and a header of ours repeats: security row 14. */
class SplitAnswersTest {

    private static final String PASSWORD = "seven small stones";

    /** What parts a header from the next one, or is none of its characters. */
    private static final List<String> SPLITTERS = List.of(
            "\r\nX-Evil: 1",
            "\nX-Evil: 1",
            "\rX-Evil: 1",
            "\u0000",
            "\u010d\u010aX-Evil: 1",
            "\u00e9\"",
            "\r\n X-Evil: 1",
            "\r\n\r\n<x>");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static OAuthFlow flow;
    private static FormBrowser browser;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), config -> config);
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "ada", Role.ADMIN, new Secret(PASSWORD))
                .await();
        browser = new FormBrowser(server);
        browser.signIn("ada", PASSWORD);
        flow = new OAuthFlow(server, browser);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void row14TheStateOfAProgramSplitsNoAnswer() {
        for (var splitter : SPLITTERS) {
            var asking = flow.asking(flow.register(), "mcp:tools:read");
            asking.put("state", "st4te" + splitter + ".");
            flow.authorize(asking);
            var refused = browser.submit(Map.of("decision", "deny"));
            flow.authorize(asking);
            var agreed = flow.agree(false);
            asking.put("code_challenge_method", "plain");
            var mistaken = flow.authorize(asking);

            assertWhole(splitter, refused);
            assertWhole(splitter, agreed);
            assertWhole(splitter, mistaken);
            assertThat(OAuthFlow.back(refused)).containsEntry("error", "access_denied");
            assertThat(OAuthFlow.back(agreed)).containsKey("code");
            assertThat(OAuthFlow.back(mistaken)).containsEntry("error", "invalid_request");
        }
    }

    @Test
    void row14FieldsOfFormsSplitNoAnswer() {
        for (var splitter : SPLITTERS) {
            browser.open("/sign-in?next=/" + OAuthFlow.form(Map.of("x", splitter)));
            var fields = browser.form();
            fields.put("next", "/account" + splitter);
            fields.put("name", splitter);
            fields.put("password", splitter);
            var signIn = browser.post("/sign-in", OAuthFlow.form(fields));
            var token = flow.token(Map.of("grant_type", splitter, "client_id", splitter, "code", splitter));
            var basic = server.client()
                    .at("/oauth/token")
                    .with("Authorization", "Basic e30=")
                    .with("Content-Type", "application/x-www-form-urlencoded")
                    .post(OAuthFlow.form(Map.of("grant_type", splitter)));
            var registered = server.client().at("/oauth/register").post(new JsonObject().put("client_name", splitter));

            for (var answer : List.of(signIn, token, basic, registered)) {
                assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
                assertPlain(splitter, answer);
            }
        }
        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
    }

    private static void assertWhole(String splitter, HttpAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(OAuthFlow.REDIRECT + "?");
        assertThat(OAuthFlow.back(answer)).containsEntry("state", "st4te" + splitter + ".");
        assertPlain(splitter, answer);
    }

    private static void assertPlain(String splitter, HttpAnswer answer) {
        assertThat(answer.headers().contains("X-Evil")).as(splitter).isFalse();
        answer.headers()
                .forEach(header ->
                        assertThat(header.getValue()).as(header.getKey()).matches("[\\x20-\\x7e\\t]*"));
    }
}
