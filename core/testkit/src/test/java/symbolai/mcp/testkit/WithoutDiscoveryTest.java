package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.identity.Authenticator;

/** A server that tells nobody of OAuth, and still takes its tokens. */
class WithoutDiscoveryTest {

    private static final String PASSWORD = "seven small stones";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        var oauth = new OAuthConfig(
                false, List.of(), Duration.ofMinutes(15), Duration.ofDays(30), OAuthConfig.DEFAULT.refreshGrace());
        server = TestServer.start(
                folder,
                List.of(),
                config -> ConfigChange.of(config)
                        .identity(new IdentityConfig(
                                Duration.ofMinutes(30), Duration.ofHours(12), oauth, true, Optional.empty()))
                        .config());
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "ada", Role.ADMIN, new Secret(PASSWORD))
                .await();
        new Probe(server)
                .publish(Probe.tool("probe_write", call -> Future.succeededFuture(ToolResult.text("written"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void noChallengeNamesADocumentThatIsNotThere() {
        var browser = new FormBrowser(server);
        browser.signIn("ada", PASSWORD);
        var flow = new OAuthFlow(server, browser);
        var token = flow.tokens(flow.register(), "mcp:tools:read").getString("access_token");

        var lacking = new ModernSession(server.client().withKey(token)).call("probe_write", new JsonObject());
        var unknown = server.client().send(HttpMethod.GET);

        assertThat(lacking.status()).isEqualTo(403);
        assertThat(lacking.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"mcp:tools:read mcp:tools:write\"");
        assertThat(unknown.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"symbolai-mcp\"");
        assertThat(flow.get("/.well-known/oauth-protected-resource/mcp").status())
                .isEqualTo(404);
    }
}
