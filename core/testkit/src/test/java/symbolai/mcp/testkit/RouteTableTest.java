package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authenticator;

/** Security row 2: every route of the router, as it is at run time, meets every role with every credential. */
class RouteTableTest {

    /** MCP, which asks for a credential and leaves the rest to the policy; all take the methods below. */
    private static final Set<String> MCP = Set.of("* /api/mcp/sse", "* /api/mcp", "* /mcp");

    private static final Set<String> MCP_METHODS = Set.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD");

    /** Well formed, with the right checksum, and known to no server. */
    private static final String UNKNOWN = "smcp_AAAAAAAAAAAA_0000000000000000000000000000000000000000000" + "3jFgpE";

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static final Map<String, String> listed = listed();

    private static TestServer server;
    private static String good;
    private static Map<String, McpClient> strangers;
    private static Map<String, McpClient> known;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        good = server.key("ada", Role.ADMIN);
        known = known();
        strangers = strangers();
        Awaitility.await()
                .until(() -> new ModernSession(strangers.get("expired key"))
                                .send("tools/list", new JsonObject())
                                .status()
                        == 401);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, McpClient> strangers() {
        var client = server.client();
        var all = new LinkedHashMap<String, McpClient>();
        all.put("nothing", client);
        all.put("nothing after the scheme", client.with("Authorization", "Bearer "));
        all.put("garbage", client.withKey("garbage"));
        all.put("another scheme", client.with("Authorization", "Basic YWRhOmFkYQ=="));
        all.put("a key without its scheme", client.with("Authorization", good));
        all.put("a cut key", client.withKey(good.substring(0, good.length() - 1)));
        all.put("a mistyped key", client.withKey(flipped(good, 20)));
        all.put("an unknown key", client.withKey(UNKNOWN));
        all.put("expired key", client.withKey(key("ada", Optional.of(Duration.ofMillis(1)), List.of())));
        all.put("a revoked key", client.withKey(revoked()));
        all.put("a removed user's key", client.withKey(removed()));
        all.put("another server's key", client.withKey(foreign()));
        all.put("an unknown token", client.withKey("smcpt_" + "A".repeat(43)));
        all.put("a token that nobody signed", client.withKey("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."));
        all.put("an unknown cookie", client.with("Cookie", "symbolai=" + "A".repeat(43)));
        all.put("a key as a cookie", client.with("Cookie", "symbolai=" + good + "; __Host-symbolai=" + good));
        return all;
    }

    private static Map<String, McpClient> known() {
        var all = new LinkedHashMap<String, McpClient>();
        for (var role : Role.values()) {
            var user = "user-" + role.text();
            server.server()
                    .users()
                    .createWithoutPassword(Authenticator.localAdmin(), user, role)
                    .await();
            all.put(role.text(), server.client().withKey(key(user, Optional.empty(), List.of())));
            all.put(role.text() + " limited", server.client().withKey(key(user, Optional.empty(), List.of("test_*"))));
        }
        return all;
    }

    static Stream<Arguments> strangersEverywhere() {
        return strangers.keySet().stream().flatMap(who -> routes().map(route -> Arguments.of(who, route)));
    }

    static Stream<Arguments> callersOnOwnRoutes() {
        return known.keySet().stream()
                .flatMap(who -> server.server().rest().accesses().keySet().stream()
                        .sorted()
                        .map(route -> Arguments.of(who, route)));
    }

    @Test
    void theRoutesThatAreListedExist() {
        assertThat(server.server().routes()).containsAll(listed.keySet());
    }

