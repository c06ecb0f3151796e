package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.ServerConfig;

/** How often callers may call when nothing is set. */
class DefaultLimitsTest {

    private static final int PER_MINUTE = 100;

    @TempDir
    Path folder;

    @Test
    void whoCallsWithAKeyMakesAHundredCallsAMinute() {
        try (var server = server(UnaryOperator.identity())) {
            var session = new ModernSession(server.client("ada", Role.ADMIN));
            var began = System.nanoTime();

            int made = 0;
            while (made < 2 * PER_MINUTE && !isRefused(session)) {
                made++;
            }

            // The allowance grows by one call every 600 ms while they are made.
            var grown = Duration.ofNanos(System.nanoTime() - began).toMillis() * PER_MINUTE / 60_000 + 1;
            assertThat(made).isBetween(PER_MINUTE, PER_MINUTE + (int) grown);
            assertThat(isRefused(new ModernSession(server.client("bob", Role.ADMIN))))
                    .isFalse();
        }
    }

    @Test
    void whoOwnsTheMachineIsNotCounted() {
        try (var server = server(TestServer::withoutKeys)) {
            var session = new ModernSession(server.client());

            for (int i = 0; i < 2 * PER_MINUTE; i++) {
                assertThat(isRefused(session)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 10, 200", "8300, 10, 414", "10, 32000, 200", "10, 33000, 431"})
    void theRequestLineAndTheHeadersHaveALimit(int line, int header, int status) throws IOException {
        try (var server = server(UnaryOperator.identity())) {
            var answered = new RawHttp(server.server().port())
                    .status(
                            "GET /livez?" + "x".repeat(line) + " HTTP/1.1",
                            "Host: localhost",
                            "X-Long: " + "x".repeat(header));

            assertThat(answered).isEqualTo(status);
        }
    }

    private TestServer server(UnaryOperator<ServerConfig> more) {
        var server = TestServer.start(
                folder,
                List.of(),
                config -> more.apply(
                        ConfigChange.of(config).limits(LimitsConfig.DEFAULT).config()));
        new Probe(server).publish(Probe.tool("probe_nothing", call -> Future.succeededFuture(ToolResult.text("done"))));
        return server;
    }

    private static boolean isRefused(ModernSession session) {
        var result = session.call("probe_nothing", new JsonObject()).result();
        if (!result.getBoolean("isError", false)) {
            return false;
        }
        assertThat(result.encode()).contains("you may make 100 calls a minute");
        return true;
    }
}
