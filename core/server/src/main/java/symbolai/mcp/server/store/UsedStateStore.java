package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.time.Instant;

/** Remembers what can be used once only, until it can no longer be used anyway. */
public final class UsedStateStore {

    private final Database database;

    public UsedStateStore(Database database) {
        this.database = database;
    }

    /** Uses it up; false when it was used before. */
    public Future<Boolean> use(String nonce, Instant expires, Instant now) {
        return database.write(connection -> {
            Sql.update(connection, "DELETE FROM used_states WHERE expires <= ?", now.toEpochMilli());
            return Sql.update(
                            connection,
                            "INSERT INTO used_states (nonce, expires) VALUES (?, ?) ON CONFLICT (nonce) DO NOTHING",
                            nonce,
                            expires.toEpochMilli())
                    == 1;
        });
    }
}
