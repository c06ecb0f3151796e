package symbolai.mcp.server.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The server's own database: one writer, a few readers, each on platform threads of its own. */
public final class Database {

    private static final int READERS = 2;
    private static final int WAITING_WRITES = 1_000;
    private static final int WAITING_READS = 1_000;

    private final Path file;
    private final Lane writer;
    private final Lane readers;

    public Database(Vertx vertx, Path file) {
        this.file = file;
        this.writer = new Lane(vertx, 1, WAITING_WRITES);
        this.readers = new Lane(vertx, READERS, WAITING_READS);
    }

    /** Opens the file, which is made when it is missing, and brings its tables up to date. */
    public Future<Void> start() {
        return writer.open(() -> SqliteFile.writer(file))
                .compose(opened -> writer.run(Migrations::apply))
                .compose(current -> readers.open(() -> SqliteFile.reader(file)));
    }

    /** Closes the file when the work that runs and waits is done. */
    public Future<Void> close() {
        return readers.close().eventually(writer::close);
    }

    /** Runs work that changes nothing. */
    <T> Future<T> read(Work<T> work) {
        return readers.run(work);
    }

    /** Runs work in a transaction of its own, after all that was asked for before. */
    <T> Future<T> write(Work<T> work) {
        return writer.run(connection -> Transaction.run(connection, work));
    }

    /** Runs one statement that changes something; tells how many rows it changed. */
    Future<Integer> update(String sql, Object... values) {
        return write(connection -> Sql.update(connection, sql, values));
    }

    /** Brings all that was written into the file itself, so that what was removed is not beside it any more. */
    Future<Void> settle() {
        return writer.<Boolean>run(Database::settle).mapEmpty();
    }

    private static boolean settle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
