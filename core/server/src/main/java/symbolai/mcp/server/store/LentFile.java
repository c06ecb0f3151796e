package symbolai.mcp.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;

/** One connection to one database file. Every method blocks, and is called by one thread at a time. */
final class LentFile {

    private static final Duration LONGEST_WAIT_FOR_LOCK = Duration.ofSeconds(5);
    private static final int LOCK_PAUSE_MILLIS = 50;
    private static final int ALL_PAGES = -1;
    private static final List<String> TRANSACTION_WORDS =
            List.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH");

    private final SQLiteConnection connection;
    private final RunawayGuard guard;

    LentFile(SQLiteConnection connection, RunawayGuard guard) {
        this.connection = connection;
        this.guard = guard;
    }

    /** Runs one statement in a transaction of its own. */
    SqliteResult query(SqliteStatement statement, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        try {
            begin(deadline, cancellation);
            return run(statement, caps);
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        } finally {
            guard.rest();
        }
    }

    /** Runs all statements in one transaction. */
    List<SqliteResult> batch(
            List<SqliteStatement> statements, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        try {
            begin(deadline, cancellation);
            connection.getDatabase()._exec(connection.isReadOnly() ? "BEGIN" : "BEGIN IMMEDIATE");
            return runAll(statements, caps);
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        } finally {
            guard.rest();
        }
    }

    /** Copies the database in one step, so that no write comes between; true, so that it can be the work of a pool. */
    boolean copyTo(Path file, Deadline deadline) throws IOException {
        try {
            begin(deadline, Cancellation.NEVER);
            SqliteOpener.makePrivate(file);
            return succeeded(connection
                    .getDatabase()
                    .backup("main", file.toString(), null, LOCK_PAUSE_MILLIS, pauses(deadline), ALL_PAGES));
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        } finally {
            guard.rest();
        }
    }

    /** Replaces what the database holds in one transaction; true, so that it can be the work of a pool. */
    boolean copyFrom(Path file, Deadline deadline) {
        if (!Files.isRegularFile(file)) {
            throw new ToolException(ToolException.Reason.NOT_FOUND, "there is no such copy of the database");
        }
        try {
            begin(deadline, Cancellation.NEVER);
            return succeeded(connection
                    .getDatabase()
                    .restore("main", file.toString(), null, LOCK_PAUSE_MILLIS, pauses(deadline), ALL_PAGES));
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        } finally {
            guard.rest();
        }
    }

    /** Closes the connection; says whether it went well. */
    boolean close() {
        try {
            connection.close();
            return true;
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        }
    }

    private void begin(Deadline deadline, Cancellation cancellation) throws SQLException {
        guard.watch(deadline, cancellation);
        var wait = Math.min(deadline.remaining().toMillis(), LONGEST_WAIT_FOR_LOCK.toMillis());
        connection.setBusyTimeout((int) wait);
    }

    private static int pauses(Deadline deadline) {
        var wait = Math.min(deadline.remaining().toMillis(), LONGEST_WAIT_FOR_LOCK.toMillis());
        return (int) Math.max(1, wait / LOCK_PAUSE_MILLIS);
    }

    private static boolean succeeded(int code) throws SQLException {
        if (code != SQLiteErrorCode.SQLITE_OK.code) {
            var known = SQLiteErrorCode.getErrorCode(code);
            throw new SQLiteException(known.message, known);
        }
        return true;
    }

    private List<SqliteResult> runAll(List<SqliteStatement> statements, SqliteCaps caps) throws SQLException {
        var committed = false;
        try {
            var results = new ArrayList<SqliteResult>();
            for (var statement : statements) {
                results.add(run(statement, caps));
            }
            // A commit that has begun is not interrupted.
            guard.rest();
            connection.getDatabase()._exec("COMMIT");
            committed = true;
            return results;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    @SuppressWarnings(
            "EmptyCatch") // After some failures SQLite has rolled back by itself, and there is nothing left to do.
    private void rollBack() {
        try {
            connection.getDatabase()._exec("ROLLBACK");
        } catch (SQLException nothingToRollBack) {
            // See above.
        }
    }

    private SqliteResult run(SqliteStatement statement, SqliteCaps caps) throws SQLException {
        refuseTransactions(statement.sql());
        var started = System.nanoTime();
        var before = connection.getDatabase().total_changes();
        try (var prepared = connection.prepareStatement(statement.sql())) {
            bind(prepared, statement.params());
            var rows = new RowReader(caps);
            if (prepared.execute()) {
                rows.read(prepared.getResultSet());
            }
            var changes = changesSince(before);
            return new SqliteResult(
                    rows.columns(),
                    rows.rows(),
                    rows.truncated(),
                    changes,
                    changes > 0 ? lastRowId() : 0,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private static void refuseTransactions(String sql) {
        var first = SqlStatements.single(sql).get(0);
        if (TRANSACTION_WORDS.stream().anyMatch(first::is)) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    first.upper() + " is not possible here; statements sent together run in one transaction");
        }
    }

    private static void bind(PreparedStatement prepared, List<@Nullable Object> params) throws SQLException {
        var expected = prepared.getParameterMetaData().getParameterCount();
        if (expected != params.size()) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "the statement has %d parameters, and %d values were given".formatted(expected, params.size()));
        }
        for (var index = 0; index < expected; index++) {
            prepared.setObject(index + 1, stored(params.get(index)));
        }
    }

    private static @Nullable Object stored(@Nullable Object param) {
        return param instanceof Boolean fact ? (Object) (fact ? 1L : 0L) : param;
    }

    /** SQLite's own count stays what it was after a statement that changes nothing, so the total decides. */
    private long changesSince(long before) throws SQLException {
        var database = connection.getDatabase();
        return database.total_changes() == before ? 0 : database.changes();
    }

    private long lastRowId() throws SQLException {
        try (var prepared = connection.prepareStatement("SELECT last_insert_rowid()");
                var row = prepared.executeQuery()) {
            return row.getLong(1);
        }
    }
}
