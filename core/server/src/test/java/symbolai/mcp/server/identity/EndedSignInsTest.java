package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.identity.Identity.BY;
import static symbolai.mcp.server.identity.Identity.done;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;

/** What ends a sign-in ends what is open with it, and is recorded. */
class EndedSignInsTest {

    private static final Secret PASSWORD = new Secret("seven small stones");
    private static final Secret NEXT = new Secret("eight other stones");
    private static final Visitor HERE = new Visitor("192.0.2.1", "Browser/1");

    private static final Map<String, Ending> PASSWORD_CHANGES = Map.of(
            "an admin", (identity, open) -> done(identity.users.resetPassword(BY, "ada", NEXT)),
            "a setup link",
                    (identity, open) -> done(identity.links.redeem(done(identity.links.issue(BY, "ada")), NEXT, HERE)),
            "the user", (identity, open) -> done(identity.signIns.changePassword(open, PASSWORD, NEXT, HERE)));

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Identity identity;

    /** Something that ends sign-ins. */
    @FunctionalInterface
    private interface Ending {
        void happen(Identity identity, OpenSignIn open);
    }

    @BeforeEach
    void open() {
        identity = new Identity(folder);
        done(identity.users.create(BY, "ada", Role.ADMIN, PASSWORD));
        done(identity.users.create(BY, "bob", Role.VIEWER, PASSWORD));
    }

    @AfterEach
    void close() {
        identity.close();
    }

    static Stream<String> passwordChanges() {
        return PASSWORD_CHANGES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("passwordChanges")
    void row40AChangedPasswordEndsWhatIsOpen(String by) throws IOException {
        var one = watched("ada");
        var two = watched("ada");
        var other = watched("bob");
        var standings = new Standings(identity.keyRing, identity.revocations, identity.clock);

        PASSWORD_CHANGES.get(by).happen(identity, one);

        assertThat(told)
                .containsExactlyInAnyOrder(
                        id(one) + " the password was changed", id(two) + " the password was changed");
        assertThat(standings.now(one.signIn().caller("192.0.2.1"))).isEmpty();
        assertThat(standings.now(other.signIn().caller("192.0.2.1"))).isPresent();
        assertThat(endings())
                .containsExactlyInAnyOrder(
                        id(one) + " the password was changed", id(two) + " the password was changed");
    }

    @Test
    void row40OneSignInTooManyEndsTheOldest() throws IOException {
        var first = watched("ada");
        for (var i = 0; i < 19; i++) {
            identity.clock.advance(Duration.ofSeconds(1));
            watched("ada");
        }
        assertThat(told).isEmpty();

        identity.clock.advance(Duration.ofSeconds(1));
        watched("ada");

        assertThat(told).containsExactly(id(first) + " the user has signed in elsewhere too often");
        assertThat(endings()).containsExactly(id(first) + " the user has signed in elsewhere too often");
    }

    @Test
    void signingOutEverywhereEndsWhatIsOpen() {
        var one = watched("ada");
        var two = watched("ada");
        watched("bob");

        var ended = done(identity.signIns.endAll(one.signIn().caller("192.0.2.1")));

        assertThat(ended).isEqualTo(2);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        id(one) + " the user signed out everywhere", id(two) + " the user signed out everywhere");
    }

    @Test
    void nobodyEndsWhatIsOpenForSomebodyElse() {
        var adas = watched("ada");
        var bob = watched("bob").signIn().caller("192.0.2.1");

        assertThatThrownBy(() -> done(identity.signIns.end(bob, id(adas)))).hasMessageContaining("no sign-in");

        assertThat(told).isEmpty();
        assertThat(identity.revocations.hasEnded(id(adas))).isFalse();
    }

    @Test
    void aChangeThatCannotBeRecordedEndsNothing() {
        watched("ada");
        done(identity.audit.close());

        assertThatThrownBy(() -> done(identity.users.resetPassword(BY, "ada", NEXT)))
                .hasMessageContaining("audit");

        assertThat(told).isEmpty();
    }

    private OpenSignIn watched(String name) {
        var open = done(identity.signIns.signIn(name, PASSWORD, HERE));
        identity.revocations.onEnded(open.signIn().caller("192.0.2.1"), why -> told.add(id(open) + " " + why));
        return open;
    }

    private static String id(OpenSignIn open) {
        return open.signIn().id();
    }

    private List<String> endings() throws IOException {
        try (var files = Files.walk(folder.resolve("audit"))) {
            var endings = new ArrayList<String>();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("{"))
                        .map(JsonObject::new)
                        .filter(record -> "sign-in.ended".equals(record.getString("event")))
                        .forEach(record -> endings.add(record.getString("target") + " " + record.getString("reason")));
            }
            return endings;
        }
    }
}
