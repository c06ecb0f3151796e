package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps the sign-ins of browsers. */
public final class SignInStore {

    private final Database database;

    public SignInStore(Database database) {
        this.database = database;
    }

    /** A sign-in with its user as both are now. */
    public record Found(SignInRow signIn, UserRow user) {}

    /**
     * Adds a sign-in, and removes the oldest ones of the user when there are too many; tells which.
     *
     * @param most how many a user may have
     */
    public Future<List<SignInRow>> add(SignInRow row, int most) {
        return database.write(connection -> {
            insert(connection, row);
            return Sql.list(
                    connection,
                    SignInStore::row,
                    "DELETE FROM sign_ins WHERE user_id = ? AND id NOT IN"
                            + " (SELECT id FROM sign_ins WHERE user_id = ? ORDER BY created DESC, id = ? DESC LIMIT ?)"
                            + " RETURNING *",
                    row.userId(),
                    row.userId(),
                    row.id(),
                    most);
        });
    }

    private static void insert(Connection connection, SignInRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO sign_ins (id, user_id, hash, former, former_until, role, created, seen, proved, address, agent)"
                        + " VALUES (?, ?, ?, '', 0, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.userId(),
                row.hash(),
                row.role(),
                row.created(),
                row.seen(),
                row.proved(),
                row.address(),
                row.agent());
    }

    /** The sign-in of a cookie, or of the cookie that was replaced a moment ago. */
    public Future<Optional<Found>> find(String hash, long now) {
        return database.read(connection -> {
            var row = Sql.first(
                    connection,
                    SignInStore::row,
                    "SELECT * FROM sign_ins WHERE hash = ? OR (former = ? AND former_until > ?)",
                    hash,
                    hash,
                    now);
            return row.isEmpty() ? Optional.empty() : withUser(connection, row.get());
        });
    }

    private static Optional<Found> withUser(Connection connection, SignInRow row) throws SQLException {
        return Sql.first(connection, UserStore::row, "SELECT * FROM users WHERE id = ?", row.userId())
                .map(user -> new Found(row, user));
    }

    /** Notes when the cookie was shown. */
    public Future<Void> seen(String id, long now) {
        return database.update("UPDATE sign_ins SET seen = ? WHERE id = ? AND seen < ?", now, id, now)
                .mapEmpty();
    }

    /**
     * Puts another cookie in place of the one of this hash; false when that is not the current one (any more).
     *
     * @param until when the replaced cookie ends
     */
    public Future<Boolean> replace(SignInRow next, String former, long until) {
        return database.update(
                        "UPDATE sign_ins SET hash = ?, former = ?, former_until = ?, role = ?, seen = ?, proved = ?"
                                + " WHERE id = ? AND hash = ?",
                        next.hash(),
                        former,
                        until,
                        next.role(),
                        next.seen(),
                        next.proved(),
                        next.id(),
                        former)
                .map(changed -> changed == 1);
    }

    /** The sign-ins of a user, the newest first. */
    public Future<List<SignInRow>> list(String userId) {
        return database.read(connection -> Sql.list(
                connection,
                SignInStore::row,
                "SELECT * FROM sign_ins WHERE user_id = ? ORDER BY created DESC, id",
                userId));
    }

    /** Ends one sign-in of a user; false when there is none. */
    public Future<Boolean> remove(String userId, String id) {
        return database.update("DELETE FROM sign_ins WHERE user_id = ? AND id = ?", userId, id)
                .map(changed -> changed == 1);
    }

    /** Ends the sign-ins of a user; tells which there were. */
    public Future<List<SignInRow>> removeAll(String userId) {
        return database.write(connection -> removeAll(connection, userId));
    }

    static List<SignInRow> removeAll(Connection connection, String userId) throws SQLException {
        return Sql.list(connection, SignInStore::row, "DELETE FROM sign_ins WHERE user_id = ? RETURNING *", userId);
    }

    /** Those that were not used, or are as old, since before these times; so many at most, the oldest first. */
    public Future<List<SignInRow>> stale(long seenBefore, long createdBefore, int most) {
        return database.read(connection -> Sql.list(
                connection,
                SignInStore::row,
                "SELECT * FROM sign_ins WHERE seen <= ? OR created <= ? ORDER BY created, id LIMIT ?",
                seenBefore,
                createdBefore,
                most));
    }

    private static SignInRow row(ResultSet row) throws SQLException {
        return new SignInRow(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("hash"),
                row.getString("role"),
                row.getLong("created"),
                row.getLong("seen"),
                row.getLong("proved"),
                row.getString("address"),
                row.getString("agent"));
    }
}
