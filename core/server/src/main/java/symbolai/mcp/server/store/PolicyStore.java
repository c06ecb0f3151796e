package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Keeps the rules of the policy, and what was changed. */
public final class PolicyStore {

    private static final int MOST_CHANGES = 500;

    private final Database database;

    public PolicyStore(Database database) {
        this.database = database;
    }

    /** The version of now. */
    public Future<Long> version() {
        return database.read(PolicyStore::version);
    }

    /** The policy of now. */
    public Future<PolicyRow> load() {
        return database.read(PolicyStore::read);
    }

    /** Makes this the policy, with the next version; false when the version is not the one that was expected any more. */
    public Future<Boolean> replace(long expected, PolicyRow policy, PolicyChangeRow change) {
        return database.write(connection -> replace(connection, expected, policy, change));
    }

    private static boolean replace(Connection connection, long expected, PolicyRow policy, PolicyChangeRow change)
            throws SQLException {
        int changed = Sql.update(
                connection,
                "UPDATE policy SET version = ?, read_only = ? WHERE id = 1 AND version = ?",
                policy.version(),
                policy.readOnly() ? 1 : 0,
                expected);
        if (changed == 0) {
            return false;
        }
        Sql.update(connection, "DELETE FROM policy_rules");
        for (int position = 0; position < policy.rules().size(); position++) {
            insert(connection, position, policy.rules().get(position));
        }
        Sql.update(
                connection,
                "INSERT INTO policy_changes (version, at, author, action, subject, was, became) VALUES (?, ?, ?, ?, ?, ?, ?)",
                change.version(),
                change.at(),
                change.author(),
                change.action(),
                change.subject(),
                change.before(),
                change.after());
        return true;
    }

    private static void insert(Connection connection, int position, RuleRow rule) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO policy_rules (id, position, json, created, updated, author) VALUES (?, ?, ?, ?, ?, ?)",
                rule.id(),
                position,
                rule.json(),
                rule.created(),
                rule.updated(),
                rule.author());
    }

    /** The last changes, the newest first. */
    public Future<List<PolicyChangeRow>> changes() {
        return database.read(connection -> Sql.list(
                connection,
                PolicyStore::change,
                "SELECT * FROM policy_changes ORDER BY version DESC LIMIT ?",
                MOST_CHANGES));
    }

    private static long version(Connection connection) throws SQLException {
        return Sql.first(connection, row -> row.getLong("version"), "SELECT version FROM policy WHERE id = 1")
                .orElseThrow(() -> new IllegalStateException("the policy is missing in the database"));
    }

    /** In one statement, so that no change comes in between. */
    private static PolicyRow read(Connection connection) throws SQLException {
        var rows = Sql.list(
                connection,
                PolicyStore::joined,
                "SELECT policy.version, policy.read_only, policy_rules.id AS rule_id, json, created, updated, author"
                        + " FROM policy LEFT JOIN policy_rules ON 1 = 1 WHERE policy.id = 1 ORDER BY position");
        if (rows.isEmpty()) {
            throw new IllegalStateException("the policy is missing in the database");
        }
        var first = rows.get(0);
        return new PolicyRow(
                first.version(),
                first.readOnly(),
                rows.stream().flatMap(row -> row.rules().stream()).toList());
    }

    private static PolicyRow joined(ResultSet row) throws SQLException {
        var id = row.getString("rule_id");
        var rules = id == null ? List.<RuleRow>of() : List.of(rule(id, row));
        return new PolicyRow(row.getLong("version"), row.getInt("read_only") != 0, rules);
    }

    private static RuleRow rule(String id, ResultSet row) throws SQLException {
        return new RuleRow(
                id, row.getString("json"), row.getLong("created"), row.getLong("updated"), row.getString("author"));
    }

    private static PolicyChangeRow change(ResultSet row) throws SQLException {
        return new PolicyChangeRow(
                row.getLong("version"),
                row.getLong("at"),
                row.getString("author"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("was"),
                row.getString("became"));
    }
}
