package symbolai.mcp.server.store;

import io.vertx.core.Future;
import symbolai.mcp.api.KeyValues;

/** Keeps the small durable maps of the plugins. */
public final class KeyValueStore {

    private final Database database;

    public KeyValueStore(Database database) {
        this.database = database;
    }

    /** The map of one plugin, by the plugin's id. */
    public KeyValues of(String plugin) {
        return new PluginKeyValues(database, plugin);
    }

    /** Forgets the map of a plugin. */
    public Future<Void> remove(String plugin) {
        return database.update("DELETE FROM key_values WHERE plugin = ?", plugin)
                .mapEmpty();
    }
}
