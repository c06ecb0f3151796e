package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Role;

/** Security row 2: every route of the server itself, as it is at run time, meets every role with every credential. */
class RouteRolesTest {

    /** What a route that a caller may not use says of it. */
    private static final String OBJECTIONS = "may do this, and your role is|your API key is limited to some tools"
            + "|your API key is that of an agent|an OAuth token is for tools";

    @TempDir
    static Path folder;

    private static final Map<String, Known> known = new LinkedHashMap<>();

    private static TestServer server;
    private static Household household;
    /** Of somebody else, as a user has so many sign-ins at most. */
    private static FormBrowser page;

    /** How a caller shows who it is. */
    private enum Way {
        KEY,
        LIMITED_KEY,
        AGENT_KEY,
        TOKEN,
        OWN_TOKEN,
        FRESH_COOKIE,
        STALE_COOKIE;

        /** Whether it stands for less than its user. */
        boolean isLimited() {
            return this == LIMITED_KEY || this == AGENT_KEY || this == TOKEN || this == OWN_TOKEN;
        }
    }

    /** A caller whom the server knows. */
    private record Known(Role role, Way way, McpClient client) {}

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        household = new Household(server);
        household.user("page", Role.ADMIN);
        page = household.browser("page");
        var program = household.program();
        for (var role : Role.values()) {
            household.user(user(role), role);
            for (var way : Way.values()) {
                var caller = new Known(role, way, client(user(role), way, program));
                known.put(role.text() + " by " + way.name().toLowerCase().replace('_', ' '), caller);
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String user(Role role) {
        return "user-" + role.text();
    }

    private static McpClient client(String user, Way way, String program) {
        var none = Optional.<Duration>empty();
        return switch (way) {
            case KEY -> withKey(household.key(user));
            case LIMITED_KEY -> withKey(household.key(user, none, List.of("test_*"), false));
            case AGENT_KEY -> withKey(household.key(user, none, List.of(), true));
            case TOKEN -> withKey(household.tokens(user, program).getString("access_token"));
            case OWN_TOKEN -> withKey(household.ownToken(user));
            case FRESH_COOKIE -> fresh(user);
            case STALE_COOKIE -> stale(user);
        };
    }

    private static McpClient fresh(String user) {
        var browser = household.browser(user);
        new StoredRows(server).refresh(browser);
        return household.script(browser);
    }

    private static McpClient stale(String user) {
        var browser = household.browser(user);
        new StoredRows(server).age(browser);
        return household.script(browser);
    }

    private static McpClient withKey(String key) {
        return server.client().withKey(key);
    }

    static Stream<Arguments> everybodyOnOwnRoutes() {
        var routes = new RouteTable(server).own();
        return known.keySet().stream().flatMap(who -> routes.stream().map(route -> Arguments.of(who, route)));
    }

    /** Everything that takes a POST and asks who it is; what is public or MCP takes no cookies. */
    static Stream<String> postsThatTakeCookies() {
        var listed = RouteTable.listed();
        return new RouteTable(server)
                .all().stream()
                        .filter(route -> route.startsWith("POST "))
                        .filter(route -> !"public".equals(listed.get(route)));
    }

    static Stream<String> ownGets() {
        return new RouteTable(server).own().stream().filter(route -> route.startsWith("GET "));
    }

    @Test
    void everyWayOfEveryRoleIsKnown() {
        assertThat(known).hasSize(Role.values().length * Way.values().length);
        known.forEach((who, caller) -> {
            var status =
                    RouteTable.call(caller.client(), "GET /api/mcp/auth/status").json();
            assertThat(status.getString("name")).as(who).isEqualTo(user(caller.role()));
            assertThat(Optional.ofNullable(status.getJsonObject("signIn")).map(signIn -> signIn.getBoolean("fresh")))
                    .as(who)
                    .isEqualTo(
                            switch (caller.way()) {
                                case FRESH_COOKIE -> Optional.of(true);
                                case STALE_COOKIE -> Optional.of(false);
                                default -> Optional.empty();
                            });
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everybodyOnOwnRoutes")
    void row2EveryRoleMeetsWhatTheRouteDeclares(String who, String route) {
        var caller = known.get(who);
        var access = server.server().rest().accesses().get(route);
        boolean mayUse = access.roles().contains(caller.role())
                && (access.limitedKeys() || !caller.way().isLimited());

        var answer = RouteTable.call(caller.client(), route);

        assertThat(answer.status()).as(answer.body()).isLessThan(500).isNotEqualTo(401);
        if (!mayUse) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).containsPattern(OBJECTIONS);
        } else if (access.fresh() && caller.way() == Way.STALE_COOKIE) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().getString("code")).isEqualTo("STEP_UP_REQUIRED");
        } else {
            assertThat(answer.body()).doesNotContainPattern(OBJECTIONS).doesNotContain("STEP_UP_REQUIRED");
        }
    }

    @ParameterizedTest
    @MethodSource("postsThatTakeCookies")
    void row9ACookieAloneChangesNothing(String route) {
        var withoutToken = RouteTable.call(household.withoutCsrf(page), route);
        var wrongToken = RouteTable.call(household.withoutCsrf(page).with("X-CSRF-Token", "A".repeat(43)), route);
        var otherPage = RouteTable.call(household.script(page).with("Origin", "http://127.0.0.1:1"), route);
        var noPage = RouteTable.call(page.client(TestServer.PATH).with("X-CSRF-Token", page.csrfToken()), route);

        assertThat(List.of(withoutToken, wrongToken, otherPage, noPage))
                .extracting(HttpAnswer::status)
                .containsOnly(403);
    }

    @ParameterizedTest
    @MethodSource("ownGets")
    void row9AnotherPageReadsNothingWithACookie(String route) {
        var answer = RouteTable.call(page.client(TestServer.PATH).with("Sec-Fetch-Site", "cross-site"), route);

        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"FRESH_COOKIE", "STALE_COOKIE"})
    void row2McpTakesNoCookies(Way way) {
        var cookies = known.get("admin by " + way.name().toLowerCase().replace('_', ' '))
                .client();

        Arrays.asList("GET", "POST", "DELETE")
                .forEach(method -> RouteTable.MCP.forEach(route -> assertThat(cookies.at(RouteTable.path(route))
                                .send(HttpMethod.valueOf(method))
                                .status())
                        .as(method + route)
                        .isEqualTo(401)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OPERATOR", "AUDITOR"})
    void aCallerWhoMayNotCallToolsSeesNone(Role role) {
        known.values().stream()
                .filter(caller -> caller.role() == role)
                .filter(caller -> !caller.way().name().endsWith("COOKIE"))
                .map(caller -> new ModernSession(caller.client()))
                .forEach(session -> {
                    assertThat(session.send("tools/list", new JsonObject())
                                    .result()
                                    .getJsonArray("tools"))
                            .isEmpty();
                    assertThat(session.call("test_simple_text", new JsonObject())
                                    .result()
                                    .getBoolean("isError"))
                            .isTrue();
                });
    }
}
