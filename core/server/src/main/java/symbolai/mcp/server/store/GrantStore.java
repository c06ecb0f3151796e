package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the OAuth grants with their tokens. */
public final class GrantStore {

    private static final String HELD = "SELECT t.hash, t.grant_id, t.kind, t.parent, t.scopes AS token_scopes,"
            + " t.expires AS token_expires, t.used, g.client, g.user_id, g.resource, g.scopes, g.created, g.expires,"
            + " g.revoked, u.name, u.lookup, u.role, u.password, u.created AS user_created, u.updated"
            + " FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id JOIN users u ON u.id = g.user_id"
            + " WHERE t.hash = ?";

    private final Database database;

    public GrantStore(Database database) {
        this.database = database;
    }

    /** The token with its grant and user, whether they are still good or not. */
    public Future<Optional<HeldToken>> find(String hash) {
        return database.read(connection -> Sql.first(connection, GrantStore::held, HELD, hash));
    }

    /** Adds a grant with its first tokens to a client that acts by itself; false when the client or its user is gone. */
    public Future<Boolean> add(GrantRow grant, List<TokenRow> tokens) {
        return database.write(connection -> {
            // Also keeps the client in place until the grant is there for whoever removes both.
            var known = Sql.update(
                    connection,
                    "UPDATE oauth_clients SET used = ? WHERE id = ? AND user_id = ? AND user_id IN (SELECT id FROM users)",
                    grant.created(),
                    grant.client(),
                    grant.userId());
            if (known != 1) {
                return false;
            }
            add(connection, grant, tokens);
            return true;
        });
    }

    /** Uses up a code for a grant with its first tokens; false when the code was used before, or is gone. */
    public Future<Boolean> redeem(String code, long now, GrantRow grant, List<TokenRow> tokens) {
        return database.write(connection -> {
            if (Sql.update(connection, "UPDATE oauth_codes SET used = ? WHERE hash = ? AND used = 0", now, code) != 1) {
                return false;
            }
            add(connection, grant, tokens);
            return true;
        });
    }

    /** Uses up an approved device code for a grant with its first tokens; false when it was used before, or it or its user is gone. */
    public Future<Boolean> redeemDevice(String code, GrantRow grant, List<TokenRow> tokens) {
        return database.write(connection -> {
            var known = Sql.update(
                    connection, "DELETE FROM oauth_devices WHERE hash = ? AND user_id IN (SELECT id FROM users)", code);
            if (known != 1) {
                return false;
            }
            add(connection, grant, tokens);
            return true;
        });
    }

    /**
     * Uses a refresh token for new tokens, unless it was used before the moment of grace or so often that enough tokens came of it.
     *
     * @param most how many tokens may come of one refresh token
     */
    public Future<Rotation> rotate(String hash, long now, long grace, int most, List<TokenRow> tokens, long expires) {
        return database.write(connection -> {
            var held = Sql.first(connection, GrantStore::held, HELD, hash);
            if (held.isEmpty() || held.get().grant().revoked() != 0) {
                return Rotation.GONE;
            }
            var token = held.get().token();
            if (token.used() != 0 && token.used() < grace) {
                return Rotation.REPLAYED;
            }
            if (token.used() != 0 && children(connection, hash) >= most) {
                return Rotation.TOO_OFTEN;
            }
            Sql.update(connection, "UPDATE oauth_tokens SET used = ? WHERE hash = ? AND used = 0", now, hash);
            Sql.update(connection, "UPDATE oauth_grants SET expires = ? WHERE id = ?", expires, token.grantId());
            insert(connection, tokens);
            return token.used() == 0 ? Rotation.FIRST : Rotation.AGAIN;
        });
    }

    /** Revokes a grant with all its tokens; false when there is none, or when it was revoked before. */
    public Future<Boolean> revoke(String id, long now) {
        return database.update("UPDATE oauth_grants SET revoked = ? WHERE id = ? AND revoked = 0", now, id)
                .map(changed -> changed == 1);
    }

