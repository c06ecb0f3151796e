package symbolai.mcp.server.store;

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

/** An open database in a plugin's hands. */
final class LentDatabase implements Sqlite {

    private final SerialQueue queue;
    private final LentFile file;
    private final Consumer<LentDatabase> onClose;

    LentDatabase(SerialQueue queue, LentFile file, Consumer<LentDatabase> onClose) {
        this.queue = queue;
        this.file = file;
        this.onClose = onClose;
    }

    @Override
    public Future<SqliteResult> query(
            SqliteStatement statement, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        return queue.submit(() -> file.query(statement, caps, deadline, cancellation));
    }

    @Override
    public Future<List<SqliteResult>> batch(
            List<SqliteStatement> statements, SqliteCaps caps, Deadline deadline, Cancellation cancellation) {
        var copy = List.copyOf(statements);
        return queue.submit(() -> file.batch(copy, caps, deadline, cancellation));
    }

    @Override
    public Future<Void> copyTo(Path target, Deadline deadline) {
        return queue.submit(() -> file.copyTo(target, deadline)).mapEmpty();
    }

    @Override
    public Future<Void> copyFrom(Path source, Deadline deadline) {
        return queue.submit(() -> file.copyFrom(source, deadline)).mapEmpty();
    }

    @Override
    public Future<Void> close() {
        onClose.accept(this);
        return queue.submitLast(file::close).otherwise(false).mapEmpty();
    }
}
