package symbolai.mcp.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens the server's own database file. */
final class SqliteFile {

    private static final int BUSY_MILLIS = 5_000;

    private SqliteFile() {}

    /** Every commit is on the disk when it returns: a revoked key stays revoked. What is removed is overwritten. */
    static Connection writer(Path file) throws SQLException {
        createPrivate(file);
        var config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
        return config.createConnection("jdbc:sqlite:" + file);
    }

    static Connection reader(Path file) throws SQLException {
        var config = config();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static void createPrivate(Path file) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException("the database " + file + " cannot be made", e);
        }
    }
}
