package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.identity.Identity.done;

import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

class UsersTest {

    private static final Secret PASSWORD = new Secret("correct horse");

    @TempDir
    Path folder;

    private Identity identity;
    private Users users;

    @BeforeEach
    void open() {
        identity = new Identity(folder);
        users = identity.users;
    }

    @AfterEach
    void close() {
        identity.close();
    }

    @Test
    void aUserIsMadeAndListed() {
        var ada = done(users.create(Identity.BY, "Ada", Role.ADMIN, PASSWORD));
        var bob = done(users.createWithoutPassword(Identity.BY, "bob@example.com", Role.AUDITOR));

        assertThat(done(users.list())).containsExactly(ada, bob);
        assertThat(ada.hasPassword()).isTrue();
        assertThat(bob.hasPassword()).isFalse();
        assertThat(ada.created()).isEqualTo(identity.clock.instant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "ada", "ADA"})
    void aNameIsTakenOnceHoweverItIsWritten(String name) {
        done(users.create(Identity.BY, "Ada", Role.ADMIN, PASSWORD));

        fails(
                users.create(Identity.BY, name, Role.VIEWER, PASSWORD),
                Reason.CONFLICT,
                "There is a user " + name + " already.");
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "' ada',' ada'",
        "-ada,-ada",
        ".,.",
        "a b,a b",
        "a/b,a/b",
        "'a\n{\"x\":1}','a\\u000a{\"x\":1}'",
        "'a\r\nb','a\\u000d\\u000ab'",
        "'\u001b[31mada','\\u001b[31mada'",
        "'ad\u202ea','ad\\u202ea'",
        "'ad\u200ba','ad\\u200ba'",
        "ad\u00e9,ad\u00e9",
        "\u0430dmin,\u0430dmin"
    })
    void aNameThatIsNotPlainIsRefused(String name, String shown) {
        fails(
                users.create(Identity.BY, name, Role.VIEWER, PASSWORD),
                Reason.INVALID,
                "The user name '" + shown
                        + "' is not valid: it has 1 to 64 letters, digits and . _ @ -, and begins with a"
                        + " letter or digit.");
    }

    @Test
    void aLongNameIsRefusedAndCut() {
        fails(
                users.create(Identity.BY, "a".repeat(65), Role.VIEWER, PASSWORD),
                Reason.INVALID,
                "The user name '" + "a".repeat(65)
                        + "' is not valid: it has 1 to 64 letters, digits and . _ @ -, and begins with a letter or digit.");
        assertThatThrownBy(() -> done(users.create(Identity.BY, "a".repeat(65_000), Role.VIEWER, PASSWORD)))
                .hasMessageContaining("a".repeat(80) + "…'");
    }

    @Test
    void thePasswordIsNotTheName() {
        fails(
                users.create(Identity.BY, "administrator", Role.ADMIN, new Secret("Administrator")),
                Reason.INVALID,
                "The password must not be the user's name.");
    }

    @Test
    void nothingIsStoredWithABadPassword() {
        fails(
                users.create(Identity.BY, "ada", Role.ADMIN, new Secret("short")),
                Reason.INVALID,
                "The password is too short: at least 8 characters are needed.");

        assertThat(done(users.list())).isEmpty();
    }

    @Test
    void theLastAdminCanNeitherBeRemovedNorDemoted() {
        done(users.create(Identity.BY, "ada", Role.ADMIN, PASSWORD));
        done(users.create(Identity.BY, "bob", Role.OPERATOR, PASSWORD));

        fails(
                users.remove(Identity.BY, "ada"),
                Reason.REFUSED,
                "The user ada is the last admin, and cannot be removed: make another user an admin first.");
        fails(
                users.setRole(Identity.BY, "ada", Role.VIEWER),
                Reason.REFUSED,
                "The user ada is the last admin, and stays one: make another user an admin first.");
        done(users.setRole(Identity.BY, "ada", Role.ADMIN));
        done(users.setRole(Identity.BY, "bob", Role.ADMIN));
        done(users.setRole(Identity.BY, "ada", Role.VIEWER));
        done(users.remove(Identity.BY, "ada"));
        assertThat(done(users.list())).extracting(User::name).containsExactly("bob");
    }

    @Test
    void anUnknownUserIsNotFound() {
        fails(users.remove(Identity.BY, "eve"), Reason.NOT_FOUND, "There is no user 'eve'.");
        fails(users.setRole(Identity.BY, "eve\n", Role.ADMIN), Reason.NOT_FOUND, "There is no user 'eve\\u000a'.");
        fails(users.resetPassword(Identity.BY, "eve", PASSWORD), Reason.NOT_FOUND, "There is no user 'eve'.");
    }

    @Test
    void aNewPasswordIsAnotherOne() {
        done(users.create(Identity.BY, "ada", Role.ADMIN, PASSWORD));
        done(users.createWithoutPassword(Identity.BY, "bob", Role.VIEWER));

        fails(
                users.resetPassword(Identity.BY, "ada", PASSWORD),
                Reason.INVALID,
                "The new password is the one that the user has.");
        done(users.resetPassword(Identity.BY, "ada", new Secret("battery staple")));
        done(users.resetPassword(Identity.BY, "bob", PASSWORD));
        assertThat(done(users.list())).allMatch(User::hasPassword);
    }

    @Test
    void theFirstRunMakesOneAdminAndOneKeyOnce() {
        var firstRun = new FirstRun(users, identity.keys, identity.links);

        var made = done(firstRun.run());
        var again = done(firstRun.run());

        assertThat(again).isEmpty();
        var user = done(users.list()).get(0);
        assertThat(user.name()).isEqualTo("admin");
        assertThat(user.role()).isEqualTo(Role.ADMIN);
        assertThat(user.hasPassword()).isFalse();
        assertThat(done(identity.keys.list()))
                .extracting(KeyInfo::id)
                .containsExactly(made.orElseThrow().key().id());
    }

    static void fails(Future<?> future, Reason reason, String message) {
        assertThatThrownBy(() -> done(future))
                .isInstanceOfSatisfying(
                        ToolException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
    }
}
