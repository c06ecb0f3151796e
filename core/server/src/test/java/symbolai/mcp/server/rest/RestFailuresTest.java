package symbolai.mcp.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.connections.ConnectStates;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.UsedStateStore;
import symbolai.mcp.server.tools.InternalFailure;

class RestFailuresTest {

    private final RestFailures production = new RestFailures(false, Clock.systemUTC());
    private final RestFailures development = new RestFailures(true, Clock.systemUTC());

    @Test
    void detailsAreForDevelopmentOnly() {
        var bug = new InternalFailure("id-1", new IllegalStateException("inside"));

        assertThat(body(production.answer(bug)).fieldNames()).containsExactly("error", "code");
        assertThat(body(development.answer(bug)).getString("details")).contains("inside");
        assertThat(body(production.answer(new ToolException(Reason.INVALID, "no")))
                        .containsKey("details"))
                .isFalse();
        assertThat(body(development.answer(new ToolException(Reason.INVALID, "no")))
                        .containsKey("details"))
                .isTrue();
    }

    @Test
    void anAuditLogThatCannotBeWrittenIsNoBug(@TempDir Path folder) {
        var vertx = Vertx.vertx();
        var closed = new AuditLog(vertx, folder, new AuditConfig(AuditConfig.Durability.DURABLE));
        var failure = closed.append(new AuditRecord(Instant.EPOCH, "audit.read", new JsonObject()))
                .cause();
        vertx.close().await();

        var answer = production.answer(failure);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(body(answer).getString("code")).isEqualTo("UNAVAILABLE");
        assertThat(body(answer).getString("error")).contains("the server's audit log cannot be written");
    }

    @Test
    void aStateThatIsTooOldSaysSo(@TempDir Path folder) {
        var vertx = Vertx.vertx();
        var clock = new HandClock();
        var used = new UsedStateStore(new Database(vertx, folder.resolve("unused.db")));
        var states = new ConnectStates(MasterKey.of(new byte[MasterKey.LENGTH]), used, clock);
        var state = states.issue(McpHouse.caller("ada"), "cloudflare", "shop");

        clock.advance(ConnectStates.LIFE.plus(Duration.ofSeconds(1)));
        var failure = states.redeem(McpHouse.caller("ada"), state).cause();
        var answer = production.answer(failure);
        vertx.close().await();

        assertThat(answer.status()).isEqualTo(409);
        assertThat(body(answer).getString("code")).isEqualTo("STATE_EXPIRED");
    }

    private static JsonObject body(RestAnswer answer) {
        return ((RestAnswer.Whole) answer).body().toJsonObject();
    }
}
