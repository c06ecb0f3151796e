package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the connections of the users; each user has one active one at most. */
public final class ConnectionStore {

    /** The user's id is only there where a user of that id is; the local caller is none. */
    private static final String INSERT = "INSERT INTO connections"
            + " (id, owner, user_id, name, connector, sealed, expires, verified, active, json)"
            + " VALUES (?, ?, (SELECT id FROM users WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;

    public ConnectionStore(Database database) {
        this.database = database;
    }

    /** The active connections of all users. */
    public Future<List<ConnectionRow>> active() {
        return database.read(
                connection -> Sql.list(connection, ConnectionStore::row, "SELECT * FROM connections WHERE active = 1"));
    }

    /** The connections of a user, by name. */
    public Future<List<ConnectionRow>> list(String owner) {
        return database.read(connection -> Sql.list(
                connection, ConnectionStore::row, "SELECT * FROM connections WHERE owner = ? ORDER BY name", owner));
    }

    /**
     * Adds an active connection in place of the owner's of the same name; false, and nothing is changed, when the owner has too many.
     *
     * @param row asked for in the transaction, so that it is sealed with the key that is the newest then
     */
    public Future<Boolean> put(Supplier<ConnectionRow> row, int most) {
        return database.write(connection -> put(connection, row.get(), most));
    }

    private static boolean put(Connection connection, ConnectionRow row, int most) throws SQLException {
        var others = Sql.list(
                connection,
                found -> found.getString("id"),
                "SELECT id FROM connections WHERE owner = ? AND name <> ?",
                row.owner(),
                row.name());
        if (others.size() >= most) {
            return false;
        }
        Sql.update(connection, "DELETE FROM connections WHERE owner = ? AND name = ?", row.owner(), row.name());
        Sql.update(connection, "UPDATE connections SET active = 0 WHERE owner = ?", row.owner());
        Sql.update(
                connection,
                INSERT,
                row.id(),
                row.owner(),
                row.owner(),
                row.name(),
                row.connector(),
                row.sealed(),
                row.expires(),
                row.verified(),
                row.active() ? 1 : 0,
                row.json());
        return true;
    }

    /** Writes down what is known since the credentials were accepted again; false when the connection is gone. */
    public Future<Boolean> verified(ConnectionRow row) {
        return database.update(
                        "UPDATE connections SET expires = ?, verified = ?, json = ? WHERE id = ?",
                        row.expires(),
                        row.verified(),
                        row.json(),
                        row.id())
                .map(changed -> changed == 1);
    }

    /** Makes a connection the owner's active one; false when there is none of this id. */
    public Future<Boolean> activate(String owner, String id) {
        return database.write(connection -> {
            var found =
                    Sql.update(connection, "UPDATE connections SET active = 1 WHERE owner = ? AND id = ?", owner, id);
            if (found == 1) {
                Sql.update(connection, "UPDATE connections SET active = 0 WHERE owner = ? AND id <> ?", owner, id);
            }
            return found == 1;
        });
    }

    /** Removes a connection; false when there is none of this id. */
    public Future<Boolean> remove(String owner, String id) {
        return database.update("DELETE FROM connections WHERE owner = ? AND id = ?", owner, id)
                .map(changed -> changed == 1);
    }

    static ConnectionRow row(ResultSet row) throws SQLException {
        return new ConnectionRow(
                row.getString("id"),
                row.getString("owner"),
                row.getString("name"),
                row.getString("connector"),
                row.getString("sealed"),
                row.getLong("expires"),
                row.getLong("verified"),
                row.getInt("active") != 0,
                row.getString("json"));
    }
}
