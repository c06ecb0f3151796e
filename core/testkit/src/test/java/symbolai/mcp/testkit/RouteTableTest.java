package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** Security row 2: every route of the router, as it is at run time, meets whoever shows nothing good. */
class RouteTableTest {

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static final Map<String, String> listed = RouteTable.listed();

    private static TestServer server;
    private static Map<String, McpClient> strangers;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        strangers = new Strangers(server, otherFolder).all();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> strangersEverywhere() {
        var routes = new RouteTable(server).all();
        return strangers.keySet().stream().flatMap(who -> routes.stream().map(route -> Arguments.of(who, route)));
    }

    @Test
    void theRoutesThatAreListedExist() {
        assertThat(server.server().routes()).containsAll(listed.keySet());
    }

    /** A route that is not listed must refuse strangers as MCP and REST do. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("strangersEverywhere")
    void row2EveryRouteRefusesStrangersOrIsPublic(String who, String route) {
        for (var method : RouteTable.methods(route)) {
            var answer = strangers.get(who).at(RouteTable.path(route)).send(HttpMethod.valueOf(method));

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
        var answer = server.client("ida", Role.ADMIN).at("/api/mcp/auth/status").send(HttpMethod.GET);

        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"authenticated\":true,\"name\":\"ida\",\"role\":\"admin\","
                        + "\"connected\":false,\"connections\":[]}"));
    }
}
