package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps which users are whom at an OpenID provider. */
public final class ProviderUserStore {

    private final Database database;

    public ProviderUserStore(Database database) {
        this.database = database;
    }

    /** The id of the user whom a provider knows by this subject. */
    public Future<Optional<String>> find(String issuer, String subject) {
        return database.read(connection -> find(connection, issuer, subject));
    }

    /** Adds a user that is this subject of a provider; false when the user's name is taken, or the subject is a user already. */
    public Future<Boolean> create(UserRow user, String issuer, String subject) {
        return database.write(connection -> find(connection, issuer, subject).isEmpty()
                && UserStore.insert(connection, user)
                && insert(connection, issuer, subject, user.id(), user.created()));
    }

    /** Who is known to a provider. */
    public Future<List<ProviderUserRow>> list(String issuer) {
        return database.read(connection -> Sql.list(
                connection,
                row -> new ProviderUserRow(row.getString("subject"), row.getString("user_id")),
                "SELECT subject, user_id FROM provider_users WHERE issuer = ? ORDER BY created",
                issuer));
    }

    /** Says that a user is this subject of a provider; false when the user or the subject has been given to another already. */
    public Future<Boolean> add(String issuer, String subject, String userId, long now) {
        return database.write(connection -> insert(connection, issuer, subject, userId, now));
    }

    /** Forgets who a user is at a provider; false when nothing was known. */
    public Future<Boolean> remove(String issuer, String userId) {
        return database.update("DELETE FROM provider_users WHERE issuer = ? AND user_id = ?", issuer, userId)
                .map(changed -> changed == 1);
    }

    private static Optional<String> find(Connection connection, String issuer, String subject) throws SQLException {
        return Sql.first(
                connection,
                row -> row.getString("user_id"),
                "SELECT user_id FROM provider_users WHERE issuer = ? AND subject = ?",
                issuer,
                subject);
    }

    private static boolean insert(Connection connection, String issuer, String subject, String userId, long now)
            throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO provider_users (issuer, subject, user_id, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        issuer,
                        subject,
                        userId,
                        now)
                == 1;
    }
}
