package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps the users. */
public final class UserStore {

    private static final String ADMIN = "admin";

    private final Database database;

    public UserStore(Database database) {
        this.database = database;
    }

    /** Adds a user; false when the name is taken. */
    public Future<Boolean> add(UserRow user) {
        return database.write(connection -> insert(connection, user));
    }

    static boolean insert(Connection connection, UserRow user) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO users (id, name, lookup, role, password, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        user.id(),
                        user.name(),
                        user.lookup(),
                        user.role(),
                        user.password(),
                        user.created(),
                        user.updated())
                == 1;
    }

    /** All users, by name. */
    public Future<List<UserRow>> list() {
        return database.read(connection -> Sql.list(connection, UserStore::row, "SELECT * FROM users ORDER BY lookup"));
    }

    /** The user of a name. */
    public Future<Optional<UserRow>> find(String lookup) {
        return database.read(
                connection -> Sql.first(connection, UserStore::row, "SELECT * FROM users WHERE lookup = ?", lookup));
    }

    /** Changes the role; false when the user is gone, or when nobody with the role admin would be left. */
    public Future<Boolean> setRole(String id, String role, long now) {
        return database.update(
                        "UPDATE users SET role = ?, updated = ? WHERE id = ?"
                                + " AND (role <> ? OR ? = ? OR (SELECT COUNT(*) FROM users WHERE role = ?) > 1)",
                        role,
                        now,
                        id,
                        ADMIN,
                        role,
                        ADMIN,
                        ADMIN)
                .map(changed -> changed == 1);
    }

    /** Changes the password, which ends all sign-ins and the setup link of the user; tells which sign-ins there were. */
    public Future<List<SignInRow>> setPassword(String id, String password, long now) {
        return database.write(connection -> setPassword(connection, id, password, now));
    }

    static List<SignInRow> setPassword(Connection connection, String id, String password, long now)
            throws SQLException {
        Sql.update(connection, "DELETE FROM setup_links WHERE user_id = ?", id);
        Sql.update(connection, "UPDATE users SET password = ?, updated = ? WHERE id = ?", password, now, id);
        return SignInStore.removeAll(connection, id);
    }

    /** Stores another hash of the same password; false when the password was changed meanwhile. */
    public Future<Boolean> rehash(String id, String former, String hash) {
        return database.update("UPDATE users SET password = ? WHERE id = ? AND password = ?", hash, id, former)
                .map(changed -> changed == 1);
    }

    /** Removes the user with all keys; false when the user is gone, or when nobody with the role admin would be left. */
    public Future<Boolean> remove(String id) {
        return database.update(
                        "DELETE FROM users WHERE id = ?"
                                + " AND (role <> ? OR (SELECT COUNT(*) FROM users WHERE role = ?) > 1)",
                        id,
                        ADMIN,
                        ADMIN)
                .map(changed -> changed == 1);
    }

    static UserRow row(ResultSet row) throws SQLException {
        return new UserRow(
                row.getString("id"),
                row.getString("name"),
                row.getString("lookup"),
                row.getString("role"),
                row.getString("password"),
                row.getLong("created"),
                row.getLong("updated"));
    }
}
