package symbolai.mcp.testkit.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.testkit.FormBrowser;
import symbolai.mcp.testkit.HostileTexts;
import symbolai.mcp.testkit.HttpAnswer;
import symbolai.mcp.testkit.OAuthFlow;
import symbolai.mcp.testkit.TestServer;

/** Whatever a stranger sends to OAuth's endpoints, it is the stranger who is told of a mistake. */
class MalformedOAuthTest {

    private static final List<String> TEXTS = Stream.concat(
                    Stream.of(
                            "\"",
                            "\\",
                            "\t",
                            "a\"b",
                            "https://a.example/\"",
                            "https://a.example/\\",
                            "%",
                            "%zz",
                            ":",
                            "//"),
                    HostileTexts.all().stream())
            .toList();

    @TempDir
    static Path folder;

    private static TestServer server;
    private OAuthFlow flow;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        flow = new OAuthFlow(server, new FormBrowser(server));
    }

    /** As many as one address may register in ten minutes. */
    @Test
    void row8ARedirectThatIsNoneIsRefused() {
        TEXTS.stream().limit(50).forEach(text -> {
            var answer = register(new JsonObject().put("redirect_uris", new JsonArray().add(text)));

            assertThat(answer.status()).as(text).isEqualTo(400);
            assertThat(answer.json().getString("error"))
                    .as(text)
                    .isIn("invalid_redirect_uri", "invalid_client_metadata");
        });
    }

    private static HttpAnswer register(JsonObject metadata) {
        return server.client().at("/oauth/register").post(metadata);
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth/token, grant_type",
        "/oauth/token, code",
        "/oauth/token, redirect_uri",
        "/oauth/token, scope",
        "/oauth/token, resource",
        "/oauth/revoke, token_type_hint",
        "/oauth/device, scope",
        "/oauth/device, client_id"
    })
    void row33APostWithAnyTextIsItsSendersMistake(String path, String name) {
        for (var text : TEXTS) {
            var form = new HashMap<>(Map.of(
                    "grant_type", "authorization_code",
                    "client_id", "dcr_unknown",
                    "code", "x",
                    "token", "x",
                    "redirect_uri", OAuthFlow.REDIRECT,
                    "code_verifier", "x".repeat(43)));
            form.put(name, text);

            assertThat(flow.post(path, form).status()).as(text).isBetween(200, 429);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_id", "redirect_uri", "scope", "state", "resource", "code_challenge", "response_type"})
    void row33AQuestionWithAnyTextIsItsSendersMistake(String name) {
        for (var text : TEXTS) {
            var asking = new HashMap<>(flow.asking("dcr_unknown", "mcp:tools:read"));
            asking.put(name, text);

            assertThat(flow.authorize(asking).status()).as(text).isBetween(200, 429);
        }
    }
}
