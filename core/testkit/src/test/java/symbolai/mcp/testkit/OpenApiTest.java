package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.rest.RestAnswer;

/** The document of the tools, and the page that shows it. */
class OpenApiTest {

    /** Answered by the pages, for whom there is no {@link symbolai.mcp.server.rest.RouteAccess}. */
    private static final List<String> BROWSERS = List.of(
            "POST /api/mcp/auth/sign-in",
            "POST /api/mcp/auth/sign-out",
            "POST /api/mcp/auth/password",
            "POST /api/mcp/auth/step-up");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        admin = server.admin();
        new Probe(server).publish(reads(), writes());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tool reads() {
        return Tool.named("probe_read")
                .title("Read")
                .description("Reads.")
                .input(Schemas.object()
                        .required("databaseId", Schemas.string("Which."))
                        .optional("filter", new JsonObject().put("type", "object"))
                        .build())
                .annotations(ToolAnnotations.READ_ONLY)
                .permission("D1:Read")
                .rest(RestBinding.get("probe/data").renamed("id", "databaseId"))
                .handler(call -> Future.succeededFuture(ToolResult.json(new JsonObject())));
    }

    private static Tool writes() {
        var tree = new JsonObject()
                .put("type", "object")
                .put("properties", new JsonObject().put("value", new JsonObject().put("$ref", "#/$defs/value")))
                .put("required", new JsonArray().add("value"))
                .put("additionalProperties", false)
                .put("$defs", new JsonObject().put("value", new JsonObject().put("type", "integer")));
        return Tool.named("probe_write")
                .description("Writes.")
                .input(tree)
                .rest(RestBinding.post("probe/data").renamed("v", "value"))
                .handler(call -> Future.succeededFuture(ToolResult.json(new JsonObject())));
    }

    private static JsonObject rule(String id, String effect, String tool) {
        return new JsonObject().put("id", id).put("effect", effect).put("tools", new JsonArray().add(tool));
    }