    /** Revokes what a user lets a client do, and forgets that the user agreed to it; tells which grants that ended. */
    public Future<List<String>> revokeOf(String userId, String client, long now) {
        return database.write(connection -> {
            // First, so that no grant is added behind the back of what follows.
            Sql.update(connection, "DELETE FROM oauth_codes WHERE user_id = ? AND client = ?", userId, client);
            Sql.update(connection, "DELETE FROM oauth_devices WHERE user_id = ? AND client = ?", userId, client);
            Sql.update(connection, "DELETE FROM oauth_consents WHERE user_id = ? AND client = ?", userId, client);
            return Sql.list(
                    connection,
                    row -> row.getString("id"),
                    "UPDATE oauth_grants SET revoked = ? WHERE user_id = ? AND client = ? AND revoked = 0 RETURNING id",
                    now,
                    userId,
                    client);
        });
    }

    /** The grants that are not revoked and whose tokens have not ended, oldest first. */
    public Future<List<GrantRow>> list(long now) {
        return database.read(connection -> Sql.list(
                connection,
                GrantStore::grant,
                "SELECT id AS grant_id, client, user_id, resource, scopes, created, expires, revoked FROM oauth_grants"
                        + " WHERE revoked = 0 AND expires > ? ORDER BY created, id",
                now));
    }

    /** The grants whose last token came to its end after the one moment and not after the other. */
    public Future<List<String>> expired(long since, long now) {
        return database.read(connection -> Sql.list(
                connection,
                row -> row.getString("id"),
                "SELECT id FROM oauth_grants WHERE expires > ? AND expires <= ?",
                since,
                now));
    }

    /** Those of the grants that are not there any more, were revoked, or whose tokens have ended. */
    public Future<List<String>> gone(Collection<String> ids, long now) {
        return database.read(connection -> {
            var gone = new ArrayList<String>();
            for (var id : ids) {
                if (Sql.first(
                                connection,
                                row -> row.getString("id"),
                                "SELECT id FROM oauth_grants WHERE id = ? AND revoked = 0 AND expires > ?",
                                id,
                                now)
                        .isEmpty()) {
                    gone.add(id);
                }
            }
            return gone;
        });
    }

    /** Removes what has ended; tells how many rows. */
    public Future<Integer> removeExpired(long now) {
        return database.write(connection -> Sql.update(connection, "DELETE FROM oauth_tokens WHERE expires <= ?", now)
                + Sql.update(connection, "DELETE FROM oauth_grants WHERE expires <= ?", now)
                + Sql.update(connection, "DELETE FROM oauth_devices WHERE expires <= ?", now)
                + Sql.update(connection, "DELETE FROM oauth_codes WHERE expires <= ?", now));
    }

    private static int add(Connection connection, GrantRow grant, List<TokenRow> tokens) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO oauth_grants (id, client, user_id, resource, scopes, created, expires, revoked)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                grant.id(),
                grant.client(),
                grant.userId(),
                grant.resource(),
                Words.join(grant.scopes()),
                grant.created(),
                grant.expires(),
                grant.revoked());
        return insert(connection, tokens);
    }

    private static int insert(Connection connection, List<TokenRow> tokens) throws SQLException {
        for (var token : tokens) {
            Sql.update(
                    connection,
                    "INSERT INTO oauth_tokens (hash, grant_id, kind, parent, scopes, expires, used)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    token.hash(),
                    token.grantId(),
                    token.refresh() ? "refresh" : "access",
                    token.parent(),
                    Words.join(token.scopes()),
                    token.expires(),
                    token.used());
        }
        return tokens.size();
    }

    private static long children(Connection connection, String hash) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getLong("children"),
                        "SELECT COUNT(*) AS children FROM oauth_tokens WHERE parent = ?",
                        hash)
                .orElse(0L);
    }

    private static HeldToken held(ResultSet row) throws SQLException {
        var token = new TokenRow(
                row.getString("hash"),
                row.getString("grant_id"),
                row.getString("kind").equals("refresh"),
                row.getString("parent"),
                Words.split(row.getString("token_scopes")),
                row.getLong("token_expires"),
                row.getLong("used"));
        var user = new UserRow(
                row.getString("user_id"),
                row.getString("name"),
                row.getString("lookup"),
                row.getString("role"),
                row.getString("password"),
                row.getLong("user_created"),
                row.getLong("updated"));
        return new HeldToken(token, grant(row), user);
    }

    private static GrantRow grant(ResultSet row) throws SQLException {
        return new GrantRow(
                row.getString("grant_id"),
                row.getString("client"),
                row.getString("user_id"),
                row.getString("resource"),
                Words.split(row.getString("scopes")),
                row.getLong("created"),
                row.getLong("expires"),
                row.getLong("revoked"));
    }
}
