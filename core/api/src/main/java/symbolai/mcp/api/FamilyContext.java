package symbolai.mcp.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;

/**
 * What the host lends to one plugin. Everything lent is closed by the host when the plugin is unloaded, so a plugin that takes its
 * clients, timers and threads from here leaves nothing behind.
 *
 * <p>All methods may be called from any thread.
 */
public interface FamilyContext {

    /** The plugin's id, as its {@code plugin.properties} gives it. */
    String plugin();

    /** The configuration section {@code plugins.config.<id>}, empty when there is none. */
    JsonObject config();

    /** A logger named after the plugin. Log a fixed message with key-values; never a secret. */
    Logger logger();

    /** A folder of the plugin's own in the data folder; it stays across versions and restarts. */
    Path folder();

    /** An HTTP client, the same one at each call. */
    HttpClient httpClient();

    /** Timers that end with the plugin. */
    Timers timers();

    /** Values that survive a restart, for this plugin alone. */
    KeyValues keyValues();

    /** Runs work that blocks on a bounded pool; fails with {@link ToolException.Reason#UNAVAILABLE} when the pool's queue is full. */
    <T> Future<T> blocking(Callable<T> work);

    /**
     * Opens an SQLite database. This is the only way to SQLite for a plugin: two native copies of the library in one process do not see each
     * other's locks and damage the file.
     *
     * @param file a path below {@link #folder()}, or anywhere else for {@link Sqlite.Mode#READ_ONLY}
     */
    Future<Sqlite> sqlite(Path file, Sqlite.Mode mode, SqliteLimits limits);

    /** Says that the lists of this family have changed; the host asks for them again and tells the clients once. */
    void changed();

    /** Says that a resource has new contents; clients that subscribed to the URI are told. */
    void resourceUpdated(String uri);
}
