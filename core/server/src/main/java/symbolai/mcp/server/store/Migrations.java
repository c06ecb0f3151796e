package symbolai.mcp.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Brings the tables up to date, by numbered scripts of which each runs once. */
final class Migrations {

    /** In order; a script that was released is never changed. */
    static final List<String> SCRIPTS = List.of(
            "001-start.sql",
            "002-connections.sql",
            "003-policy.sql",
            "004-approvals.sql",
            "005-sign-ins.sql",
            "006-oauth.sql",
            "007-audit.sql",
            "008-provider-users.sql");

    private Migrations() {}

    static int apply(Connection connection) throws SQLException {
        return apply(connection, SCRIPTS);
    }

    static int apply(Connection connection, List<String> scripts) throws SQLException {
        Sql.update(
                connection, "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, script TEXT NOT NULL)");
        var applied =
                Sql.list(connection, row -> row.getString("script"), "SELECT script FROM migrations ORDER BY number");
        check(applied, scripts);
        for (var number = applied.size(); number < scripts.size(); number++) {
            apply(connection, number + 1, scripts.get(number));
        }
        return scripts.size();
    }

    private static void check(List<String> applied, List<String> scripts) {
        if (applied.size() > scripts.size()
                || !scripts.subList(0, applied.size()).equals(applied)) {
            throw new IllegalStateException("the database was made by a newer version of SymbolAI MCP: it has had "
                    + applied + ", and this version knows " + scripts
                    + "; start that version, or use another data folder");
        }
    }

    private static void apply(Connection connection, int number, String script) throws SQLException {
        Transaction.run(connection, transaction -> {
            for (var statement : text(script).split(";\\s*\\n", -1)) {
                if (!statement.isBlank()) {
                    Sql.update(transaction, statement);
                }
            }
            return Sql.update(transaction, "INSERT INTO migrations (number, script) VALUES (?, ?)", number, script);
        });
    }

    private static String text(String script) {
        try (var stream = Migrations.class.getResourceAsStream(script)) {
            if (stream == null) {
                throw new IllegalStateException("the script " + script + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script " + script + " cannot be read", e);
        }
    }
}
