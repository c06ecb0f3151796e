package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Keeps the links with which users set their password; a user has one at most. */
public final class SetupLinkStore {

    private final Database database;

    public SetupLinkStore(Database database) {
        this.database = database;
    }

    /** Stores the link of a user in place of a former one. */
    public Future<Void> put(String hash, String userId, long expires) {
        return database.<Integer>write(connection -> {
                    Sql.update(connection, "DELETE FROM setup_links WHERE user_id = ?", userId);
                    return Sql.update(
                            connection,
                            "INSERT INTO setup_links (hash, user_id, expires) VALUES (?, ?, ?)",
                            hash,
                            userId,
                            expires);
                })
                .mapEmpty();
    }

    /** The user whose link it is, while it is good. */
    public Future<Optional<UserRow>> find(String hash, long now) {
        return database.read(connection -> Sql.first(
                connection,
                UserStore::row,
                "SELECT users.* FROM users JOIN setup_links ON setup_links.user_id = users.id"
                        + " WHERE setup_links.hash = ? AND setup_links.expires > ?",
                hash,
                now));
    }

    /** Uses the link up and sets the password; tells which sign-ins of the user that ended, and nothing when the link is not good (any more). */
    public Future<Optional<List<SignInRow>>> use(String hash, String userId, String password, long now) {
        return database.write(connection -> {
            var used = Sql.update(
                    connection,
                    "DELETE FROM setup_links WHERE hash = ? AND user_id = ? AND expires > ?",
                    hash,
                    userId,
                    now);
            return used == 1 ? Optional.of(UserStore.setPassword(connection, userId, password, now)) : Optional.empty();
        });
    }
}