    /** A route that is not listed must refuse strangers as MCP and REST do. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("strangersEverywhere")
    void row2EveryRouteRefusesStrangersOrIsPublic(String who, String route) {
        for (var method : methods(route)) {
            var answer = strangers.get(who).at(path(route)).send(HttpMethod.valueOf(method));

            assertThat(verdict(answer)).as(method + " " + answer.status()).isEqualTo(listed.getOrDefault(route, "401"));
        }
    }

    /** What a stranger was told, in the words of the list. */
    private static String verdict(HttpAnswer answer) {
        if (answer.status() == 401 && answer.header("WWW-Authenticate").startsWith("Bearer ")) {
            return "401";
        }
        if (answer.status() == 303 && answer.header("Location").startsWith("/sign-in")) {
            return "page";
        }
        if (answer.status() == 403) {
            return "form";
        }
        return answer.status() < 500 ? "public" : "broken";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("callersOnOwnRoutes")
    void row2EveryRoleMeetsWhatTheRouteDeclares(String who, String route) {
        var access = server.server().rest().accesses().get(route);
        var role = Role.valueOf(who.split(" ")[0].toUpperCase(Locale.ROOT));
        boolean isLimited = who.endsWith("limited");
        boolean mayUse = access.roles().contains(role) && (access.limitedKeys() || !isLimited);
        assumeThat(mayUse && access.fresh()).as("it needs a fresh sign-in").isFalse();

        var answer = call(known.get(who), route);

        assertThat(answer.status()).isLessThan(500).isNotEqualTo(401);
        if (mayUse) {
            assertThat(answer.body())
                    .doesNotContain("may do this, and your role is")
                    .doesNotContain("your API key is limited");
        } else {
            assertThat(answer.status()).isEqualTo(403);
        }
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
        strangers.forEach((who, client) -> assertThat(
                        client.at("/api/mcp/auth/status").send(HttpMethod.GET).body())
                .as(who)
                .isEqualTo("{\"authenticated\":false}"));
    }

    @Test
    void aKnownCallerLearnsItsNameAndRole() {
        var answer = server.client().withKey(good).at("/api/mcp/auth/status").send(HttpMethod.GET);

        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"authenticated\":true,\"name\":\"ada\",\"role\":\"admin\","
                        + "\"connected\":false,\"connections\":[]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "auditor"})
    void aCallerWhoMayNotCallToolsSeesNone(String role) {
        var session = new ModernSession(known.get(role));

        assertThat(session.send("tools/list", new JsonObject()).result().getJsonArray("tools"))
                .isEmpty();
        assertThat(session.call("test_simple_text", new JsonObject()).result().getBoolean("isError"))
                .isTrue();
    }

    private static Stream<String> routes() {
        return server.server().routes().stream().sorted();
    }

    private static HttpAnswer call(McpClient client, String route) {
        var method = HttpMethod.valueOf(route.substring(0, route.indexOf(' ')));
        var at = client.at(path(route));
        return method.equals(HttpMethod.POST) ? at.post("{}") : at.send(method);
    }

    private static Set<String> methods(String route) {
        if (MCP.contains(route)) {
            return MCP_METHODS;
        }
        var methods = route.substring(0, route.indexOf(' '));
        return methods.equals("*") ? Set.of("GET", "POST", "DELETE") : Set.of(methods.split(","));
    }

    private static String path(String route) {
        return route.substring(route.indexOf(' ') + 1)
                .replaceAll(":[a-z]+", "x")
                .replace("*", "");
    }

    private static Map<String, String> listed() {
        try (var file = RouteTableTest.class.getResourceAsStream("stranger-routes.txt")) {
            return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceFirst("  +.*", "").split(" ", 2))
                    .collect(Collectors.toUnmodifiableMap(words -> words[1], words -> words[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String user, Optional<Duration> life, List<String> tools) {
        return server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), user, "test", life, tools)
                .await()
                .key()
                .reveal();
    }

    private static String revoked() {
        var key = key("ada", Optional.empty(), List.of());
        server.server()
                .apiKeys()
                .revoke(Authenticator.localAdmin(), key.substring(5, 17))
                .await();
        return key;
    }

    private static String removed() {
        var key = server.key("gone", Role.ADMIN);
        server.server().users().remove(Authenticator.localAdmin(), "gone").await();
        return key;
    }

    private static String foreign() {
        try (var other = TestServer.start(otherFolder, List.of(), config -> config)) {
            return other.key("ada", Role.ADMIN);
        }
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'x' ? 'y' : 'x') + text.substring(at + 1);
    }
}
