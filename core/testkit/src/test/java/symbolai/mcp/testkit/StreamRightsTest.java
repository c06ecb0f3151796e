package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.Server;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.NewKey;

/** What is open ends with the rights it was opened with, within five seconds. */
class StreamRightsTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final AtomicInteger USERS = new AtomicInteger();

    private static final Map<String, Function<McpClient, EventStream>> STREAMS = Map.of(
            "2024", McpClient::open,
            "2025", client -> LegacySession.open(client, "2025-11-25").open(),
            "2026", StreamRightsTest::listen);

    @TempDir
    static Path folder;

    private static TestServer server;

    /** A way to lose one's rights. */
    @FunctionalInterface
    private interface Loss {
        void happen(Server server, String user, String key);
    }

    private static final Map<String, Loss> LOSSES = Map.of(
            "the API key was revoked",
                    (server, user, key) -> server.apiKeys()
                            .revoke(Authenticator.localAdmin(), key)
                            .await(),
            "the user was removed",
                    (server, user, key) -> server.users()
                            .remove(Authenticator.localAdmin(), user)
                            .await(),
            "the user's role was changed",
                    (server, user, key) -> server.users()
                            .setRole(Authenticator.localAdmin(), user, Role.VIEWER)
                            .await());

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        server.key("root", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> everyLoss() {
        return STREAMS.keySet().stream().flatMap(era -> LOSSES.keySet().stream().map(loss -> Arguments.of(era, loss)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyLoss")
    void row40AStreamEndsWithTheRightsItWasOpenedWith(String era, String loss) {
        var user = "user-" + USERS.incrementAndGet();
        var lost = key(user);
        try (var stream = open(era, lost)) {
            var began = System.nanoTime();
            LOSSES.get(loss).happen(server.server(), user, lost.id());

            assertThat(stream.next(event -> event.comment().contains(loss)).comment())
                    .contains(loss);
            stream.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        }
    }

    @Test
    void row40TheStreamsOfOtherKeysGoOn() {
        var user = "user-" + USERS.incrementAndGet();
        var lost = key(user);
        var kept = server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), user, "kept", Optional.empty(), List.of())
                .await();
        try (var ending = open("2026", lost);
                var staying = open("2026", kept)) {
            server.server()
                    .apiKeys()
                    .revoke(Authenticator.localAdmin(), lost.id())
                    .await();
            ending.awaitEnd();

            new Probe(server).publishMany(1);
            assertThat(staying.notification("notifications/tools/list_changed")).isNotNull();
        }
    }

    @Test
    void row4ASessionBelongsToTheKeyThatBeganIt() {
        var user = "user-" + USERS.incrementAndGet();
        var session = LegacySession.open(client(key(user)), "2025-11-25");
        var other = server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), user, "other", Optional.empty(), List.of())
                .await();
        var foreign = session.at(client(other));

        assertThat(session.send("ping", new JsonObject()).status()).isEqualTo(200);
        assertThat(foreign.send("ping", new JsonObject()).status()).isEqualTo(404);
        assertThat(foreign.client().send(HttpMethod.GET).status()).isEqualTo(404);
        assertThat(foreign.client()
                        .with("Last-Event-ID", "x.1.1")
                        .send(HttpMethod.GET)
                        .status())
                .isEqualTo(404);
        assertThat(foreign.client().send(HttpMethod.DELETE).status()).isEqualTo(404);
        assertThat(session.send("ping", new JsonObject()).status()).isEqualTo(200);
    }

    private static EventStream open(String era, NewKey key) {
        var stream = STREAMS.get(era).apply(client(key));
        assertThat(stream.status()).isEqualTo(200);
        return stream;
    }

    private static EventStream listen(McpClient client) {
        var session = new ModernSession(client);
        var stream = session.stream(
                "subscriptions/listen",
                new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true)));
        stream.notification("notifications/subscriptions/acknowledged");
        return stream;
    }

    private static McpClient client(NewKey key) {
        return server.client().withKey(key.key().reveal());
    }

    private static NewKey key(String user) {
        server.server()
                .users()
                .createWithoutPassword(Authenticator.localAdmin(), user, Role.ADMIN)
                .await();
        return server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), user, "test", Optional.empty(), List.of())
                .await();
    }
}
