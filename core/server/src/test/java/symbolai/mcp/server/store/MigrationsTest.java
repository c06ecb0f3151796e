package symbolai.mcp.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = SqliteFile.writer(folder.resolve("test.db"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void anEmptyFileGetsAllTables() throws SQLException {
        Migrations.apply(connection);

        assertThat(tables())
                .containsExactly(
                        "api_keys",
                        "approval_votes",
                        "approvals",
                        "audit_index",
                        "audit_subjects",
                        "connections",
                        "key_values",
                        "migrations",
                        "oauth_clients",
                        "oauth_codes",
                        "oauth_consents",
                        "oauth_devices",
                        "oauth_grants",
                        "oauth_tokens",
                        "policy",
                        "policy_changes",
                        "policy_rules",
                        "provider_users",
                        "sessions",
                        "setup_links",
                        "sign_ins",
                        "tasks",
                        "used_states",
                        "users",
                        "vault_checks");
        assertThat(applied()).isEqualTo(Migrations.SCRIPTS);
    }

    @Test
    void eachScriptRunsOnce() throws SQLException {
        Migrations.apply(connection);

        Migrations.apply(connection);

        assertThat(applied()).isEqualTo(Migrations.SCRIPTS);
    }

    @Test
    void newScriptsRunOnTopOfOldOnes() throws SQLException {
        Migrations.apply(connection, List.of("001-start.sql"));

        Migrations.apply(connection, List.of("001-start.sql", "test-002.sql"));

        assertThat(tables()).contains("fruits");
        assertThat(applied()).containsExactly("001-start.sql", "test-002.sql");
    }

    @Test
    void aFailingScriptLeavesNothingBehind() throws SQLException {
        assertThatThrownBy(() -> Migrations.apply(connection, List.of("001-start.sql", "test-broken.sql")))
                .isInstanceOf(SQLException.class);

        assertThat(tables()).contains("users").doesNotContain("half");
        assertThat(applied()).containsExactly("001-start.sql");
    }

    @Test
    void aDatabaseOfANewerVersionIsRefused() throws SQLException {
        Migrations.apply(connection, List.of("001-start.sql", "test-002.sql"));

        assertThatThrownBy(() -> Migrations.apply(connection))
                .hasMessage("the database was made by a newer version of SymbolAI MCP: it has had"
                        + " [001-start.sql, test-002.sql], and this version knows " + Migrations.SCRIPTS
                        + "; start that version, or use another data folder");
    }

    private List<String> tables() throws SQLException {
        return Sql.list(
                connection,
                row -> row.getString("name"),
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    }

    private List<String> applied() throws SQLException {
        return Sql.list(connection, row -> row.getString("script"), "SELECT script FROM migrations ORDER BY number");
    }
}
