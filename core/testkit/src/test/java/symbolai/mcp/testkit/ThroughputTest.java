package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.ServerConfig;

/**
 * What audit, policy and limits cost: the throughput of a tool that does nothing, as ratios to requests of the same server that none of
 * them concern. Measured in one run, in turns, so that whatever else the machine does meets all alike. The audit cannot be switched off.
 */
class ThroughputTest {

    private static final Logger LOG = LoggerFactory.getLogger(ThroughputTest.class);
    private static final int AT_ONCE = 64;
    private static final int TURNS = Boolean.getBoolean("long") ? 20 : 3;
    private static final Duration TURN = Duration.ofMillis(Boolean.getBoolean("long") ? 3000 : 700);
    private static final String PLAIN = "server/discover: no audit, no policy, no limits";
    private static final String QUEUED = "audit queued, no rules, no limits";
    private static final String DURABLE = "audit durable, no rules, no limits";
    private static final String QUEUED_RULED = "audit queued, 50 rules, limits";
    private static final String DURABLE_RULED = "audit durable, 50 rules, limits";

    @TempDir
    Path folder;

    @Test
    void throughputIsReportedAsRatios() {
        try (var plain = server("plain", Durability.QUEUED, LimitsConfig.NONE);
                var synced = server("synced", Durability.DURABLE, LimitsConfig.NONE);
                var queued = server("queued", Durability.QUEUED, limits());
                var durable = server("durable", Durability.DURABLE, limits())) {
            var plainClient = plain.admin();
            var syncedClient = synced.admin();
            var queuedClient = ruled(queued);
            var durableClient = ruled(durable);
            Map<String, Supplier<Future<HttpAnswer>>> kinds = new LinkedHashMap<>();
            kinds.put(PLAIN, () -> new ModernSession(plainClient).sendLater("server/discover", new JsonObject()));
            kinds.put(QUEUED, () -> call(plainClient));
            kinds.put(QUEUED_RULED, () -> call(queuedClient));
            kinds.put(DURABLE, () -> call(syncedClient));
            kinds.put(DURABLE_RULED, () -> call(durableClient));

            var done = measured(kinds);

            var whole = (double) done.get(PLAIN);
            done.forEach((kind, count) -> LOG.atInfo()
                    .addKeyValue("kind", kind)
                    .addKeyValue("aSecond", count * 1000 / (TURNS * TURN.toMillis()))
                    .addKeyValue("ratio", String.format(Locale.ROOT, "%.2f", count / whole))
                    .log("throughput"));
            report("policy and limits, audit queued", done.get(QUEUED_RULED), done.get(QUEUED));
            report("policy and limits, audit durable", done.get(DURABLE_RULED), done.get(DURABLE));
            report("durability", done.get(DURABLE), done.get(QUEUED));
            assertThat(done.values()).allMatch(count -> count > 0);
        }
    }

    /** What one thing costs the same tool. */
    private static void report(String cost, long with, long without) {
        LOG.atInfo()
                .addKeyValue("cost", cost)
                .addKeyValue("ratio", String.format(Locale.ROOT, "%.2f", (double) with / without))
                .log("throughput");
    }

    private Map<String, Long> measured(Map<String, Supplier<Future<HttpAnswer>>> kinds) {
        var done = new LinkedHashMap<String, Long>();
        for (int turn = -1; turn < TURNS; turn++) {
            boolean isWarm = turn >= 0;
            kinds.forEach((kind, request) -> done.merge(kind, isWarm ? turn(request) : 0 * turn(request), Long::sum));
        }
        return done;
    }

    private static long turn(Supplier<Future<HttpAnswer>> request) {
        var goOn = new AtomicBoolean(true);
        var count = new AtomicLong();
        var callers = IntStream.range(0, AT_ONCE)
                .mapToObj(caller -> again(request, goOn, count))
                .toList();
        var end = System.nanoTime() + TURN.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(
                    end - System.nanoTime()); // A thread that turned here would take a core from the server.
        }
        goOn.set(false);
        Future.all(callers).timeout(30, TimeUnit.SECONDS).await();
        return count.get();
    }

    private static Future<Void> again(Supplier<Future<HttpAnswer>> request, AtomicBoolean goOn, AtomicLong count) {
        return request.get().compose(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("isError\":true").doesNotContain("\"error\"");
            count.incrementAndGet();
            return goOn.get() ? again(request, goOn, count) : Future.succeededFuture();
        });
    }

    private static Future<HttpAnswer> call(McpClient client) {
        return new ModernSession(client)
                .sendLater(
                        "tools/call",
                        new JsonObject().put("name", "probe_nothing").put("arguments", new JsonObject()));
    }

    private TestServer server(String name, Durability durability, LimitsConfig limits) {
        var server = TestServer.start(folder.resolve(name), List.of(), config -> changed(config, durability, limits));
        new Probe(server).publish(Probe.tool("probe_nothing", call -> Future.succeededFuture(ToolResult.text("done"))));
        return server;
    }

    private static ServerConfig changed(ServerConfig config, Durability durability, LimitsConfig limits) {
        return ConfigChange.of(config)
                .audit(new AuditConfig(durability))
                .limits(limits)
                .config();
    }

    /** Limits that are counted and never reached. */
    private static LimitsConfig limits() {
        return new LimitsConfig(900_000_000, 900_000_000, 100_000, Map.of("probe_*", 900_000_000), List.of());
    }

    /** An admin of a server with rules that are about others. */
    private static McpClient ruled(TestServer server) {
        var admin = server.admin();
        for (int i = 0; i < 50; i++) {
            var rule = new JsonObject()
                    .put("id", "others-" + i)
                    .put("effect", i % 2 == 0 ? "allow" : "deny")
                    .put("users", new JsonArray().add("nobody-" + i))
                    .put("tools", new JsonArray().add("d1_*").add("probe_*"));
            var answer = admin.at("/api/mcp/policy/add").post(new JsonObject().put("rule", rule));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        return admin;
    }
}
