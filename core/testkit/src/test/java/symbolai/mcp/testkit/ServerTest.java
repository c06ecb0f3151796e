package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;

/** The whole server, through its door. */
class ServerTest {

    @TempDir
    Path folder;

    @Test
    void statelessClientCallsTool() {
        try (var server = TestServer.start(folder)) {
            var session = new ModernSession(server.admin());

            var answer = session.call("test_simple_text", new JsonObject());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result().getJsonArray("content").getJsonObject(0).getString("text"))
                    .isEqualTo("This is a simple text response for testing.");
        }
    }

    @Test
    void sessionClientCallsTool() {
        try (var server = TestServer.start(folder)) {
            var session = LegacySession.open(server.admin(), "2025-11-25");

            var answer = session.call("test_simple_text", new JsonObject());

            assertThat(answer.result().getJsonArray("content").getJsonObject(0).getString("text"))
                    .isEqualTo("This is a simple text response for testing.");
        }
    }

    @Test
    void sessionGoesOnAfterRestart() {
        try (var server = TestServer.start(folder)) {
            var key = server.key("ada", Role.ADMIN);
            var session = LegacySession.open(server.client().withKey(key), "2025-11-25");

            server.restart();
            var answer = session.at(server.client().withKey(key)).call("test_simple_text", new JsonObject());

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void strangerIsSentAwayWithChallenge() {
        try (var server = TestServer.start(folder)) {
            var answer = new ModernSession(server.client()).send("tools/list", new JsonObject());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer ");
        }
    }
}
