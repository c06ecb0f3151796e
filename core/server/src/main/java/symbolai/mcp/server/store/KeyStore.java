package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Keeps the API keys. */
public final class KeyStore {

    private final Database database;

    public KeyStore(Database database) {
        this.database = database;
    }

    /** Adds a key. */
    public Future<Void> add(KeyRow key) {
        return database.update(
                        "INSERT INTO api_keys (id, user_id, label, hash, tools, created, expires, used, revoked, agent, addresses)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        key.id(),
                        key.userId(),
                        key.label(),
                        key.hash(),
                        Lines.join(key.tools()),
                        key.created(),
                        key.expires(),
                        key.used(),
                        key.revoked(),
                        key.agent() ? 1 : 0,
                        Lines.join(key.addresses()))
                .mapEmpty();
    }

    /** All keys, oldest first. */
    public Future<List<KeyRow>> list() {
        return database.read(
                connection -> Sql.list(connection, KeyStore::row, "SELECT * FROM api_keys ORDER BY created, id"));
    }

    /** Revokes a key; false when there is none, or when it was revoked before. */
    public Future<Boolean> revoke(String id, long now) {
        return database.update("UPDATE api_keys SET revoked = ? WHERE id = ? AND revoked = 0", now, id)
                .map(changed -> changed == 1);
    }

    /** Writes down when keys were last shown, by their ids. */
    public Future<Void> used(Map<String, Long> moments) {
        return database.<Integer>write(connection -> {
                    var changed = 0;
                    for (var moment : moments.entrySet()) {
                        changed += Sql.update(
                                connection,
                                "UPDATE api_keys SET used = ? WHERE id = ?",
                                moment.getValue(),
                                moment.getKey());
                    }
                    return changed;
                })
                .mapEmpty();
    }

    private static KeyRow row(ResultSet row) throws SQLException {
        return new KeyRow(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("label"),
                row.getString("hash"),
                Lines.split(row.getString("tools")),
                row.getLong("created"),
                row.getLong("expires"),
                row.getLong("used"),
                row.getLong("revoked"),
                row.getInt("agent") != 0,
                Lines.split(row.getString("addresses")));
    }
}
