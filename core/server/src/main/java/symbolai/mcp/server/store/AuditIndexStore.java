package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the index of the audit log, which can be made anew from the log at any time. */
public final class AuditIndexStore {

    private final Database database;

    public AuditIndexStore(Database database) {
        this.database = database;
    }

    /**
     * How often something happened.
     *
     * @param event what
     * @param caller the id of who did it
     */
    public record Count(String event, String caller, String tool, String outcome, long number) {}

    /** Adds records; one whose number is known already takes the place of what was known. */
    public Future<Void> add(List<AuditIndexRow> rows) {
        return database.<Integer>write(connection -> {
                    for (var row : rows) {
                        insert(connection, row);
                    }
                    return rows.size();
                })
                .mapEmpty();
    }

    private static void insert(Connection connection, AuditIndexRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit_index (seq, at, event, caller, client, tool, outcome, decision, rule, address, account,"
                        + " db, approval, words, file, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (seq) DO UPDATE SET at = excluded.at, event = excluded.event, caller = excluded.caller,"
                        + " client = excluded.client, tool = excluded.tool, outcome = excluded.outcome,"
                        + " decision = excluded.decision, rule = excluded.rule, address = excluded.address,"
                        + " account = excluded.account, db = excluded.db, approval = excluded.approval,"
                        + " words = excluded.words, file = excluded.file, place = excluded.place",
                row.seq(),
                row.at(),
                row.event(),
                row.caller(),
                row.client(),
                row.tool(),
                row.outcome(),
                row.decision(),
                row.rule(),
                row.address(),
                row.account(),
                row.database(),
                row.approval(),
                row.words(),
                row.file(),
                row.place());
    }

    /** The last record that is in the index. */
    public Future<Optional<AuditIndexRow>> last() {
        return database.read(connection ->
                Sql.first(connection, AuditIndexStore::row, "SELECT * FROM audit_index ORDER BY seq DESC LIMIT 1"));
    }

    /** One record. */
    public Future<Optional<AuditIndexRow>> find(long seq) {
        return database.read(connection ->
                Sql.first(connection, AuditIndexStore::row, "SELECT * FROM audit_index WHERE seq = ?", seq));
    }

    /** The newest records that are looked for, newest first. */
    public Future<List<AuditIndexRow>> search(AuditFilter filter, int most) {
        var values = new ArrayList<>(filter.values());
        values.add(most);
        return database.read(connection -> Sql.list(
                connection,
                AuditIndexStore::row,
                "SELECT * FROM audit_index WHERE " + filter.sql() + " ORDER BY seq DESC LIMIT ?",
                values.toArray()));
    }

    /** How often what was looked for happened, by event, caller, tool and outcome. */
    public Future<List<Count>> count(AuditFilter filter) {
        return database.read(connection -> Sql.list(
                connection,
                row -> new Count(
                        row.getString("event"),
                        row.getString("caller"),
                        row.getString("tool"),
                        row.getString("outcome"),
                        row.getLong("number")),
                "SELECT event, caller, tool, outcome, COUNT(*) AS number FROM audit_index WHERE " + filter.sql()
                        + " GROUP BY event, caller, tool, outcome ORDER BY event, caller, tool, outcome",
                filter.values().toArray()));
    }

    /** Empties the index. */
    public Future<Integer> clear() {
        return database.update("DELETE FROM audit_index");
    }

    /** Removes what is known of a segment that is gone. */
    public Future<Integer> remove(String file) {
        return database.update("DELETE FROM audit_index WHERE file = ?", file);
    }

    private static AuditIndexRow row(ResultSet row) throws SQLException {
        return new AuditIndexRow(
                row.getLong("seq"),
                row.getLong("at"),
                row.getString("event"),
                row.getString("caller"),
                row.getString("client"),
                row.getString("tool"),
                row.getString("outcome"),
                row.getString("decision"),
                row.getString("rule"),
                row.getString("address"),
                row.getString("account"),
                row.getString("db"),
                row.getString("approval"),
                row.getString("words"),
                row.getString("file"),
                row.getLong("place"));
    }
}
