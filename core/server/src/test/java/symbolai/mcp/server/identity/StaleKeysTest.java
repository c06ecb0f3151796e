package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.identity.Identity.BY;
import static symbolai.mcp.server.identity.Identity.done;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;

/** Keys that were revoked while they could not be read again. */
class StaleKeysTest {

    @TempDir
    Path folder;

    private Identity identity;
    private NewKey key;

    @BeforeEach
    void revokeWithoutReadingAgain() throws SQLException {
        identity = new Identity(folder);
        done(identity.users.createWithoutPassword(BY, "root", Role.ADMIN));
        done(identity.users.createWithoutPassword(BY, "ada", Role.ADMIN));
        key = done(identity.keys.create(BY, "ada", "laptop", Optional.empty(), List.of()));
        sql("ALTER TABLE users RENAME TO users_away");
        fails(identity.keys.revoke(BY, key.id()));
        sql("ALTER TABLE users_away RENAME TO users");
        assertThat(isAccepted()).as("nothing was read again yet").isTrue();
    }

    @AfterEach
    void close() {
        identity.close();
    }

    @Test
    void theKeysAreReadAgainUntilThatSucceeds() throws SQLException {
        var watch = new ExpiryWatch(identity.vertx, identity.keyRing, identity.clock);
        sql("ALTER TABLE users RENAME TO users_away");
        watch.look();
        sql("ALTER TABLE users_away RENAME TO users");

        Awaitility.await().until(() -> {
            watch.look();
            return !isAccepted();
        });

        assertThat(identity.keyRing.isStale()).isFalse();
    }

    @Test
    void revokingItAgainReadsThemAgain() {
        fails(identity.keys.revoke(BY, key.id()));

        assertThat(isAccepted()).isFalse();
    }

    @Test
    void removingAUserAgainReadsThemAgain() throws SQLException {
        var other = done(identity.keys.create(BY, "ada", "desk", Optional.empty(), List.of()));
        sql("PRAGMA foreign_keys = ON", "DELETE FROM users WHERE name = 'ada'");

        fails(identity.users.remove(BY, "ada"));

        assertThat(isAccepted(other)).isFalse();
    }

    private boolean isAccepted() {
        return isAccepted(key);
    }

    private boolean isAccepted(NewKey shown) {
        return done(identity.authenticator.authenticate(
                        Optional.of("Bearer " + shown.key().reveal()), "http://localhost", "192.0.2.1"))
                instanceof Authentication.Known;
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("identity.db"));
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void fails(Future<?> future) {
        assertThatThrownBy(() -> done(future));
    }
}
