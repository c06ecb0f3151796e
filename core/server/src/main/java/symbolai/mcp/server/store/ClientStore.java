package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps the OAuth clients. */
public final class ClientStore {

    private final Database database;

    public ClientStore(Database database) {
        this.database = database;
    }

    /** Adds a client, or replaces what is known of it. */
    public Future<Void> put(ClientRow client) {
        return database.update(
                        "INSERT INTO oauth_clients (id, kind, name, secret, method, redirects, user_id, scopes, created, used)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                                + " name = excluded.name, redirects = excluded.redirects, used = excluded.used",
                        client.id(),
                        client.kind(),
                        client.name(),
                        client.secret(),
                        client.method(),
                        Lines.join(client.redirects()),
                        client.userId(),
                        Words.join(client.scopes()),
                        client.created(),
                        client.used())
                .mapEmpty();
    }

    /** The client. */
    public Future<Optional<ClientRow>> find(String id) {
        return database.read(
                connection -> Sql.first(connection, ClientStore::row, "SELECT * FROM oauth_clients WHERE id = ?", id));
    }

    /** All clients, oldest first. */
    public Future<List<ClientRow>> list() {
        return database.read(connection ->
                Sql.list(connection, ClientStore::row, "SELECT * FROM oauth_clients ORDER BY created, id"));
    }

    /** How many clients there are. */
    public Future<Long> count() {
        return database.read(connection -> Sql.first(
                        connection, row -> row.getLong("clients"), "SELECT COUNT(*) AS clients FROM oauth_clients")
                .orElse(0L));
    }

    /** Notes that the client got a token. */
    public Future<Void> used(String id, long now) {
        return database.update("UPDATE oauth_clients SET used = ? WHERE id = ?", now, id)
                .mapEmpty();
    }

    /** Removes a client with its codes, consents and device codes, and revokes its grants; false when there is none. */
    public Future<Boolean> remove(String id, long now) {
        return database.write(connection -> {
            // First, so that no grant is added behind the back of what follows.
            var clients = Sql.update(connection, "DELETE FROM oauth_clients WHERE id = ?", id);
            Sql.update(connection, "DELETE FROM oauth_codes WHERE client = ?", id);
            Sql.update(connection, "DELETE FROM oauth_consents WHERE client = ?", id);
            Sql.update(connection, "DELETE FROM oauth_devices WHERE client = ?", id);
            var grants = Sql.update(
                    connection, "UPDATE oauth_grants SET revoked = ? WHERE client = ? AND revoked = 0", now, id);
            return clients + grants > 0;
        });
    }

    /**
     * Removes the clients of a kind that have no grant and were neither made nor used since the moment, and the clients of users who are
     * gone, with what users agreed to; tells how many clients.
     */
    public Future<Integer> removeUnused(String kind, long since) {
        return database.write(connection -> {
            var unused = Sql.update(
                    connection,
                    "DELETE FROM oauth_clients WHERE kind = ? AND created < ? AND used < ?"
                            + " AND NOT EXISTS (SELECT 1 FROM oauth_grants WHERE client = oauth_clients.id)",
                    kind,
                    since,
                    since);
            var ownerless = Sql.update(
                    connection,
                    "DELETE FROM oauth_clients WHERE user_id <> '' AND user_id NOT IN (SELECT id FROM users)");
            Sql.update(connection, "DELETE FROM oauth_consents WHERE client NOT IN (SELECT id FROM oauth_clients)");
            return unused + ownerless;
        });
    }

    private static ClientRow row(ResultSet row) throws SQLException {
        return new ClientRow(
                row.getString("id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("secret"),
                row.getString("method"),
                Lines.split(row.getString("redirects")),
                row.getString("user_id"),
                Words.split(row.getString("scopes")),
                row.getLong("created"),
                row.getLong("used"));
    }
}
