package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** A database with nothing to protect it, to see whether a statement changes it. */
final class ScratchDatabase implements AutoCloseable {

    private static final int STEPS = 1000;
    private static final int MOST_TURNS = 2000;
    private static final List<String> SETTINGS = List.of(
            "foreign_keys",
            "query_only",
            "recursive_triggers",
            "ignore_check_constraints",
            "legacy_alter_table",
            "writable_schema",
            "user_version",
            "application_id",
            "journal_mode",
            "locking_mode",
            "cache_size",
            "max_page_count",
            "reverse_unordered_selects",
            "defer_foreign_keys");

    private final Path file;
    private final SQLiteConnection connection;
    private final Patience patience = new Patience();

    ScratchDatabase(Path file) throws SQLException {
        this.file = file;
        this.connection = (SQLiteConnection) DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 2);
        ProgressHandler.setHandler(connection, STEPS, patience);
        // Durability is worth nothing here, and syncs cost minutes.
        run("PRAGMA synchronous = OFF");
        for (var table = 0; table < 5; table++) {
            run(
                    "CREATE TABLE IF NOT EXISTS tab" + table
                            + "(pk INTEGER PRIMARY KEY, col0 INTEGER, col1 FLOAT, col2 TEXT, col3 INTEGER, col4 FLOAT, col5 TEXT)");
            run("INSERT INTO tab" + table + " VALUES (1, 2, 3.5, 'x', 4, 5.5, 'y'), (2, NULL, 1, 'z', 7, 0, '')");
        }
    }

    /** Runs everything in the text, as SQLite's own shell would; says whether it ran to its end. */
    boolean proveUnchanged(String sql) throws Exception {
        var before = state();
        var changes = connection.getDatabase().total_changes();

        var ran = run(sql);

        assertThat(connection.getDatabase().total_changes()).as(sql).isEqualTo(changes);
        assertThat(state()).as(sql).isEqualTo(before);
        return ran;
    }

    /** Runs the text and looks. */
    boolean leavesUnchanged(String sql) throws Exception {
        var before = state();
        var changes = connection.getDatabase().total_changes();
        run(sql);
        return connection.getDatabase().total_changes() == changes && state().equals(before);
    }

    void change(String sql) {
        run(sql);
    }

    boolean accepts(String sql) {
        patience.renew();
        try (var prepared = connection.prepareStatement(sql)) {
            return prepared.getMetaData() != null;
        } catch (SQLException refused) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private boolean run(String sql) {
        patience.renew();
        try {
            connection.getDatabase()._exec(sql);
            return true;
        } catch (SQLException failed) {
            // Many statements of the corpora are wrong on purpose.
            return false;
        }
    }

    private String state() throws Exception {
        var state = new StringBuilder();
        for (var setting : SETTINGS) {
            state.append(setting).append('=').append(value("PRAGMA " + setting)).append('\n');
        }
        state.append(value("SELECT group_concat(name) FROM pragma_database_list WHERE name <> 'temp'"))
                .append('\n');
        state.append(value("SELECT group_concat(sql) FROM sqlite_temp_schema")).append('\n');
        state.append(hash());
        return state.toString();
    }

    private String hash() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    private String value(String sql) throws SQLException {
        patience.renew();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** Ends what would run for ever. */
    private static final class Patience extends ProgressHandler {

        private int turns;

        void renew() {
            turns = 0;
        }

        @Override
        protected int progress() {
            turns++;
            return turns > MOST_TURNS ? 1 : 0;
        }
    }
}
