package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.plugins.HostFixture.get;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyValueStore;
import symbolai.mcp.server.store.SqliteHost;

class LentContextTest {

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SqliteHost databases = new SqliteHost(vertx, 1);
    private final List<String> updated = new CopyOnWriteArrayList<>();
    private LentContext context;

    @BeforeEach
    void make() {
        context = new LentContext(
                "dice",
                new JsonObject().put("sides", 6),
                folder,
                new LentHttpClient(vertx),
                new LentTimers(vertx, ((VertxInternal) vertx).createEventLoopContext()),
                new LentThreads(vertx.createSharedWorkerExecutor("test", LentThreads.THREADS)),
                new LentDatabases(databases, folder),
                new KeyValueStore(new Database(vertx, folder.resolve("unused.db"))).of("dice"),
                updated::add);
    }

    @AfterEach
    void close() {
        get(context.close());
        get(databases.close());
        get(vertx.close());
    }

    @Test
    void theConfigurationIsACopyEachTime() {
        context.config().put("sides", 20);

        assertThat(context.config().getInteger("sides")).isEqualTo(6);
    }

    @Test
    void theHttpClientIsTheSameEachTime() {
        assertThat(context.httpClient()).isSameAs(context.httpClient());
    }

    @Test
    void timersRunOnAnEventLoopUntilTheyAreCancelled() {
        var ticks = new AtomicInteger();
        var third = Promise.<Thread>promise();

        var timer = context.timers().every(Duration.ofMillis(1), () -> {
            if (ticks.incrementAndGet() == 3) {
                third.complete(Thread.currentThread());
            }
        });
        var thread = get(third.future());
        timer.cancel();
        int after = ticks.get();
        get(vertx.timer(30));

        assertThat(thread.getName()).contains("eventloop");
        assertThat(ticks.get()).isLessThanOrEqualTo(after + 1);
    }

    @Test
    void aTimerThatIsCancelledAtOnceNeverRuns() {
        var ran = new AtomicInteger();

        context.timers().once(Duration.ZERO, ran::incrementAndGet).cancel();
        get(vertx.timer(30));

        assertThat(ran).hasValue(0);
    }

    @Test
    void workBeyondTheBoundIsRefusedAndTheRestIsDone() {
        var gate = new CountDownLatch(1);

        var work = IntStream.range(0, 300)
                .mapToObj(i -> context.blocking(() -> {
                    gate.await();
                    return i;
                }))
                .toList();
        var refused = work.stream().filter(Future::failed).toList();
        gate.countDown();
        var done = work.stream().filter(it -> !refused.contains(it)).toList();
        get(Future.all(done));

        assertThat(refused).hasSize(300 - 256);
        assertThat(refused.get(0).cause())
                .isInstanceOfSatisfying(
                        ToolException.class, it -> assertThat(it.reason()).isEqualTo(ToolException.Reason.UNAVAILABLE));
        assertThat(get(context.blocking(() -> "free again"))).isEqualTo("free again");
    }

    @Test
    void aDatabaseToWriteLiesInThePluginsFolder() {
        for (var path : List.of("../other.db", "/tmp/other.db", "a/../../other.db")) {
            assertThatThrownBy(() -> get(context.sqlite(Path.of(path), Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT)))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path);
        }
        get(context.sqlite(Path.of("own.db"), Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT));

        assertThat(folder.resolve("own.db")).exists();
    }

    @Test
    void nothingIsLentAfterTheEnd() {
        get(context.close());

        Stream.<Runnable>of(
                        context::httpClient,
                        () -> context.timers().once(Duration.ofMillis(1), () -> {}),
                        () -> get(context.blocking(() -> 1)),
                        () -> get(context.sqlite(Path.of("a.db"), Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT)))
                .forEach(use -> assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the plugin is unloaded"));
        context.resourceUpdated("dice://1");
        assertThat(updated).isEmpty();
    }
}
