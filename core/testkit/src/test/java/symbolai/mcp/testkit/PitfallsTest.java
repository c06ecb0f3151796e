package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.config.ServerConfig;

/** What others stumbled over, each under its number in the collection of pitfalls. */
class PitfallsTest {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static McpClient admin;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder.resolve("shared"));
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pitfall1ABareGetOpensTheOldStreamAtOnce() {
        try (var stream = admin.open()) {
            var first = stream.next();

            assertThat(first.name()).isEqualTo("endpoint");
            assertThat(first.data()).startsWith("/api/mcp/sse?sessionId=");
        }
    }

    @Test
    void pitfall1AGetWithoutAStreamIsMethodNotAllowed() {
        var noSse = admin.with("Accept", "application/json").send(HttpMethod.GET);

        assertThat(noSse.status()).isEqualTo(405);
        assertThat(noSse.header("Allow")).contains("POST");
    }

    @Test
    void pitfall1TheOldStreamCanBeSwitchedOff(@TempDir Path other) {
        try (var strict = TestServer.start(other, List.of(), http(HttpConfig::host, false))) {
            var answer = strict.admin().with("Accept", "text/event-stream").send(HttpMethod.GET);

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("POST");
        }
    }

    @Test
    void pitfall2AnUnknownSessionIsNotFound() {
        var client = admin.with("Mcp-Session-Id", "unknown");

        assertThat(client.post(client.message("tools/list", new JsonObject())).status())
                .isEqualTo(404);
        assertThat(client.send(HttpMethod.GET).status()).isEqualTo(404);
        assertThat(client.send(HttpMethod.DELETE).status()).isEqualTo(404);
    }

    @Test
    void pitfall2InitializeWithAStaleSessionStartsAFreshOne() {
        var session = LegacySession.open(admin.with("Mcp-Session-Id", "stale"), "2025-11-25");

        assertThat(session.send("tools/list", new JsonObject()).status()).isEqualTo(200);
    }

    @Test
    void pitfall3ASecondStreamReplacesTheFirst() {
        var session = LegacySession.open(admin, "2025-11-25");
        var first = session.open();

        var second = session.open();

        assertThat(second.status()).isEqualTo(200);
        first.awaitEnd();
        second.close();
    }

    @Test
    void pitfall4StreamsBeginAtOnceAndAreKeptAlive() {
        var done = Promise.<ToolOutcome>promise();
        new Probe(server).publish(Probe.tool("probe_slow", call -> done.future()));
        var listening = new ModernSession(admin)
                .stream("subscriptions/listen", new JsonObject().put("notifications", new JsonObject()));
        listening.notification("notifications/subscriptions/acknowledged");

        var slow = new ModernSession(admin).stream("tools/call", new JsonObject().put("name", "probe_slow"));

        assertThat(slow.headers().get("content-type")).isEqualTo("text/event-stream");
        assertThat(slow.next(event -> !event.comment().isEmpty() || event.data().isEmpty()))
                .isNotNull();
        done.complete(ToolResult.text("at last"));
        assertThat(slow.response().getJsonObject("result").getJsonArray("content"))
                .hasSize(1);
        listening.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "application/json, application/json",
                "text/event-stream, text/event-stream",
                "'application/json, text/event-stream', application/json",
                "'text/event-stream, application/json;q=0.5', application/json",
                "*/*, application/json",
                "text/html, application/json",
                "application/*, application/json",
                "APPLICATION/JSON, application/json",
            })
    void pitfall5EveryAcceptIsAnswered(String accept, String type) {
        var modern = new ModernSession(admin.with("Accept", accept)).send("tools/list", new JsonObject());
        var session = LegacySession.open(admin, "2025-11-25");
        var legacy =
                session.client().with("Accept", accept).post(session.client().message("tools/list", new JsonObject()));

        assertThat(modern.status()).isEqualTo(200);
        assertThat(modern.header("content-type")).isEqualTo(type);
        assertThat(modern.result().getJsonArray("tools")).isNotEmpty();
        assertThat(legacy.status()).isEqualTo(200);
        assertThat(legacy.result().getJsonArray("tools")).isNotEmpty();
    }

    @Test
    void pitfall5WhoTakesNoEventsGetsTheResultAlone() {
        var answer = new ModernSession(admin.with("Accept", "application/json"))
                .send(
                        "tools/call",
                        new JsonObject()
                                .put("name", "test_tool_with_progress")
                                .put("_meta", new JsonObject().put("progressToken", 1)));

        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.result().getJsonArray("content")).isNotEmpty();
    }

    @Test
    void pitfall5ARefusalKeepsItsStatusWhateverIsAccepted() {
        var session = new ModernSession(admin.with("Accept", "text/event-stream"));

        var unknown = session.send("no/such/method", new JsonObject());
        var incomplete = admin.with("Accept", "text/event-stream")
                .with("MCP-Protocol-Version", "2026-07-28")
                .post(session.message("tools/list", new JsonObject()));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.errorCode()).isEqualTo(-32601);
        assertThat(incomplete.status()).isEqualTo(400);
        assertThat(incomplete.errorCode()).isEqualTo(-32020);
    }

    @Test
    void pitfall5WhoTakesNoEventsCannotListen() {
        var answer = new ModernSession(admin.with("Accept", "application/json"))
                .send("subscriptions/listen", new JsonObject().put("notifications", new JsonObject()));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.errorCode()).isEqualTo(-32600);
    }

    @Test
    void pitfall6NotificationsAndResponsesAreAccepted() {
        var session = LegacySession.open(admin, "2025-11-25");
        var note = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/cancelled")
                .put("params", new JsonObject());
        var answers = List.of(
                session.notify("notifications/roots/list_changed", new JsonObject()),
                session.answer("never asked", new JsonObject()),
                admin.with("MCP-Protocol-Version", "2026-07-28").post(note));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("content-type")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "resources/list", "resources/templates/list", "prompts/list"})
    void pitfall7ListsHoldNoNulls(String method) {
        var modern = new ModernSession(admin).send(method, new JsonObject());
        var legacy = LegacySession.open(admin, "2025-11-25").send(method, new JsonObject());

        for (var answer : List.of(modern, legacy)) {
            assertThat(withoutSchemas(answer.result()).encode())
                    .doesNotContain("null")
                    .doesNotContain("\"nextCursor\"");
        }
    }

    @Test
    void pitfall7AnEmptyResultIsAnObject() {
        assertThat(LegacySession.open(admin, "2025-11-25")
                        .send("ping", new JsonObject())
                        .result())
                .isEmpty();
    }

    @Test
    void pitfall9StructuredContentHasATextCopyInEveryEra() {
        new Probe(server)
                .publish(Probe.tool(
                        "probe_json", call -> Future.succeededFuture(ToolResult.json(new JsonObject().put("a", 1)))));

        var modern =
                new ModernSession(admin).call("probe_json", new JsonObject()).result();
        var legacy = LegacySession.open(admin, "2025-06-18")
                .call("probe_json", new JsonObject())
                .result();
        var old = LegacySession.open(admin, "2025-03-26")
                .call("probe_json", new JsonObject())
                .result();

        assertThat(List.of(modern, legacy, old))
                .allSatisfy(result -> assertThat(
                                result.getJsonArray("content").getJsonObject(0).getString("text"))
                        .isEqualTo("{\"a\":1}"));
        assertThat(modern.getJsonObject("structuredContent")).isEqualTo(new JsonObject().put("a", 1));
        assertThat(legacy.getJsonObject("structuredContent")).isEqualTo(new JsonObject().put("a", 1));
        assertThat(old.containsKey("structuredContent")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource/mcp",
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
            })
    void pitfall11And16WithoutDiscoveryThereAreNoDocuments(String path, @TempDir Path other) {
        try (var quiet = TestServer.start(other, List.of(), PitfallsTest::withoutDiscovery)) {
            var answer = quiet.client().at(path).send(HttpMethod.GET);
            var refused = quiet.client().send(HttpMethod.GET);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"symbolai-mcp\"");
        }
    }

    private static ServerConfig withoutDiscovery(ServerConfig config) {
        var before = config.identity();
        var oauth = before.oauth();
        return ConfigChange.of(config)
                .identity(new IdentityConfig(
                        before.idle(),
                        before.longest(),
                        new OAuthConfig(
                                false,
                                oauth.allowedRedirects(),
                                oauth.accessToken(),
                                oauth.refreshToken(),
                                oauth.refreshGrace()),
                        before.passwords(),
                        before.provider()))
                .config();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, , ''",
        "POST, , ''",
        "DELETE, , ''",
        "GET, wrong, ', error=\"invalid_token\"'",
        "POST, wrong, ', error=\"invalid_token\"'",
    })
    void pitfall15EveryRefusalCarriesAChallenge(String method, String key, String error) {
        var client = key == null ? server.client() : server.client().withKey(key);

        var answer = client.send(HttpMethod.valueOf(method));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().getAll("WWW-Authenticate"))
                .containsExactly("Bearer resource_metadata=\"http://127.0.0.1:"
                        + server.server().port() + "/.well-known/oauth-protected-resource/api/mcp/sse\","
                        + " scope=\"mcp:tools:read\"" + error);
        assertThat(answer.errorCode()).isEqualTo(-32000);
        assertThat(answer.body()).doesNotContain("404").doesNotContain("405").doesNotContain("Not Found");
    }

    @Test
    void pitfall17TheEndpointEventKnowsThePrefixOfTheProxy(@TempDir Path other) {
        try (var proxied = TestServer.start(other, List.of(), http(config -> "127.0.0.1", true));
                var stream = proxied.admin()
                        .with("X-Forwarded-Prefix", "/tools")
                        .with("X-Forwarded-Host", "mcp.example.com")
                        .with("X-Forwarded-Proto", "https")
                        .open()) {
            assertThat(stream.next().data()).startsWith("/tools/api/mcp/sse?sessionId=");
        }
    }

    @Test
    void pitfall17AStrangersPrefixIsIgnored() {
        try (var stream = admin.with("X-Forwarded-Prefix", "/evil").open()) {
            assertThat(stream.next().data()).startsWith("/api/mcp/sse?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "2099-01-01, 2025-11-25",
        "1.0, 2025-11-25",
    })
    void pitfall18AnotherVersionIsOfferedNotRefused(String asked, String offered) {
        var session = LegacySession.open(admin, asked);

        assertThat(session.initialized().getString("protocolVersion")).isEqualTo(offered);
    }

    @Test
    void pitfall19InitializeMayFollowDiscover() {
        new ModernSession(admin).send("server/discover", new JsonObject());

        var session = LegacySession.open(admin, "2025-11-25");
        var unknown = session.send("no/such/method", new JsonObject());

        assertThat(unknown.errorCode()).isEqualTo(-32601);
        assertThat(session.send("ping", new JsonObject()).status()).isEqualTo(200);
    }

    @Test
    void pitfall20AllPathsAreTheSame() {
        for (var path : List.of("/api/mcp/sse", "/api/mcp", "/mcp")) {
            assertThat(new ModernSession(admin.at(path))
                            .send("tools/list", new JsonObject())
                            .status())
                    .isEqualTo(200);
            assertThat(LegacySession.open(admin.at(path), "2025-11-25").initialized())
                    .isNotEmpty();
            try (var stream = admin.at(path).open()) {
                assertThat(stream.next().data()).startsWith(path + "?sessionId=");
            }
        }
    }

    private static boolean isComment(SseEvent event) {
        return !event.comment().isEmpty();
    }

    private static JsonObject withoutSchemas(JsonObject result) {
        result.getJsonArray("tools", new JsonArray()).forEach(tool -> {
            ((JsonObject) tool).remove("inputSchema");
            ((JsonObject) tool).remove("outputSchema");
        });
        return result;
    }

    private static UnaryOperator<ServerConfig> http(Function<HttpConfig, String> proxy, boolean sse) {
        return config -> TestServer.withHttp(
                config,
                new HttpConfig(
                        "127.0.0.1",
                        0,
                        Optional.of(URI.create("https://mcp.example.com/tools")),
                        List.of(proxy.apply(config.http())),
                        List.of(),
                        sse,
                        1 << 20));
    }
}
