package symbolai.mcp.plugins.local.store;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;

/** One SQLite file of the account's own tables; knows what was made in it that is made only once. */
public final class Records {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MADE_ONCE = "CREATE TABLE IF NOT EXISTS made_once (what TEXT PRIMARY KEY) STRICT";

    private final Sqlite sqlite;

    private Records(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Opens the file in the plugin's folder and makes the tables that are missing. */
    public static Future<Records> open(FamilyContext context, String file, List<String> tables) {
        Path path = context.folder().resolve(file);
        return context.sqlite(path, Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT)
                .map(Records::new)
                .compose(records -> records.make(tables));
    }

    /** The rows of one statement. */
    public Future<List<Row>> rows(String sql, @Nullable Object... params) {
        return run(SqliteStatement.of(sql, params), Deadline.after(PATIENCE), Cancellation.NEVER)
                .map(Records::rows);
    }

    /** The rows of one statement, within the operation's deadline. */
    public Future<List<Row>> rows(Operation operation, SqliteStatement statement) {
        return run(statement, operation.deadline(), operation.cancellation()).map(Records::rows);
    }

    /** How many rows one statement changed. */
    public Future<Long> change(String sql, @Nullable Object... params) {
        return run(SqliteStatement.of(sql, params), Deadline.after(PATIENCE), Cancellation.NEVER)
                .map(SqliteResult::changes);
    }

    /** Runs all statements, or none. */
    public Future<List<SqliteResult>> batch(List<SqliteStatement> statements) {
        return sqlite.batch(statements, SqliteCaps.NONE, Deadline.after(PATIENCE), Cancellation.NEVER);
    }

    /** Runs the statements if that was not done before; they and the note that it was done are one transaction. */
    public Future<Void> once(String what, Supplier<Future<List<SqliteStatement>>> statements) {
        return wasMade(what).compose(made -> made ? Future.succeededFuture() : makeOnce(what, statements));
    }

    /** Whether something was made that is made only once. */
    public Future<Boolean> wasMade(String what) {
        return rows("SELECT what FROM made_once WHERE what = ?", what).map(rows -> !rows.isEmpty());
    }

    /** Notes, in the transaction that makes it, that something was made. */
    public static SqliteStatement mark(String what) {
        return SqliteStatement.of("INSERT INTO made_once (what) VALUES (?)", what);
    }

    /** The rows of a result. */
    public static List<Row> rows(SqliteResult result) {
        return result.rows().stream().map(Row::new).toList();
    }

    /** The failure, or a better one where SQLite's words show that a rule of the tables was broken. */
    public static Throwable explained(Throwable failure, String words, Supplier<ToolException> better) {
        var broken = failure instanceof ToolException known
                && known.reason() == ToolException.Reason.INVALID
                && String.valueOf(known.getMessage()).contains(words);
        return broken ? better.get() : failure;
    }

    private Future<Void> makeOnce(String what, Supplier<Future<List<SqliteStatement>>> statements) {
        return statements
                .get()
                .compose(made -> batch(
                        Stream.concat(made.stream(), Stream.of(mark(what))).toList()))
                .mapEmpty();
    }

    private Future<Records> make(List<String> tables) {
        var statements = new ArrayList<SqliteStatement>();
        statements.add(SqliteStatement.of(MADE_ONCE));
        tables.forEach(sql -> statements.add(SqliteStatement.of(sql)));
        return batch(statements).map(this);
    }

    private Future<SqliteResult> run(SqliteStatement statement, Deadline deadline, Cancellation cancellation) {
        return sqlite.query(statement, SqliteCaps.NONE, deadline, cancellation);
    }
}
