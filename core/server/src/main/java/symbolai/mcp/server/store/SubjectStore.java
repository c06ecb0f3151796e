package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps the keys with which the audit log seals what is about one person. */
public final class SubjectStore {

    private final Database database;

    public SubjectStore(Database database) {
        this.database = database;
    }

    /**
     * A key.
     *
     * @param subject whose it is
     * @param sealed the key, sealed
     */
    public record Row(String subject, String sealed) {}

    /** The key of a subject; the one that is given, when there was none. */
    public Future<Row> get(Row fresh, long now) {
        return database.write(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO audit_subjects (subject, sealed, created) VALUES (?, ?, ?) ON CONFLICT (subject) DO NOTHING",
                    fresh.subject(),
                    fresh.sealed(),
                    now);
            return find(connection, fresh.subject()).orElseThrow();
        });
    }

    /** The key of a subject. */
    public Future<Optional<Row>> find(String subject) {
        return database.read(connection -> find(connection, subject));
    }

    private static Optional<Row> find(Connection connection, String subject) throws SQLException {
        return Sql.first(
                connection,
                row -> new Row(row.getString("subject"), row.getString("sealed")),
                "SELECT subject, sealed FROM audit_subjects WHERE subject = ?",
                subject);
    }

    /** All keys. */
    public Future<List<Row>> list() {
        return database.read(connection -> Sql.list(
                connection,
                row -> new Row(row.getString("subject"), row.getString("sealed")),
                "SELECT subject, sealed FROM audit_subjects ORDER BY subject"));
    }

    /** Puts the same key, sealed anew, in place of what is stored, unless that was changed meanwhile. */
    public Future<Integer> replace(Row before, String sealed) {
        return database.update(
                "UPDATE audit_subjects SET sealed = ? WHERE subject = ? AND sealed = ?",
                sealed,
                before.subject(),
                before.sealed());
    }

    /** Destroys the key of a subject, and what the file still has of it; false when there was none. */
    public Future<Boolean> remove(String subject) {
        return database.update("DELETE FROM audit_subjects WHERE subject = ?", subject)
                .compose(removed -> database.settle().map(removed == 1));
    }
}
