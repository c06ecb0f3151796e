package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Keeps the authorization codes, and what users have agreed to. */
public final class CodeStore {

    private final Database database;

    public CodeStore(Database database) {
        this.database = database;
    }

    /** Adds a code. */
    public Future<Void> add(CodeRow code) {
        return database.update(
                        "INSERT INTO oauth_codes (hash, grant_id, client, user_id, redirect, resource, scopes, challenge,"
                                + " expires, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        code.hash(),
                        code.grantId(),
                        code.client(),
                        code.userId(),
                        code.redirect(),
                        code.resource(),
                        Words.join(code.scopes()),
                        code.challenge(),
                        code.expires(),
                        code.used())
                .mapEmpty();
    }

    /** The code, whether it is still good or not. */
    public Future<Optional<CodeRow>> find(String hash) {
        return database.read(
                connection -> Sql.first(connection, CodeStore::row, "SELECT * FROM oauth_codes WHERE hash = ?", hash));
    }

    /** Remembers what a user has agreed to, in place of what the user agreed to before for the same client and host. */
    public Future<Void> agree(String userId, String client, String host, Set<String> scopes, long now) {
        return database.update(
                        "INSERT INTO oauth_consents (user_id, client, host, scopes, created) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (user_id, client, host) DO UPDATE SET scopes = excluded.scopes,"
                                + " created = excluded.created",
                        userId,
                        client,
                        host,
                        Words.join(scopes),
                        now)
                .mapEmpty();
    }

    /** What a user has agreed to for a client and host; nothing when the user was never asked. */
    public Future<Set<String>> agreed(String userId, String client, String host) {
        return database.read(connection -> Sql.first(
                        connection,
                        row -> Words.split(row.getString("scopes")),
                        "SELECT scopes FROM oauth_consents WHERE user_id = ? AND client = ? AND host = ?",
                        userId,
                        client,
                        host)
                .orElseGet(Set::of));
    }

    private static CodeRow row(ResultSet row) throws SQLException {
        return new CodeRow(
                row.getString("hash"),
                row.getString("grant_id"),
                row.getString("client"),
                row.getString("user_id"),
                row.getString("redirect"),
                row.getString("resource"),
                Words.split(row.getString("scopes")),
                row.getString("challenge"),
                row.getLong("expires"),
                row.getLong("used"));
    }
}
