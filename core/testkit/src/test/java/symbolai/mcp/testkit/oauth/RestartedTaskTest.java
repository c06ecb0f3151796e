package symbolai.mcp.testkit.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.testkit.FormBrowser;
import symbolai.mcp.testkit.ModernSession;
import symbolai.mcp.testkit.OAuthFlow;
import symbolai.mcp.testkit.TestServer;

/** A task goes on after a restart with the rights that are left to who began it. */
class RestartedTaskTest {

    private static final Secret PASSWORD = new Secret("seven small stones");
    private static final JsonObject TASKS = new JsonObject()
            .put("elicitation", new JsonObject())
            .put("extensions", new JsonObject().put("io.modelcontextprotocol/tasks", new JsonObject()));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE oauth_grants SET revoked = 1",
                "UPDATE oauth_grants SET expires = 1",
                "DELETE FROM oauth_grants"
            })
    void row40ATaskOfAGrantThatEndedMeanwhileDoesNotGoOn(String meanwhile) {
        assertThat(answered(meanwhile))
                .contains("you may not call confirm_delete any more")
                .doesNotContain("The answer for a.txt");
    }

    @Test
    void aTaskOfAGrantThatIsGoodGoesOn() {
        assertThat(answered("UPDATE oauth_grants SET revoked = 0")).contains("The answer for a.txt was accept");
    }

    /** What comes of a task that waits for an answer over a restart, during which the grants are changed. */
    private String answered(String meanwhile) {
        try (var server = TestServer.start(folder)) {
            server.server()
                    .users()
                    .create(Authenticator.localAdmin(), "ada", Role.ADMIN, PASSWORD)
                    .await();
            var key = server.server()
                    .apiKeys()
                    .create(Authenticator.localAdmin(), "ada", "test", Optional.empty(), List.of())
                    .await()
                    .key()
                    .reveal();
            var id = begun(server);

            change(meanwhile);
            server.restart();

            var other = new ModernSession(server.client().withKey(key), TASKS);
            var params = new JsonObject().put("taskId", id);
            other.send(
                    "tasks/update",
                    params.copy()
                            .put(
                                    "inputResponses",
                                    new JsonObject()
                                            .put(
                                                    "confirm",
                                                    new JsonObject()
                                                            .put("action", "accept")
                                                            .put("content", new JsonObject().put("confirm", true)))));
            return Awaitility.await()
                    .until(
                            () -> other.send("tasks/get", params).result(),
                            task -> !"input_required".equals(task.getString("status"))
                                    && !"working".equals(task.getString("status")))
                    .encode();
        }
    }

    private static String begun(TestServer server) {
        var browser = new FormBrowser(server);
        browser.signIn("ada", PASSWORD.reveal());
        var flow = new OAuthFlow(server, browser);
        var token =
                flow.tokens(flow.register(), "mcp:tools:read mcp:tools:write").getString("access_token");
        var session = new ModernSession(server.client().withKey(token), TASKS);
        var id = session.call("confirm_delete", new JsonObject().put("filename", "a.txt"))
                .result()
                .getString("taskId");
        Awaitility.await()
                .until(() -> session.send("tasks/get", new JsonObject().put("taskId", id))
                        .result()
                        .getString("status")
                        .equals("input_required"));
        return id;
    }

    private void change(String sql) {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/symbolai-mcp.db"));
                var statement = database.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