    private static void add(McpClient client, JsonObject rule) {
        var answer = client.at("/api/mcp/policy/add").post(new JsonObject().put("rule", rule));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static HttpAnswer document(McpClient client) {
        return client.at("/openapi.json").send(HttpMethod.GET);
    }

    @Test
    void everyToolIsAnOperation() {
        var paths = document(admin).json().getJsonObject("paths");

        var read = paths.getJsonObject("/api/mcp/probe/data").getJsonObject("get");
        assertThat(read.getString("operationId")).isEqualTo("probe_read");
        assertThat(read.getString("description")).isEqualTo("Reads. Needs the permission D1:Read.");
        assertThat(read.getJsonArray("parameters").getJsonObject(0))
                .isEqualTo(
                        new JsonObject("{\"name\":\"id\",\"in\":\"query\",\"required\":true,\"description\":\"Which.\","
                                + "\"schema\":{\"type\":\"string\"}}"));
        assertThat(read.getJsonArray("parameters")
                        .getJsonObject(1)
                        .getJsonObject("content")
                        .fieldNames())
                .containsExactly("application/json");
        assertThat(paths.fieldNames())
                .contains("/api/mcp/auth/connect", "/api/mcp/auth/callback", "/api/mcp/auth/status");
    }

    @Test
    void routesOfTheServerItselfSayWhatTheyTake() {
        var paths = document(admin).json().getJsonObject("paths");

        var list = paths.getJsonObject("/api/mcp/approvals/list").getJsonObject("get");
        var state = list.getJsonArray("parameters").getJsonObject(0);
        assertThat(state.getString("name")).isEqualTo("state");
        assertThat(state.getString("in")).isEqualTo("query");
        assertThat(state.getBoolean("required")).isFalse();
        assertThat(list.getJsonArray("tags")).containsExactly("approvals");
        assertThat(paths.getJsonObject("/api/mcp/users/list")
                        .getJsonObject("get")
                        .getJsonArray("parameters"))
                .isEmpty();
        assertThat(paths.getJsonObject("/api/mcp/approvals/grant")
                        .getJsonObject("post")
                        .containsKey("parameters"))
                .isFalse();
    }

    @Test
    void definitionsMoveToWhereTheyAreFound() {
        var document = document(admin).json();

        var body = document.getJsonObject("paths")
                .getJsonObject("/api/mcp/probe/data")
                .getJsonObject("post")
                .getJsonObject("requestBody");
        assertThat(body.encode()).contains("\"v\":{\"$ref\":\"#/components/schemas/probe_write.In.value\"}");
        assertThat(body.encode()).contains("\"required\":[\"v\"]").doesNotContain("$defs");
        assertThat(document.getJsonObject("components").getJsonObject("schemas").getJsonObject("probe_write.In.value"))
                .isEqualTo(new JsonObject().put("type", "integer"));
    }

    @Test
    void whoHasTheDocumentIsNotSentItAgain() {
        var first = document(admin);

        var again = document(admin.with("If-None-Match", first.header("ETag")));
        var other = document(admin.with("If-None-Match", "\"other\""));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(first.body());
    }

    @Test
    void aViewerSeesNoTools() {
        var paths = document(server.client("vera", Role.VIEWER)).json().getJsonObject("paths");

        var own = Stream.concat(server.server().rest().accesses().keySet().stream(), BROWSERS.stream())
                .map(route -> route.substring(route.indexOf(' ') + 1))
                .toList();
        assertThat(paths.fieldNames()).isNotEmpty().isSubsetOf(own);
    }

    @Test
    void eachCallerSeesTheirOwnAlthoughItIsKept() {
        var operator = server.client("otto", Role.OPERATOR);
        var viewer = server.client("vito", Role.VIEWER);

        add(admin, rule("otto-reads", "allow", "probe_read").put("users", new JsonArray().add("otto")));
        for (int time = 0; time < 3; time++) {
            assertThat(document(admin).body()).contains("probe_write", "/api/mcp/policy/add");
            assertThat(document(operator).body())
                    .contains("probe_read")
                    .doesNotContain("probe_write", "/api/mcp/policy/add");
            assertThat(document(viewer).body()).doesNotContain("probe_read", "/api/mcp/policy/add");
        }
    }

    @Test
    void aDocumentIsWrittenOnce() {
        var rest = server.server().rest();

        var first = rest.document(Authenticator.localAdmin(), "", Optional.empty());
        var again = rest.document(Authenticator.localAdmin(), "", Optional.empty());
        var elsewhere = rest.document(Authenticator.localAdmin(), "/tools", Optional.empty());

        assertThat(((RestAnswer.Whole) again).body()).isSameAs(((RestAnswer.Whole) first).body());
        assertThat(((RestAnswer.Whole) elsewhere).body().toString()).contains("{\"url\":\"/tools\"}");
    }

    @Test
    void whatIsPublishedAndWhatIsDeniedShowsAtOnce() {
        try (var other = TestServer.start(folder.resolve("other"), List.of(), config -> config)) {
            var ada = other.client("ada", Role.ADMIN);
            assertThat(document(ada).body()).doesNotContain("probe_");

            new Probe(other).publish(reads(), writes());
            assertThat(document(ada).body()).contains("probe_read", "probe_write");

            add(ada, rule("no-writes", "deny", "probe_write"));
            assertThat(document(ada).body()).contains("probe_read").doesNotContain("probe_write");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html; charset=utf-8",
        "/docs/docs.js, text/javascript; charset=utf-8",
        "/docs/docs.css, text/css; charset=utf-8",
        "/docs/swagger-ui.css, text/css; charset=utf-8",
        "/docs/swagger-ui-bundle.js, text/javascript; charset=utf-8",
        "/docs/favicon-32x32.png, image/png",
    })
    void thePageComesFromTheServerUnderAStrictPolicy(String path, String type) {
        var answer = server.client().at(path).send(HttpMethod.GET);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "/docs/index.html",
        "/docs/..%2fdocs.html",
        "/docs/docs.html",
        "/docs/%2e%2e%2f%2e%2e%2fpom.xml",
        "/docs/x/y"
    })
    void nothingElseIsServed(String path) {
        assertThat(server.client().at(path).send(HttpMethod.GET).status()).isEqualTo(404);
    }

    @Test
    void thePageNamesNoOtherHost() {
        var page = server.client().at("/docs").send(HttpMethod.GET).body();

        assertThat(page).doesNotContain("://").doesNotContain("{{");
    }
}
