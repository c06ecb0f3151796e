package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.ProtocolVersion;

class SessionsInUseTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final int MANY = 4_000;
    private static final int LISTENING = 2_000;

    private final SessionsInUse sessions = new SessionsInUse();

    @AfterAll
    static void close() {
        VERTX.close().timeout(20, TimeUnit.SECONDS).await();
    }

    @Test
    void whoListensIsPassedOnceAndNotLookedAtAgainSoon() {
        for (int i = 0; i < MANY; i++) {
            var session = use(i);
            if (i < LISTENING) {
                session.listen(new FakeEvents(), Optional.empty());
            }
        }

        for (int i = 0; i < MANY; i++) {
            var least = sessions.leastUsed().orElseThrow();
            assertThat(least.claims().id()).isEqualTo("s" + (LISTENING + i));
            assertThat(i % 1_000 != 0 || sessions.all().get(0).equals(least))
                    .as("it stands first")
                    .isTrue();
            sessions.remove(least);
            use(MANY + i);
        }

        assertThat(sessions.size()).isEqualTo(MANY);
        assertThat(sessions.all().stream().filter(StreamableSession::isActive)).hasSize(LISTENING);
    }

    @Test
    void whatIsUsedAgainIsNotTheLeastUsed() {
        var first = use(0);
        var second = use(1);

        assertThat(sessions.leastUsed()).containsSame(first);
        assertThat(sessions.use("s0", 7)).containsSame(first);
        assertThat(sessions.leastUsed()).containsSame(second);
        assertThat(first.used()).isEqualTo(7);
        assertThat(sessions.use("s2", 8)).isEmpty();
    }

    private StreamableSession use(int number) {
        return sessions.use("s" + number, 0, () -> session("s" + number));
    }

    private static StreamableSession session(String id) {
        var client = new LegacyClient(ProtocolVersion.V2025_06_18, Set.of(), "many/1");
        var questions = new OpenQuestions(VERTX, new JsonRpcCodec(), Duration.ofMinutes(1), id);
        var conversation =
                new Conversation(client, "mcp", questions, Settings.NONE, settings -> Future.succeededFuture());
        return new StreamableSession(
                new SessionClaims(id, "ada", "LOCAL:local", client, Instant.EPOCH), conversation, id);
    }
}
