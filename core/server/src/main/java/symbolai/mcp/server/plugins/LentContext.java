package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.KeyValues;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.Timers;

/** All that the host lends to one version of a plugin, taken back at once. */
final class LentContext implements FamilyContext {

    private final String plugin;
    private final JsonObject config;
    private final Path folder;
    private final LentHttpClient httpClient;
    private final LentTimers timers;
    private final LentThreads threads;
    private final LentDatabases databases;
    private final KeyValues keyValues;
    private final Consumer<String> onResourceUpdated;
    private volatile Runnable onChanged = () -> {};
    private volatile boolean closed;

    LentContext(
            String plugin,
            JsonObject config,
            Path folder,
            LentHttpClient httpClient,
            LentTimers timers,
            LentThreads threads,
            LentDatabases databases,
            KeyValues keyValues,
            Consumer<String> onResourceUpdated) {
        this.plugin = plugin;
        this.config = config;
        this.folder = folder;
        this.httpClient = httpClient;
        this.timers = timers;
        this.threads = threads;
        this.databases = databases;
        this.keyValues = keyValues;
        this.onResourceUpdated = onResourceUpdated;
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
        return LoggerFactory.getLogger("plugin." + plugin);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public HttpClient httpClient() {
        return httpClient.get();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public KeyValues keyValues() {
        return keyValues;
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        if (closed) {
            return Future.failedFuture(new IllegalStateException("the plugin is unloaded"));
        }
        return threads.run(work);
    }

    @Override
    public Future<Sqlite> sqlite(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        return databases.open(file, mode, limits);
    }

    @Override
    public void changed() {
        if (!closed) {
            onChanged.run();
        }
    }

    @Override
    public void resourceUpdated(String uri) {
        if (!closed) {
            onResourceUpdated.accept(uri);
        }
    }

    /** Who hears that the lists have changed. */
    void onChanged(Runnable listener) {
        onChanged = listener;
    }

    /** Takes everything back; the future succeeds when nothing of it is open, whatever went wrong on the way. */
    Future<Void> close() {
        closed = true;
        timers.close();
        return Future.join(List.of(httpClient.close(), databases.close(), threads.close()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
