package symbolai.mcp.server.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import symbolai.mcp.api.ToolException;

/** Turns SQLite's failures into ones that a model may read: SQLite's own words, and no file's name. */
final class SqliteFailure {

    private SqliteFailure() {}

    static ToolException of(SQLException failure, RunawayGuard guard) {
        var code = failure instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        // The low byte is the primary code, the rest says more.
        return switch (primary(code)) {
            case SQLITE_INTERRUPT -> guard.stopped();
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new ToolException(
                        ToolException.Reason.UNAVAILABLE, "the database is busy with another write; try again");
            case SQLITE_FULL ->
                new ToolException(
                        ToolException.Reason.REFUSED, "the database has reached its largest size, or the disk is full");
            case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOMEM ->
                new ToolException(
                        ToolException.Reason.UNAVAILABLE, "the database file cannot be used: " + primary(code).message);
            default ->
                new ToolException(ToolException.Reason.INVALID, words(String.valueOf(failure.getMessage()), code));
        };
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return code.code < 0 ? code : SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    /** The driver writes {@code [CODE] what the code means (SQLite's own words)}. */
    private static String words(String message, SQLiteErrorCode code) {
        var prefix = "[" + code.name() + "] " + code.message + " (";
        return message.startsWith(prefix) && message.endsWith(")")
                ? message.substring(prefix.length(), message.length() - 1)
                : message;
    }
}
