package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.KeyRequest;

/** An admin's key makes nothing that is worth more than the key. */
class BoundKeysTest {

    private static final String PASSWORD = "seven small stones";

    private static final Map<String, KeyRequest> LIMITED = Map.of(
            "ends", key(Optional.of(Duration.ofDays(7)), List.of(), List.of(), false),
            "addresses", key(Optional.empty(), List.of("127.0.0.0/8"), List.of(), false),
            "tools", key(Optional.empty(), List.of(), List.of("d1_*"), false),
            "agent", key(Optional.empty(), List.of(), List.of(), true));

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), config -> config);
        user("ada", Role.ADMIN);
        user("vera", Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> mintings() {
        return LIMITED.keySet().stream()
                .flatMap(limit -> Stream.of(
                        Arguments.of(
                                limit,
                                "users/create",
                                "{\"name\":\"NEW\",\"role\":\"viewer\",\"password\":\"nine new nails\"}"),
                        Arguments.of(limit, "users/create", "{\"name\":\"NEW\",\"role\":\"admin\"}"),
                        Arguments.of(
                                limit, "users/reset-password", "{\"name\":\"ada\",\"password\":\"nine new nails\"}"),
                        Arguments.of(
                                limit, "users/reset-password", "{\"name\":\"vera\",\"password\":\"nine new nails\"}"),
                        Arguments.of(limit, "users/set-role", "{\"name\":\"vera\",\"role\":\"admin\"}"),
                        Arguments.of(limit, "clients/create", "{\"name\":\"a job\",\"user\":\"ada\"}"),
                        Arguments.of(limit, "keys/create", "{\"label\":\"another\",\"expiresDays\":0}")));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("mintings")
    void aKeyWithLimitsMakesNothingWithoutThem(String limit, String path, String body) {
        var before = state();

        var refused = post(limited(limit), path, body.replace("NEW", "new-" + System.nanoTime()));

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.json().getString("error")).containsPattern("key|Key");
        assertThat(state()).isEqualTo(before);
        assertThat(new FormBrowser(server).signIn("ada", PASSWORD).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ends", "addresses"})
    void itStillLooksAfterUsers(String limit) {
        var name = "user-" + limit;

        assertThat(post(limited(limit), "users/create", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post(limited(limit), "users/set-role", "{\"name\":\"" + name + "\",\"role\":\"operator\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post(limited(limit), "users/remove", "{\"name\":\"" + name + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyWithoutLimitsStandsForTheAdmin() {
        var key = server.client().withKey(make(key(Optional.empty(), List.of(), List.of(), false)));

        assertThat(post(key, "users/create", "{\"name\":\"nora\",\"role\":\"admin\",\"password\":\"nine new nails\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post(key, "users/reset-password", "{\"name\":\"nora\",\"password\":\"eight new nails\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post(key, "clients/create", "{\"name\":\"a job\",\"user\":\"nora\"}")
                        .status())
                .isEqualTo(200);
        assertThat(post(key, "users/remove", "{\"name\":\"nora\"}").status()).isEqualTo(200);
    }

    /** All that is to stay as it is. */
    private static String state() {
        return server.server().users().list().await() + " "
                + server.server().oauthClients().list().await().size();
    }

    private static McpClient limited(String limit) {
        return server.client().withKey(make(LIMITED.get(limit)));
    }

    private static HttpAnswer post(McpClient client, String path, String body) {
        return client.at("/api/mcp/" + path).post(new JsonObject(body));
    }

    private static String make(KeyRequest request) {
        return server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), request)
                .await()
                .key()
                .reveal();
    }

    private static KeyRequest key(Optional<Duration> life, List<String> addresses, List<String> tools, boolean agent) {
        return new KeyRequest("ada", "bound", life, tools, agent, addresses);
    }

    private static void user(String name, Role role) {
        server.server()
                .users()
                .create(Authenticator.localAdmin(), name, role, new Secret(PASSWORD))
                .await();
    }
}
