package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.config.PluginsConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.plugins.PluginStatus.State;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyValueStore;
import symbolai.mcp.server.store.SqliteHost;
import symbolai.mcp.server.tools.CatalogChange;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Entry;

/** A plugin host with all it needs, a plugins folder, and what a test wants to know of them. Scans happen when the test says so. */
final class HostFixture implements AutoCloseable {

    /** Short, so that a test of one that is reached does not take long. */
    private static final TimeLimits LIMITS =
            new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1));

    final Vertx vertx = Vertx.vertx();
    final Path plugins;
    final Path data;
    final Catalogs catalogs = new Catalogs();
    final Connectors connectors = new Connectors();
    final List<CatalogChange> changes = new CopyOnWriteArrayList<>();
    final Database database;
    final SqliteHost databases;
    PluginHost host;
    /** The class loaders of all families that were made, whatever became of them; each family adds its own. */
    final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

    private final PluginsConfig section;

    HostFixture(Path folder) {
        this(folder, Duration.ofHours(1), Duration.ofSeconds(10), Map.of());
    }

    HostFixture(Path folder, Duration scan, Duration drain, Map<String, JsonObject> config) {
        System.getProperties().put("symbolai.test.loaders", loaders);
        plugins = folder.resolve("plugins");
        section = new PluginsConfig(plugins, scan, drain, config);
        data = folder.resolve("data");
        try {
            Files.createDirectories(plugins);
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = new Database(vertx, data.resolve("server.db"));
        get(database.start());
        databases = new SqliteHost(vertx, 2);
        host = newHost();
        catalogs.onChange(changes::add);
    }

    private PluginHost newHost() {
        return new PluginHost(
                vertx, section, data, catalogs, connectors, databases, new KeyValueStore(database), LIMITS);
    }

    HostFixture start() {
        get(host.start());
        return this;
    }

    /** What a new process would see. */
    void restart() {
        get(host.close());
        host = newHost();
        start();
    }

    Path zip(String name) {
        return plugins.resolve(name);
    }

    void scan() {
        get(host.scan());
    }

    /** As many looks as a zip needs to count, and one more for those that had to wait for others. */
    void settle() {
        scan();
        scan();
        scan();
    }

    void delete(String name) {
        try {
            Files.delete(zip(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> tools() {
        return catalogs.current().tools().stream().map(Tool::name).toList();
    }

    Entry<Tool> tool(String name) {
        return catalogs.current().tool(name).orElseThrow();
    }

    /** The state and version of the zip, such as {@code LOADED 1.0.0}, one for each version that is not on its way out. */
    List<String> states(String file) {
        return host.list().stream()
                .filter(status -> status.file().equals(file) && status.state() != State.DRAINING)
                .map(status -> status.state() + " " + status.version())
                .toList();
    }

    /** Why the zip is refused. */
    List<String> problems(String file) {
        return host.list().stream()
                .filter(status -> status.file().equals(file) && status.state() == State.REFUSED)
                .flatMap(status -> status.problems().stream())
                .toList();
    }

    /** Waits until nothing drains. */
    void awaitQuiet() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> host.list().stream().noneMatch(status -> status.state() == State.DRAINING));
    }

    /** Waits until no more than these loaders are alive. */
    void assertCollected(int alive) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(loaders).isNotEmpty();
                    assertThat(loaders.stream()
                                    .map(WeakReference::get)
                                    .filter(Objects::nonNull)
                                    .distinct())
                            .hasSize(alive);
                });
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        get(host.close().otherwiseEmpty());
        get(databases.close());
        get(database.close());
        get(vertx.close());
        System.getProperties().remove("symbolai.test.loaders");
    }
}
