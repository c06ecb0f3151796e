package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;

/** A database that a plugin has open; says so when it is closed. */
final class LentSqlite implements Sqlite {

    private final Sqlite database;
    private final Consumer<LentSqlite> onClose;

    LentSqlite(Sqlite database, Consumer<LentSqlite> onClose) {
        this.database = database;
        this.onClose = onClose;
    }

    @Override
    public Future<SqliteResult> query(
            SqliteStatement statement, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        return database.query(statement, caps, deadline, cancellation);
    }

    @Override
    public Future<List<SqliteResult>> batch(
            List<SqliteStatement> statements, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        return database.batch(statements, caps, deadline, cancellation);
    }

    @Override
    public Future<Void> close() {
        onClose.accept(this);
        return database.close();
    }
}
