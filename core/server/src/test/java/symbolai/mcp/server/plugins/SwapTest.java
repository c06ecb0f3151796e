package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.plugins.HostFixture.get;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Unconnected;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Standing;
import symbolai.mcp.server.store.TaskStore;
import symbolai.mcp.server.tools.CallGate;
import symbolai.mcp.server.tools.CallOutcome;
import symbolai.mcp.server.tools.CatalogChange;
import symbolai.mcp.server.tools.Desks;
import symbolai.mcp.server.tools.Requester;
import symbolai.mcp.server.tools.Tasks;
import symbolai.mcp.server.tools.ToolInvoker;

/** Plugins are replaced again and again while calls of 50 to 500 ms are inside them. */
class SwapTest {

    private static final int CALLERS = 50;
    private static final int INSIDE = 20;

    private static final String WAITING = """
            private static final String VERSION = version();
            private static String version() {
                try (var in = TheFamily.class.getResourceAsStream("/version.txt")) {
                    return new String(in.readAllBytes());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            private static <T> Future<T> later(FamilyContext context, T value) {
                var millis = java.util.concurrent.ThreadLocalRandom.current().nextInt(50, 500);
                return Future.future(promise -> context.timers().once(Duration.ofMillis(millis), () -> promise.complete(value)));
            }
            """;

    private static final String TOOL = WAITING + """
              @Override public List<Tool> tools(FamilyContext context) {
                  return List.of(Tool.named("swap_wait")
                          .title("Wait")
                          .description("Waits a little and tells its version, which is " + VERSION + ".")
                          .annotations(ToolAnnotations.READ_ONLY)
                          .handler(call -> later(context, ToolResult.text(VERSION))));
              }
              """;

    private static final String CALLING_TOOL = """
            @Override public List<Tool> tools(FamilyContext context) {
                return List.of(tool("swap_wait", call -> call.connection()
                        .invoke(Operation.read("swap.version", new JsonObject(), call))
                        .map(reply -> ToolResult.text(reply.json().getString("version")))));
            }
            """;

    private static final String CONNECTOR = WAITING + """
              @Override public List<Connector> connectors(FamilyContext context) {
                  return List.of(new Connector() {
                      @Override public String id() { return "swap"; }
                      @Override public List<CredentialField> fields() { return List.of(); }
                      @Override public Future<Verified> verify(Credentials credentials, Upstream upstream) {
                          return Future.succeededFuture(Verified.account("swap", "swap"));
                      }
                      @Override public Connection open(Credentials credentials, Upstream upstream) { return connection(context); }
                  });
              }
              private static Connection connection(FamilyContext context) {
                  return new Connection() {
                      @Override public java.util.Set<String> operations() { return java.util.Set.of("swap.version"); }
                      @Override public Future<Reply> invoke(Operation operation) {
                          return later(context, new Reply(new JsonObject().put("version", VERSION)));
                      }
                      @Override public void close() {}
                  };
              }
              """;

    @TempDir
    private Path folder;

    private final Requester requester = new Requester(
            new Caller("local", "local", Role.ADMIN, Credential.LOCAL, "local"),
            "swap test",
            "cli",
            Set.of(),
            (done, total, message) -> {},
            (level, message) -> {},
            Cancellation.NEVER);
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> versions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<Integer, AtomicInteger> begun = new ConcurrentHashMap<>();
    private volatile int swap;
    private volatile boolean stopped;
    private HostFixture fixture;
    private AuditLog audit;
    private ToolInvoker invoker;

