package symbolai.mcp.server.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.KeyValues;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The small durable map of one plugin. */
final class PluginKeyValues implements KeyValues {

    private static final int KEY_LENGTH = 512;
    private static final int VALUE_BYTES = 1 << 20;
    private static final int KEYS = 1_000;

    private final Database database;
    private final String plugin;

    PluginKeyValues(Database database, String plugin) {
        this.database = database;
        this.plugin = plugin;
    }

    @Override
    public Future<Optional<JsonObject>> get(String key) {
        return database.read(connection -> Sql.first(
                connection,
                row -> new JsonObject(row.getString("content")),
                "SELECT content FROM key_values WHERE plugin = ? AND name = ?",
                plugin,
                key));
    }

    @Override
    public Future<Void> put(String key, JsonObject value) {
        var content = value.encode();
        if (key.length() > KEY_LENGTH) {
            return invalid("The key has " + key.length() + " characters; at most " + KEY_LENGTH + " are allowed.");
        }
        var bytes = content.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > VALUE_BYTES) {
            return invalid("The value of the key " + key + " has " + bytes + " bytes as JSON; at most " + VALUE_BYTES
                    + " are allowed.");
        }
        return database.update(
                        "INSERT INTO key_values (plugin, name, content) VALUES (?, ?, ?)"
                                + " ON CONFLICT (plugin, name) DO UPDATE SET content = excluded.content",
                        plugin,
                        key,
                        content)
                .mapEmpty();
    }

    @Override
    public Future<Void> remove(String key) {
        return database.update("DELETE FROM key_values WHERE plugin = ? AND name = ?", plugin, key)
                .mapEmpty();
    }

    @Override
    public Future<List<String>> keys(String prefix) {
        return database.read(connection -> Sql.list(
                connection,
                row -> row.getString("name"),
                "SELECT name FROM key_values WHERE plugin = ? AND name >= ? AND SUBSTR(name, 1, ?) = ?"
                        + " ORDER BY name LIMIT ?",
                plugin,
                prefix,
                prefix.codePointCount(0, prefix.length()),
                prefix,
                KEYS));
    }

    private static Future<Void> invalid(String message) {
        return Future.failedFuture(new ToolException(Reason.INVALID, message));
    }
}
