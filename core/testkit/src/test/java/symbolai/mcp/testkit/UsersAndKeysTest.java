package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.KeyRequest;

/** Users and keys over REST, by sign-ins and by keys. */
class UsersAndKeysTest {

    private static final String PASSWORD = "seven small stones";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static FormBrowser ada;
    private static FormBrowser vera;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), UnaryOperator.identity());
        user("ada", Role.ADMIN);
        user("vera", Role.VIEWER);
        ada = new FormBrowser(server);
        ada.signIn("ada", PASSWORD);
        vera = new FormBrowser(server);
        vera.signIn("vera", PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAdminLooksAfterUsers() {
        assertThat(post(ada, "users/create", Map.of("name", "carl", "role", "viewer"))
                        .status())
                .isEqualTo(200);
        assertThat(post(ada, "users/create", Map.of("name", "carl", "role", "viewer"))
                        .status())
                .isEqualTo(409);
        assertThat(post(ada, "users/create", Map.of("name", "dora", "role", "emperor"))
                        .status())
                .isEqualTo(400);
        assertThat(post(ada, "users/set-role", Map.of("name", "carl", "role", "operator"))
                        .status())
                .isEqualTo(200);
        assertThat(post(ada, "users/reset-password", Map.of("name", "carl", "password", "password1"))
                        .json()
                        .getString("error"))
                .contains("everybody tries first");
        assertThat(post(ada, "users/reset-password", Map.of("name", "carl", "password", "nine new nails"))
                        .status())
                .isEqualTo(200);
        assertThat(new FormBrowser(server).signIn("carl", "nine new nails").status())
                .isEqualTo(200);
        assertThat(post(ada, "users/remove", Map.of("name", "carl")).status()).isEqualTo(200);
        assertThat(get(ada, "users/list").json().getJsonArray("users").stream()
                        .map(user -> ((JsonObject) user).getString("name")))
                .contains("ada", "vera")
                .doesNotContain("carl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users/create", "users/set-role", "users/reset-password", "users/remove"})
    void nobodyButAdminsLooksAfterUsers(String path) {
        assertThat(post(vera, path, Map.of("name", "vera", "role", "admin", "password", "nine new nails"))
                        .status())
                .isEqualTo(403);
        assertThat(get(vera, "users/list").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users/create",
                "users/set-role",
                "users/reset-password",
                "users/remove",
                "keys/create",
                "auth/callback",
                "auth/activate"
            })
    void whatIsDangerousNeedsAFreshSignIn(String path) {
        var tired = new FormBrowser(server);
        tired.signIn("ada", PASSWORD);
        new StoredRows(server).age(tired);

        var answer = post(tired, path, Map.of());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("code")).isEqualTo("STEP_UP_REQUIRED");

        assertThat(post(tired, "auth/step-up", Map.of("password", PASSWORD)).status())
                .isEqualTo(200);
        assertThat(post(tired, path, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void aUserMakesAndRevokesKeysOfTheirOwn() {
        var made = post(vera, "keys/create", Map.of("label", "laptop", "tools", List.of("d1_*"), "agent", true))
                .json();
        var listed = get(vera, "keys/list").json().getJsonArray("keys").getJsonObject(0);

        assertThat(made.getString("key")).startsWith("smcp_");
        assertThat(listed.getString("user")).isEqualTo("vera");
        assertThat(listed.getBoolean("agent")).isTrue();
        assertThat(listed.getJsonArray("tools")).isEqualTo(new JsonArray().add("d1_*"));
        assertThat(Duration.between(Instant.now(), Instant.parse(listed.getString("expiresAt")))
                        .toDays())
                .isBetween(89L, 90L);
        assertThat(post(vera, "keys/create", Map.of("label", "x", "user", "ada"))
                        .status())
                .isEqualTo(403);
        assertThat(post(vera, "keys/revoke", Map.of("id", made.getString("id"))).status())
                .isEqualTo(200);
        assertThat(server.client()
                        .withKey(made.getString("key"))
                        .at("/api/mcp/keys/list")
                        .send(HttpMethod.GET)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nobodyRevokesTheKeyOfSomebodyElse() {
        var made = post(ada, "keys/create", Map.of("label", "mine")).json();

        assertThat(post(vera, "keys/revoke", Map.of("id", made.getString("id"))).status())
                .isEqualTo(404);
    }

    @Test
    void aKeyMakesNoOtherKeyUnlessItIsAnAdminsWithoutLimits() {
        var veras = server.client().withKey(key("vera", List.of(), false));
        var limited = server.client().withKey(key("ada", List.of("d1_*"), false));
        var agents = server.client().withKey(key("ada", List.of(), true));
        var adas = server.client().withKey(key("ada", List.of(), false));
        var body = new JsonObject().put("label", "another").encode();

        assertThat(veras.at("/api/mcp/keys/create").post(body).status()).isEqualTo(403);
        assertThat(limited.at("/api/mcp/keys/create").post(body).status()).isEqualTo(403);
        assertThat(agents.at("/api/mcp/keys/create").post(body).status()).isEqualTo(403);
        assertThat(adas.at("/api/mcp/keys/create").post(body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"label\":\"x\",\"addresses\":[\"127.0.0.1\"],\"expiresDays\":0}                  | outlives it",
                "{\"label\":\"x\",\"addresses\":[\"127.0.0.1\"],\"expiresDays\":8}                  | outlives it",
                "{\"label\":\"x\",\"addresses\":[\"127.0.0.1\"]}                                    | outlives it",
                "{\"label\":\"x\",\"expiresDays\":1}                                                | more addresses",
                "{\"label\":\"x\",\"expiresDays\":1,\"addresses\":[\"0.0.0.0/0\"]}                  | more addresses",
                "{\"label\":\"x\",\"expiresDays\":1,\"addresses\":[\"127.0.0.1\",\"192.0.2.1\"]}    | more addresses",
                "{\"label\":\"x\",\"expiresDays\":1,\"addresses\":[\"::1\"],\"user\":\"vera\"}        | more addresses"
            })
    void aKeyMakesNoneThatReachesFurther(String body, String problem) {
        var bound = server.client()
                .withKey(server.server()
                        .apiKeys()
                        .create(
                                Authenticator.localAdmin(),
                                new KeyRequest(
                                        "ada",
                                        "bound",
                                        Optional.of(Duration.ofDays(7)),
                                        List.of(),
                                        false,
                                        List.of("127.0.0.0/8")))
                        .await()
                        .key()
                        .reveal())
                .at("/api/mcp/keys/create");

        var refused = bound.post(body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().getString("error")).contains(problem);
        assertThat(bound.post("{\"label\":\"x\",\"expiresDays\":6,\"addresses\":[\"127.1.0.0/16\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyIsGoodFromItsAddressesOnly() {
        var here = key("ada", List.of(), false, List.of("127.0.0.0/8"));
        var elsewhere = key("ada", List.of(), false, List.of("192.0.2.0/24", "2001:db8::/32"));

        assertThat(status(here)).isEqualTo(200);
        assertThat(status(elsewhere)).isEqualTo(401);
        assertThat(post(ada, "keys/create", Map.of("label", "x", "addresses", List.of("everywhere")))
                        .json()
                        .getString("error"))
                .contains("'everywhere' is not valid");
    }

    @Test
    void aUserSeesAndEndsSignIns() {
        var one = new FormBrowser(server);
        one.signIn("vera", PASSWORD);
        var all = get(one, "auth/sign-ins").json();

        var current = all.getJsonArray("signIns").stream()
                .map(JsonObject.class::cast)
                .filter(signIn -> signIn.getBoolean("current"))
                .toList();
        assertThat(current).hasSize(1);
        assertThat(post(ada, "auth/sign-ins/end", Map.of("id", current.get(0).getString("id")))
                        .status())
                .isEqualTo(404);
        assertThat(post(one, "auth/sign-ins/end", Map.of("id", current.get(0).getString("id")))
                        .status())
                .isEqualTo(200);
        assertThat(get(one, "auth/sign-ins").status()).isEqualTo(401);
        assertThat(get(vera, "auth/sign-ins").status()).isEqualTo(200);
    }

    @Test
    void aScriptSignsInAndOut() {
        var script = new FormBrowser(server);
        var body = new JsonObject().put("name", "vera").put("password", PASSWORD);

        var in = script.rest(HttpMethod.POST, "auth/sign-in", body);
        var status = get(script, "auth/status").json();
        var out = script.rest(HttpMethod.POST, "auth/sign-out", new JsonObject());

        assertThat(in.json().getString("role")).isEqualTo("viewer");
        assertThat(status.getString("name")).isEqualTo("vera");
        assertThat(status.getJsonObject("signIn").getString("csrfToken"))
                .isEqualTo(in.json().getString("csrfToken"));
        assertThat(out.status()).isEqualTo(200);
        assertThat(get(script, "auth/status").json()).isEqualTo(new JsonObject().put("authenticated", false));
        assertThat(script.rest(HttpMethod.POST, "auth/sign-in", body.copy().put("password", "wrong one"))
                        .json()
                        .getString("code"))
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void row9AScriptOfAnotherPageDoesNotSignIn() {
        var body =
                new JsonObject().put("name", "vera").put("password", PASSWORD).encode();
        var client = server.client().at("/api/mcp/auth/sign-in");

        assertThat(client.with("Origin", "http://127.0.0.1:1").post(body).status())
                .isEqualTo(403);
        assertThat(client.with("Sec-Fetch-Site", "cross-site").post(body).status())
                .isEqualTo(403);
        assertThat(client.with("Sec-Fetch-Site", "same-site").post(body).status())
                .isEqualTo(403);
        assertThat(client.with("Content-Type", "text/plain").post(body).status())
                .isEqualTo(415);
        assertThat(client.post("[]").status()).isEqualTo(400);
        assertThat(client.post("{\"name\":1,\"password\":[]}").status()).isEqualTo(400);
    }

    private static void user(String name, Role role) {
        server.server()
                .users()
                .create(Authenticator.localAdmin(), name, role, new Secret(PASSWORD))
                .await();
    }

    private static String key(String user, List<String> tools, boolean agent) {
        return key(user, tools, agent, List.of());
    }

    private static String key(String user, List<String> tools, boolean agent, List<String> addresses) {
        var request = new KeyRequest(user, "test", Optional.empty(), tools, agent, addresses);
        return server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), request)
                .await()
                .key()
                .reveal();
    }

    private static int status(String key) {
        return server.client()
                .withKey(key)
                .at("/api/mcp/keys/list")
                .send(HttpMethod.GET)
                .status();
    }

    private static HttpAnswer post(FormBrowser browser, String path, Map<String, Object> body) {
        return browser.rest(HttpMethod.POST, path, new JsonObject(body));
    }

    private static HttpAnswer get(FormBrowser browser, String path) {
        return browser.rest(HttpMethod.GET, path, new JsonObject());
    }
}