    @BeforeEach
    void make() {
        fixture = new HostFixture(folder);
        var config = new ToolsConfig(Duration.ofSeconds(30), 2 * CALLERS, false, true);
        var gate = new CallGate(
                new Policy(config), new Limits(LimitsConfig.NONE, Clock.systemUTC()), Standing.AS_ADMITTED);
        var connections = Unconnected.connections(fixture.vertx, fixture.connectors);
        audit = new AuditLog(
                fixture.vertx, fixture.data.resolve("audit"), new AuditConfig(AuditConfig.Durability.QUEUED));
        get(audit.start());
        var tasks = new Tasks(
                fixture.vertx, new TaskStore(fixture.database), fixture.catalogs, gate, audit, connections, config);
        invoker = new ToolInvoker(
                fixture.vertx,
                fixture.catalogs,
                gate,
                audit,
                connections,
                tasks,
                Desks.of(fixture.vertx, fixture.database, audit),
                config);
    }

    @AfterEach
    void close() {
        stopped = true;
        get(audit.close());
        fixture.close();
    }

    @Test
    void twoHundredReplacementsUnderLoadFailNoCallAndLeaveNoLoader() {
        int replacements = 200;
        plugin("swap", TOOL, 0);
        fixture.start();
        call(CALLERS);

        for (swap = 0; swap < replacements; ) {
            awaitCallsInside();
            replace("swap", TOOL, swap + 1);
        }
        stop();

        assertThat(failures).isEmpty();
        assertThat(versions).hasSize(replacements + 1);
        assertThat(fixture.changes).hasSize(replacements + 1).containsOnly(new CatalogChange(true, false, false));
        fixture.awaitQuiet();
        fixture.assertCollected(1);
        fixture.delete("swap.zip");
        fixture.settle();
        fixture.awaitQuiet();
        fixture.assertCollected(0);
    }

    @Test
    void aConnectorIsReplacedUnderLoadToo() {
        int replacements = 20;
        TestPlugin.of("front", "1.0.0", CALLING_TOOL).writeTo(fixture.zip("front.zip"));
        plugin("swap", CONNECTOR, 0);
        fixture.start();
        call(CALLERS);

        for (swap = 0; swap < replacements; ) {
            awaitCallsInside();
            replace("swap", CONNECTOR, swap + 1);
        }
        stop();

        assertThat(failures).isEmpty();
        assertThat(versions).hasSize(replacements + 1);
        fixture.awaitQuiet();
        fixture.assertCollected(2);
    }

    private void plugin(String id, String members, int number) {
        TestPlugin.of(id, "1.0." + number, members)
                .entry("classes/version.txt", "1.0." + number)
                .writeTo(fixture.zip(id + ".zip"));
    }

    private void replace(String id, String members, int number) {
        plugin(id, members, number);
        fixture.scan();
        fixture.scan();
        assertThat(fixture.states(id + ".zip")).containsExactly("LOADED 1.0." + number);
        swap = number;
    }

    private void awaitCallsInside() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> inside(swap) >= INSIDE);
    }

    private int inside(int number) {
        return begun.getOrDefault(number, new AtomicInteger()).get();
    }

    private void call(int callers) {
        for (int i = 0; i < callers; i++) {
            fixture.vertx.runOnContext(v -> call());
        }
    }

    /** Calls, and when the answer is there calls again. */
    private void call() {
        if (stopped) {
            return;
        }
        var inside = begun.computeIfAbsent(swap, it -> new AtomicInteger());
        inside.incrementAndGet();
        inFlight.incrementAndGet();
        invoker.call("swap_wait", new JsonObject(), Map.of(), new JsonObject(), requester)
                .onComplete((outcome, failure) -> {
                    note(outcome, failure);
                    inside.decrementAndGet();
                    inFlight.decrementAndGet();
                    call();
                });
    }

    private void note(CallOutcome outcome, Throwable failure) {
        answers.incrementAndGet();
        if (outcome instanceof CallOutcome.Done done && !done.result().isError()) {
            versions.add(((Content.Text) done.result().content().get(0)).text());
        } else {
            failures.add(outcome + " " + failure);
        }
    }

    private void stop() {
        awaitCallsInside();
        stopped = true;
        await().atMost(Duration.ofSeconds(20)).until(() -> inFlight.get() == 0);
        assertThat(answers.get()).isGreaterThan(INSIDE);
    }
}
