package symbolai.mcp.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.ToolException;

/** Opens database files with everything that bounds them. */
final class SqliteOpener {

    private SqliteOpener() {}

    static LentFile open(Path file, Sqlite.Mode mode, SqliteLimits limits) throws IOException {
        var guard = new RunawayGuard();
        if (mode == Sqlite.Mode.READ_WRITE) {
            makePrivate(file);
        } else if (!Files.isRegularFile(file)) {
            throw new ToolException(ToolException.Reason.NOT_FOUND, "there is no such database file");
        }
        try {
            var connection = (SQLiteConnection) config(mode).createConnection(url(file, mode));
            return new LentFile(bounded(connection, limits, guard), guard);
        } catch (SQLException failure) {
            throw SqliteFailure.of(failure, guard);
        }
    }

    /** An empty file is an empty database; the files that SQLite puts beside it take over its permissions. */
    static void makePrivate(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** As a URI, so that no character of the path means anything to the driver. */
    private static String url(Path file, Sqlite.Mode mode) {
        var path = file.toAbsolutePath().toUri().getRawPath();
        return "jdbc:sqlite:file:" + path + (mode == Sqlite.Mode.READ_ONLY ? "?mode=ro" : "?mode=rw");
    }

    private static SQLiteConfig config(Sqlite.Mode mode) {
        var config = new SQLiteConfig();
        config.setReadOnly(mode == Sqlite.Mode.READ_ONLY);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        if (mode == Sqlite.Mode.READ_WRITE) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        }
        return config;
    }

    private static SQLiteConnection bounded(SQLiteConnection connection, SqliteLimits limits, RunawayGuard guard)
            throws SQLException {
        try {
            limitFileSize(connection, limits.fileBytes());
            limit(connection, limits);
            ProgressHandler.setHandler(connection, RunawayGuard.STEPS, guard);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static void limitFileSize(SQLiteConnection connection, long bytes) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA page_size")) {
            var pages = Math.max(1, bytes / row.getLong(1));
            statement.execute("PRAGMA max_page_count = " + Math.min(pages, Integer.MAX_VALUE));
        }
    }

    private static void limit(SQLiteConnection connection, SqliteLimits limits) throws SQLException {
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, limits.sqlLength());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_VARIABLE_NUMBER, limits.parameters());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits.likePattern());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, limits.columns());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_COMPOUND_SELECT, limits.compoundSelect());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, limits.expressionDepth());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, limits.opcodes());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, limits.valueLength());
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, limits.triggerDepth());
    }
}
