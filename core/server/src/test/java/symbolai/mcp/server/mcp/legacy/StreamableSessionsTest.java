package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SessionStore;
import symbolai.mcp.server.tools.Catalogs;

class StreamableSessionsTest {

    private static final Caller ADA = McpHouse.caller("ada");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HandClock clock = new HandClock();
    private Database database;

    @BeforeEach
    void open() {
        database = new Database(vertx, folder.resolve("sessions.db"));
        McpHouse.done(database.start());
    }

    @AfterEach
    void close() {
        McpHouse.done(database.close());
        McpHouse.done(vertx.close());
    }

    @Test
    void theSessionGoesThatWasNotUsedForTheLongestTime() {
        var sessions = sessions(1_000);
        var ids = minted(sessions, 1_000);
        var inMemory = ids.stream().map(id -> find(sessions, id)).toList();
        find(sessions, ids.get(0));
        inMemory.get(1).listen(new FakeEvents(), Optional.empty());

        minted(sessions, 10).forEach(id -> find(sessions, id));

        assertThat(sessions.inMemory()).isEqualTo(1_000);
        for (int i : List.of(0, 1, 12, 13, 999)) {
            assertThat(find(sessions, ids.get(i))).as("session %s", i).isSameAs(inMemory.get(i));
        }
        for (int i = 2; i < 12; i++) {
            assertThat(find(sessions, ids.get(i))).as("session %s", i).isNotSameAs(inMemory.get(i));
        }
    }

    @Test
    void whereEverybodyListensNobodyHasToGo() {
        var sessions = sessions(100);
        var listening = minted(sessions, 100).stream()
                .map(id -> find(sessions, id))
                .map(StreamableSessionsTest::listening)
                .toList();
        var another = minted(sessions, 1).get(0);

        assertThatThrownBy(() -> find(sessions, another)).hasMessageContaining("too many sessions");

        assertThat(listening).allMatch(FakeEvents::isOpen);
        listening.get(50).end();
        clock.advance(Duration.ofSeconds(1));
        assertThat(find(sessions, another)).isNotNull();
        assertThat(sessions.inMemory()).isEqualTo(100);
    }

    private static FakeEvents listening(StreamableSession session) {
        var events = new FakeEvents();
        session.listen(events, Optional.empty());
        return events;
    }

    private StreamableSessions sessions(int limit) {
        var random = new SecureRandom();
        var codec = new JsonRpcCodec();
        return new StreamableSessions(
                vertx,
                new SessionIds(MasterKey.of(new byte[MasterKey.LENGTH]).signer("session"), clock, random),
                new WrongIds(clock),
                new SessionStore(database),
                new Announcements(new Catalogs(), (caller, uri) -> true, codec),
                codec,
                new Nonces(random),
                clock,
                limit);
    }

    private static List<String> minted(StreamableSessions sessions, int count) {
        var client = new LegacyClient(ProtocolVersion.V2025_06_18, Set.of(), "many/1");
        return Stream.generate(() -> sessions.mint(client, ADA)).limit(count).toList();
    }

    private static StreamableSession find(StreamableSessions sessions, String id) {
        return sessions.find(id, ADA).timeout(20, TimeUnit.SECONDS).await();
    }
}
