package symbolai.mcp.server.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work so that all of it happens, or nothing. */
final class Transaction {

    private Transaction() {}

    static <T> T run(Connection connection, Database.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
