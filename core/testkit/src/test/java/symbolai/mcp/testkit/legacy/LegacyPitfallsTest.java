package symbolai.mcp.testkit.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.testkit.LegacySession;
import symbolai.mcp.testkit.ModernSession;
import symbolai.mcp.testkit.TestServer;

/** What went wrong between other servers and the clients of the eras that begin with initialize; the numbers are those of the collection. */
class LegacyPitfallsTest {

    private static final JsonObject NOTHING = new JsonObject();
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.open(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pitfall1AGetWithoutAStreamIs405(@TempDir Path other) {
        try (var strict = TestServer.start(other, List.of(), LegacyPitfallsTest::withoutSse)) {
            var answer = strict.client().send(HttpMethod.GET);

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET", "POST", "DELETE");
            assertThat(answer.errorCode()).isEqualTo(-32000);
        }
        assertThat(server.client()
                        .with("Accept", "application/json")
                        .send(HttpMethod.GET)
                        .status())
                .isEqualTo(405);
    }

    @Test
    void pitfall1ABareGetSaysAtOnceWhereMessagesGo() {
        try (var stream = server.client().open()) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.next().name()).isEqualTo("endpoint");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void pitfall2AnUnknownSessionIsAPlain404(String method) {
        var client = server.client().with("Mcp-Session-Id", "1868a90c-1d2e-4f5a-8a5b-000000000000");

        var answer = method.equals("POST") ? client.post(PING) : client.send(HttpMethod.valueOf(method));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.errorCode()).isEqualTo(-32000);
    }

    @Test
    void pitfall2InitializeWithAStaleIdBeginsAFreshSession() {
        var session = LegacySession.open(server.client().with("Mcp-Session-Id", "stale"), "2025-11-25");

        assertThat(session.id()).isNotEqualTo("stale");
        assertThat(session.send("ping", NOTHING).status()).isEqualTo(200);
    }

    @Test
    void pitfall2ASessionWithoutItsIdIs400() {
        assertThat(server.client().post(PING).status()).isEqualTo(400);
        assertThat(server.client().send(HttpMethod.DELETE).status()).isEqualTo(400);
    }

    @Test
    void pitfall3TheSecondStreamReplacesTheFirst() {
        var session = LegacySession.open(server.client(), "2025-06-18");
        var first = session.open();

        try (var second = session.open()) {
            first.awaitEnd();
            session.call("test_trigger_prompt_change", NOTHING);

            assertThat(second.status()).isEqualTo(200);
            second.notification("notifications/prompts/list_changed");
        }
    }

    @Test
    void pitfall4StreamsBeginAtOnceAndAreNeverSilentForLong() {
        var session = LegacySession.open(server.client(), "2025-06-18");

        try (var stream = session.open()) {
            stream.next(event -> !event.comment().isEmpty() || event.data().isEmpty());
            stream.next(event -> !event.comment().isEmpty() || event.data().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "text/event-stream, text/event-stream",
        "*/*, application/json",
        "'application/json;q=0.5, text/event-stream', application/json",
        "text/html, application/json",
        "'APPLICATION/JSON, TEXT/EVENT-STREAM', application/json"
    })
    void pitfall5AnyAcceptIsAnsweredInAFormThatItTakes(String accept, String type) {
        var session = LegacySession.open(server.client().with("Accept", accept), "2025-06-18");

        var answer = session.send("tools/list", NOTHING);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
        assertThat(answer.result().getJsonArray("tools")).isNotEmpty();
    }

    @Test
    void pitfall6NotificationsAndResponsesAreAnsweredWithNothing() {
        var session = LegacySession.open(server.client(), "2025-06-18");

        var notified = session.notify("notifications/initialized", NOTHING);
        var answered = session.answer("nobody asked", NOTHING);

        for (var answer : List.of(notified, answered)) {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().contains("Content-Type")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
    void pitfall7NothingIsNull(String version) {
        var session = LegacySession.open(server.client(), version);

        for (var method : List.of("tools/list", "prompts/list", "resources/list", "resources/templates/list")) {
            var result = session.send(method, NOTHING).result();

            assertThat(hasNull(result)).as(method).isFalse();
            assertThat(result.containsKey("nextCursor")).isFalse();
        }
        assertThat(hasNull(session.initialized())).isFalse();
        assertThat(session.send("ping", NOTHING).body()).endsWith("\"result\":{}}");
    }

    @Test
    void pitfall17TheEndpointKnowsThePrefixOfATrustedProxy(@TempDir Path other) {
        try (var proxied = TestServer.start(other, List.of(), LegacyPitfallsTest::behindProxy);
                var stream =
                        proxied.client().with("X-Forwarded-Prefix", "/tools").open();
                var stranger =
                        server.client().with("X-Forwarded-Prefix", "/tools").open()) {
            assertThat(stream.next().data()).startsWith("/tools/api/mcp/sse?sessionId=");
            assertThat(stranger.next().data()).startsWith("/api/mcp/sse?sessionId=");
        }
    }

    @ParameterizedTest
    @CsvSource({"2031-01-01, 2025-11-25", "2026-07-28, 2025-11-25", "2025-06-18, 2025-06-18", "2024-11-05, 2024-11-05"})
    void pitfall18VersionsAreCounterOffered(String requested, String agreed) {
        var session = LegacySession.open(server.client(), requested);

        assertThat(session.initialized().getString("protocolVersion")).isEqualTo(agreed);
        assertThat(session.send("ping", NOTHING).status()).isEqualTo(200);
    }

    @Test
    void pitfall18AnotherVersionInTheHeaderIsRefused() {
        var session = LegacySession.open(server.client(), "2025-06-18");

        var unknown =
                session.client().with("MCP-Protocol-Version", "2031-01-01").post(PING);
        var other = session.client().with("MCP-Protocol-Version", "2025-03-26").post(PING);

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void pitfall19InitializeFollowsDiscoverOnOneConnection() {
        var client = server.client();

        var discovered = new ModernSession(client).send("server/discover", NOTHING);
        var session = LegacySession.open(client, "2025-11-25");

        assertThat(discovered.status()).isEqualTo(200);
        assertThat(session.send("ping", NOTHING).status()).isEqualTo(200);
    }

    @Test
    void pitfall20AStreamMayBeOpenedAfterAPostThatFailed() {
        var client = server.client();
        var refused = client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

        try (var stream = client.open()) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(stream.next().name()).isEqualTo("endpoint");
        }
    }

    private static ServerConfig withoutSse(ServerConfig config) {
        var http = config.http();
        return TestServer.withHttp(
                TestServer.withoutKeys(config),
                new HttpConfig(
                        http.host(), http.port(), Optional.empty(), List.of(), List.of(), false, http.maxBodyBytes()));
    }

    private static ServerConfig behindProxy(ServerConfig config) {
        var http = config.http();
        return TestServer.withHttp(
                TestServer.withoutKeys(config),
                new HttpConfig(
                        http.host(),
                        http.port(),
                        Optional.empty(),
                        List.of("127.0.0.0/8"),
                        List.of(),
                        true,
                        http.maxBodyBytes()));
    }

    private static boolean hasNull(Object value) {
        if (value instanceof JsonObject object) {
            return object.stream().anyMatch(member -> hasNull(member.getValue()));
        }
        if (value instanceof JsonArray array) {
            return array.stream().anyMatch(LegacyPitfallsTest::hasNull);
        }
        return value == null;
    }
}
