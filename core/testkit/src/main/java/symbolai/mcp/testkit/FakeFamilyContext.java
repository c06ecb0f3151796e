package symbolai.mcp.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.KeyValues;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.Timers;
import symbolai.mcp.server.plugins.LentHttpClient;
import symbolai.mcp.server.store.SqliteHost;

/** Lends to a plugin under test what a server would, without a server; SQLite is the real one. */
public final class FakeFamilyContext implements FamilyContext, AutoCloseable {

    private final String plugin;
    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final SqliteHost sqlite = new SqliteHost(vertx, 2);
    private final FakeKeyValues keyValues = new FakeKeyValues();
    private final HttpClient httpClient = LentHttpClient.create(vertx);
    private final JsonObject config;
    private final List<String> updated = new CopyOnWriteArrayList<>();

    public FakeFamilyContext(String plugin, Path folder) {
        this(plugin, folder, new JsonObject());
    }

    /** With a configuration section for the plugin. */
    public FakeFamilyContext(String plugin, Path folder, JsonObject config) {
        this.plugin = plugin;
        this.folder = folder;
        this.config = config.copy();
    }

    /** The URIs of resources that were said to have new contents. */
    public List<String> updated() {
        return updated;
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public JsonObject config() {
        return config.copy();
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(plugin);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public HttpClient httpClient() {
        return httpClient;
    }

    @Override
    public Timers timers() {
        return new FakeTimers(vertx);
    }

    @Override
    public KeyValues keyValues() {
        return keyValues;
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    @Override
    public Future<Sqlite> sqlite(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        return sqlite.open(file, mode, limits);
    }

    @Override
    public void changed() {
        // Nobody lists anything here.
    }

    @Override
    public void resourceUpdated(String uri) {
        updated.add(uri);
    }

    @Override
    public void close() {
        Answers.await(sqlite.close().eventually(vertx::close));
    }

    private record FakeTimers(Vertx vertx) implements Timers {

        @Override
        public Timer once(Duration delay, Runnable task) {
            var id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> task.run());
            return () -> vertx.cancelTimer(id);
        }

        @Override
        public Timer every(Duration interval, Runnable task) {
            var id = vertx.setPeriodic(Math.max(1, interval.toMillis()), fired -> task.run());
            return () -> vertx.cancelTimer(id);
        }
    }
}
