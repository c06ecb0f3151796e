package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;

/** The document has every route of REST, as the router has them at run time. */
class DescribedRoutesTest {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject paths() {
        return admin.at("/openapi.json").send(HttpMethod.GET).json().getJsonObject("paths");
    }

    @Test
    void everyRouteOfRestIsInTheDocument() {
        var mcp = List.of("* /api/mcp/sse", "* /api/mcp", "* /api/mcp/");
        var routes = server.server().routes().stream()
                .filter(route -> route.contains(" /api/mcp"))
                .filter(route -> !mcp.contains(route))
                .toList();
        var paths = paths();

        var described = paths.fieldNames().stream()
                .flatMap(path -> paths.getJsonObject(path).fieldNames().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path))
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
        assertThat(described).contains("POST /api/mcp/auth/step-up", "POST /api/mcp/users/create");
    }

    @ParameterizedTest
    @CsvSource({
        "auth/sign-in,  name password, name role csrfToken expiresAt",
        "auth/step-up,  password,      name role csrfToken expiresAt",
        "auth/password, current next,  name role csrfToken expiresAt",
        "auth/sign-out, '',            signedOut",
    })
    void whatBrowsersSendAndGetIsDescribedAsItIs(String path, String taken, String given) {
        server.server()
                .users()
                .create(
                        Authenticator.localAdmin(),
                        "user-" + path.substring(5),
                        Role.VIEWER,
                        new Secret("nine new nails"))
                .await();
        var browser = new FormBrowser(server);
        browser.signIn("user-" + path.substring(5), "nine new nails");
        var operation = paths().getJsonObject("/api/mcp/" + path);
        var values = Map.of(
                "name", "user-" + path.substring(5),
                "password", "nine new nails",
                "current", "nine new nails",
                "next", "eight old nails");
        var fields = new JsonObject();
        Stream.of(taken.split(" ")).filter(name -> !name.isEmpty()).forEach(name -> fields.put(name, values.get(name)));

        var answer = browser.rest(HttpMethod.POST, path, fields);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder(given.split(" "));
        var described = operation.getJsonObject("post");
        assertThat(required(described.getJsonObject("requestBody"))).isEqualTo(String.join(" ", fields.fieldNames()));
        assertThat(required(described.getJsonObject("responses").getJsonObject("200")))
                .isEqualTo(given);
        assertThat(described.getJsonArray("security").encode())
                .isEqualTo(path.equals("auth/sign-in") ? "[{}]" : "[{\"signIn\":[],\"csrf\":[]}]");
    }

    private static String required(JsonObject withContent) {
        return withContent
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema")
                .getJsonArray("required", new JsonArray())
                .stream()
                .map(String.class::cast)
                .collect(Collectors.joining(" "));
    }
}
