package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import java.nio.file.Path;
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
    private final Path folder;
    private final Consumer<LentSqlite> onClose;

    LentSqlite(Sqlite database, Path folder, Consumer<LentSqlite> onClose) {
        this.database = database;
        this.folder = folder;
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
    public Future<Void> copyTo(Path file, Deadline deadline) {
        return below(file).compose(target -> database.copyTo(target, deadline));
    }

    @Override
    public Future<Void> copyFrom(Path file, Deadline deadline) {
        return below(file).compose(source -> database.copyFrom(source, deadline));
    }

    @Override
    public Future<Void> close() {
        onClose.accept(this);
        return database.close();
    }

    private Future<Path> below(Path file) {
        var path = folder.resolve(file).normalize();
        return path.startsWith(folder)
                ? Future.succeededFuture(path)
                : Future.failedFuture(new IllegalArgumentException(
                        "a copy of a database lies in the plugin's folder, not at " + file));
    }
}
