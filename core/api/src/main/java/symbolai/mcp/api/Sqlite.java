package symbolai.mcp.api;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/**
 * An open SQLite database, lent by the host. Statements run one after another on a bounded pool of platform threads; a statement that
 * reaches its deadline or is cancelled is interrupted inside SQLite.
 *
 * <p>SQL errors fail with {@link ToolException.Reason#INVALID} and SQLite's own message; a deadline with
 * {@link ToolException.Reason#TIMED_OUT}.
 */
public interface Sqlite {

    /** How a database is opened. */
    enum Mode {
        /** The file must exist, and no statement can change it. */
        READ_ONLY,
        /** The file is made when it is missing. */
        READ_WRITE
    }

    /** Runs one statement. */
    Future<SqliteResult> query(
            SqliteStatement statement, SqliteCaps caps, Deadline deadline, Cancellation cancellation);

    /** Runs the statements in one transaction: all of them, or none. */
    Future<List<SqliteResult>> batch(
            List<SqliteStatement> statements, SqliteCaps caps, Deadline deadline, Cancellation cancellation);

    /**
     * Writes a copy of the whole database, as it is at one moment, whoever else writes.
     *
     * @param file a path below {@link FamilyContext#folder()} where there is no file
     */
    Future<Void> copyTo(Path file, Deadline deadline);

    /**
     * Puts what a copy holds in the place of all that the database holds: all of it, or nothing.
     *
     * @param file a path below {@link FamilyContext#folder()} that {@link #copyTo} wrote
     */
    Future<Void> copyFrom(Path file, Deadline deadline);

    /** Closes the database once the statement that runs now has ended. Closing twice is harmless. */
    Future<Void> close();
}
