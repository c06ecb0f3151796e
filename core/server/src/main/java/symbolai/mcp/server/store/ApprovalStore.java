package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps requests for approvals with what was decided of them; each step is one that only the right state takes. */
public final class ApprovalStore {

    private static final String OPEN = "state IN ('requested', 'granted', 'denied') AND expires > ?";

    private final Database database;

    public ApprovalStore(Database database) {
        this.database = database;
    }

    /** Adds a request; false when one of this digest is there already, or when the requester has this many that wait. */
    public Future<Boolean> add(ApprovalRow row, int most) {
        return database.write(
                connection -> !open(connection, row.digest(), row.created()).isPresent()
                        && waiting(connection, row) < most
                        && insert(connection, row) == 1);
    }

    private static int insert(Connection connection, ApprovalRow row) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO approvals (id, digest, state, round, requester, requester_name, credential, client, address,"
                        + " tool, account, target, subject, rule, reason, roles, users, required, sealed, created,"
                        + " expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.digest(),
                row.state(),
                row.round(),
                row.requester(),
                row.requesterName(),
                row.credential(),
                row.client(),
                row.address(),
                row.tool(),
                row.account(),
                row.target(),
                row.subject(),
                row.rule(),
                row.reason(),
                Lines.join(row.roles()),
                Lines.join(row.users()),
                row.required(),
                row.sealed(),
                row.created(),
                row.expires());
    }

    private static int waiting(Connection connection, ApprovalRow row) throws SQLException {
        return Sql.first(
                        connection,
                        count -> count.getInt("number"),
                        "SELECT COUNT(*) AS number FROM approvals WHERE requester = ? AND state = 'requested' AND expires > ?",
                        row.requester(),
                        row.created())
                .orElseThrow();
    }

    /** The request of the digest that is not over yet. */
    public Future<Optional<ApprovalRow>> open(String digest, long now) {
        return database.read(connection -> open(connection, digest, now));
    }

    private static Optional<ApprovalRow> open(Connection connection, String digest, long now) throws SQLException {
        return Sql.first(
                connection,
                ApprovalStore::row,
                "SELECT * FROM approvals WHERE digest = ? AND " + OPEN + " ORDER BY created DESC",
                digest,
                now);
    }

    /** The request of an id. */
    public Future<Optional<ApprovalRow>> get(String id) {
        return database.read(
                connection -> Sql.first(connection, ApprovalStore::row, "SELECT * FROM approvals WHERE id = ?", id));
    }

    /** The newest requests. */
    public Future<List<ApprovalRow>> list(int most) {
        return database.read(connection -> Sql.list(
                connection, ApprovalStore::row, "SELECT * FROM approvals ORDER BY created DESC, id LIMIT ?", most));
    }

    /** What was decided of a request, in order. */
    public Future<List<VoteRow>> votes(String id) {
        return database.read(connection -> votes(connection, id));
    }

    private static List<VoteRow> votes(Connection connection, String id) throws SQLException {
        return Sql.list(
                connection, VoteRow::of, "SELECT * FROM approval_votes WHERE approval = ? ORDER BY at, approver", id);
    }

    /**
     * Takes what somebody decided, once of each; false when the request does not wait any more, or when this one decided before.
     *
     * @param standing the ids of those whose decisions count at this moment
     */
    public Future<Boolean> decide(VoteRow vote, Set<String> standing) {
        return database.write(connection -> {
            var taken = waits(connection, vote) && add(connection, vote) == 1;
            if (taken) {
                settle(connection, vote, standing);
            }
            return taken;
        });
    }

    /** One denial is enough; of grants it takes as many as the request needs. */
    private static void settle(Connection connection, VoteRow vote, Set<String> standing) throws SQLException {
        Sql.update(
                connection,
                "UPDATE approvals SET state = ? WHERE id = ? AND state = 'requested' AND (? = 0 OR required <= ?)",
                vote.granted() ? "granted" : "denied",
                vote.approval(),
                number(vote.granted()),
                grants(connection, vote, standing));
    }

    private static long grants(Connection connection, VoteRow vote, Set<String> standing) throws SQLException {
        return votes(connection, vote.approval()).stream()
                .filter(VoteRow::granted)
                .map(VoteRow::approver)
                .filter(approver -> approver.equals(vote.approver()) || standing.contains(approver))
                .count();
    }

    private static boolean waits(Connection connection, VoteRow vote) throws SQLException {
        return Sql.first(
                        connection,
                        ApprovalStore::row,
                        "SELECT * FROM approvals WHERE id = ? AND state = 'requested' AND expires > ?",
                        vote.approval(),
                        vote.at())
                .isPresent();
    }

    private static int add(Connection connection, VoteRow vote) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO approval_votes (approval, approver, name, granted, note, at) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (approval, approver) DO NOTHING",
                vote.approval(),
                vote.approver(),
                vote.name(),
                number(vote.granted()),
                vote.note(),
                vote.at());
    }

    private static int number(boolean fact) {
        return fact ? 1 : 0;
    }

    /** Lets a granted request wait for somebody to decide again; false when it is not granted any more. */
    public Future<Boolean> reopen(String id) {
        return database.update("UPDATE approvals SET state = 'requested' WHERE id = ? AND state = 'granted'", id)
                .map(changed -> changed == 1);
    }

    /** Uses a granted request up; false for all but the first. */
    public Future<Boolean> use(String id, String digest, long now) {
        return database.update(
                        "UPDATE approvals SET state = 'used', round = 1 WHERE id = ? AND digest = ? AND state = 'granted' AND expires > ?",
                        id,
                        digest,
                        now)
                .map(changed -> changed == 1);
    }

    /** Lets a call that asked something go on; false for all but the first of each round, and when the time is over. */
    public Future<Boolean> goOn(String id, String digest, int round, long now) {
        return database.update(
                        "UPDATE approvals SET round = round + 1 WHERE id = ? AND digest = ? AND state = 'used' AND round = ? AND expires > ?",
                        id,
                        digest,
                        round,
                        now)
                .map(changed -> changed == 1);
    }

    /** Those whose time is over without having been used. */
    public Future<List<ApprovalRow>> overdue(long now) {
        return database.read(connection -> Sql.list(
                connection,
                ApprovalStore::row,
                "SELECT * FROM approvals WHERE state IN ('requested', 'granted') AND expires <= ? LIMIT 1000",
                now));
    }

    /** Ends a request whose time is over; false when that is done already. */
    public Future<Boolean> expire(String id, long now) {
        return database.update(
                        "UPDATE approvals SET state = 'expired' WHERE id = ? AND state IN ('requested', 'granted') AND expires <= ?",
                        id,
                        now)
                .map(changed -> changed == 1);
    }

    /** Removes a request. */
    public Future<Void> remove(String id) {
        return database.update("DELETE FROM approvals WHERE id = ?", id).mapEmpty();
    }

    /** Removes the requests that came to their end before this. */
    public Future<Integer> removeBefore(long moment) {
        return database.update(
                "DELETE FROM approvals WHERE expires <= ? AND state NOT IN ('requested', 'granted')", moment);
    }

    private static ApprovalRow row(ResultSet row) throws SQLException {
        return new ApprovalRow(
                row.getString("id"),
                row.getString("digest"),
                row.getString("state"),
                row.getInt("round"),
                row.getString("requester"),
                row.getString("requester_name"),
                row.getString("credential"),
                row.getString("client"),
                row.getString("address"),
                row.getString("tool"),
                row.getString("account"),
                row.getString("target"),
                row.getString("subject"),
                row.getString("rule"),
                row.getString("reason"),
                Lines.split(row.getString("roles")),
                Lines.split(row.getString("users")),
                row.getInt("required"),
                row.getString("sealed"),
                row.getLong("created"),
                row.getLong("expires"));
    }
}
