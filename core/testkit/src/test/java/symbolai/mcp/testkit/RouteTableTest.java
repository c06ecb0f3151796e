package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authenticator;

/** Security row 2: every route meets every kind of credential; a route without a row fails. */
class RouteTableTest {

    /** The statuses without a key, with a malformed, an expired and another server's key, and with a good one. */
    private static final Map<String, List<Integer>> TABLE = Map.ofEntries(
            Map.entry("* /api/mcp/sse", List.of(401, 401, 401, 401, 200)),
            Map.entry("* /api/mcp", List.of(401, 401, 401, 401, 200)),
            Map.entry("* /mcp", List.of(401, 401, 401, 401, 200)),
            Map.entry("* /api/mcp/", List.of(401, 401, 401, 401, 200)),
            Map.entry("GET /api/mcp/auth/status", List.of(200, 200, 200, 200, 200)),
            Map.entry("POST /api/mcp/auth/connect", List.of(401, 401, 401, 401, 404)),
            Map.entry("POST /api/mcp/auth/callback", List.of(401, 401, 401, 401, 400)),
            Map.entry("POST /api/mcp/auth/activate", List.of(401, 401, 401, 401, 400)),
            Map.entry("POST /api/mcp/auth/verify", List.of(401, 401, 401, 401, 409)),
            Map.entry("POST /api/mcp/auth/disconnect", List.of(401, 401, 401, 401, 200)),
            Map.entry("GET /pages/:file", List.of(404, 404, 404, 404, 404)),
            Map.entry("GET /sign-in", List.of(200, 200, 200, 200, 200)),
            Map.entry("POST /sign-in", List.of(403, 403, 403, 403, 403)),
            Map.entry("POST /sign-out", List.of(303, 303, 303, 303, 303)),
            Map.entry("GET /setup", List.of(200, 200, 200, 200, 200)),
            Map.entry("POST /setup", List.of(403, 403, 403, 403, 403)),
            Map.entry("GET /password", List.of(303, 303, 303, 303, 303)),
            Map.entry("POST /password", List.of(303, 303, 303, 303, 303)),
            Map.entry("GET /step-up", List.of(303, 303, 303, 303, 303)),
            Map.entry("POST /step-up", List.of(303, 303, 303, 303, 303)),
            Map.entry("GET /account", List.of(303, 303, 303, 303, 303)),
            Map.entry("GET /openapi.json", List.of(401, 401, 401, 401, 200)),
            Map.entry("GET /docs", List.of(200, 200, 200, 200, 200)),
            Map.entry("GET /docs/:file", List.of(404, 404, 404, 404, 404)),
            Map.entry("GET /livez", List.of(200, 200, 200, 200, 200)),
            Map.entry("GET /readyz", List.of(200, 200, 200, 200, 200)),
            Map.entry("GET /version", List.of(200, 200, 200, 200, 200)));

    /** Well formed, with the right checksum, and known to no server. */
    private static final String FOREIGN = "smcp_AAAAAAAAAAAA_0000000000000000000000000000000000000000000" + "3jFgpE";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static String good;
    private static String expired;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        good = server.key("ada", Role.ADMIN);
        expired = server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), "ada", "short", Optional.of(Duration.ofMillis(1)), List.of())
                .await()
                .key()
                .reveal();
        Awaitility.await()
                .until(() -> call("* /mcp", server.client().withKey(expired)).status() == 401);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyRouteHasARow() {
        assertThat(server.server().routes()).containsExactlyInAnyOrderElementsOf(TABLE.keySet());
    }

    @Test
    void row2EveryRouteMeetsEveryCredential() {
        var clients = List.of(
                server.client(),
                server.client().withKey("garbage"),
                server.client().withKey(expired),
                server.client().withKey(FOREIGN),
                server.client().withKey(good));

        TABLE.forEach((route, statuses) -> {
            for (int i = 0; i < clients.size(); i++) {
                assertThat(call(route, clients.get(i)).status())
                        .as(route + " with credential " + i)
                        .isEqualTo(statuses.get(i));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "TRACE", "PROPFIND"})
    void row2NoMethodGoesAroundAuthentication(String method) {
        for (var path : List.of("/api/mcp/sse", "/api/mcp", "/mcp", "/mcp/", "/api//mcp", "/api/mcp/../mcp")) {
            var answer = server.client().at(path).send(HttpMethod.valueOf(method));

            assertThat(answer.status()).as(path).isIn(401, 404);
        }
    }

    @Test
    void aStrangerLearnsNothingFromTheStatus() {
        for (var client : List.of(
                server.client(),
                server.client().withKey(FOREIGN),
                server.client().withKey(expired))) {
            var answer = client.at("/api/mcp/auth/status").send(HttpMethod.GET);

            assertThat(answer.body()).isEqualTo("{\"authenticated\":false}");
        }
    }

    @Test
    void aKnownCallerLearnsItsNameAndRole() {
        var answer = server.client().withKey(good).at("/api/mcp/auth/status").send(HttpMethod.GET);

        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"authenticated\":true,\"name\":\"ada\",\"role\":\"admin\","
                        + "\"connected\":false,\"connections\":[]}"));
    }

    @Test
    void aCallerWhoMayNotCallToolsSeesNone() {
        var session = new ModernSession(server.client("vera", Role.VIEWER));

        assertThat(session.send("tools/list", new JsonObject()).result().getJsonArray("tools"))
                .isEmpty();
        assertThat(session.call("test_simple_text", new JsonObject()).result().getBoolean("isError"))
                .isTrue();
    }

    private static HttpAnswer call(String route, McpClient client) {
        var path = route.substring(route.indexOf(' ') + 1);
        return route.startsWith("*")
                ? new ModernSession(client.at(path)).send("tools/list", new JsonObject())
                : client.at(path).send(HttpMethod.valueOf(route.substring(0, route.indexOf(' '))));
    }
}
