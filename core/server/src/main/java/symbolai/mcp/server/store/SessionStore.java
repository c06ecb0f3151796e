package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keeps what was set in 2025 sessions; a session in which nothing was set has no row. */
public final class SessionStore {

    private final Database database;

    public SessionStore(Database database) {
        this.database = database;
    }

    /** The row of a session. */
    public Future<Optional<SessionRow>> get(String id) {
        return database.read(
                connection -> Sql.first(connection, SessionStore::row, "SELECT * FROM sessions WHERE id = ?", id));
    }

    /** Stores a row in place of the former one of this session. */
    public Future<Void> put(SessionRow session) {
        return database.update(
                        "INSERT INTO sessions (id, ended, log_level, subscriptions, expires) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO UPDATE SET ended = excluded.ended,"
                                + " log_level = excluded.log_level, subscriptions = excluded.subscriptions,"
                                + " expires = excluded.expires",
                        session.id(),
                        session.ended() ? 1 : 0,
                        session.logLevel(),
                        Lines.join(session.subscriptions()),
                        session.expires())
                .mapEmpty();
    }

    /** Removes the rows of sessions whose time is over; tells how many. */
    public Future<Integer> removeExpired(Instant now) {
        return database.update("DELETE FROM sessions WHERE expires <= ?", now.toEpochMilli());
    }

    private static SessionRow row(ResultSet row) throws SQLException {
        return new SessionRow(
                row.getString("id"),
                row.getInt("ended") != 0,
                row.getString("log_level"),
                Lines.split(row.getString("subscriptions")),
                row.getLong("expires"));
    }
}
