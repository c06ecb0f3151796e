package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.Identity.done;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;

class RevocationsTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Identity identity;
    private Revocations revocations;

    @BeforeEach
    void open() {
        identity = new Identity(folder);
        revocations = identity.revocations;
    }

    @AfterEach
    void close() {
        identity.close();
    }

    @Test
    void theHoldersOfACredentialAreTold() {
        revocations.onEnded(withKey("k1"), told::add);
        revocations.onEnded(withKey("k1"), told::add);
        revocations.onEnded(withKey("k2"), why -> told.add("of another key"));
        revocations.onEnded(
                caller("ada", Role.ADMIN, Credential.token("grant", "client", Set.of())), why -> told.add("grant"));

        revocations.credentialEnded("k1", "gone");
        revocations.credentialEnded("k1", "gone again");
        revocations.credentialEnded("grant", "gone");

        assertThat(told).containsExactly("gone", "gone", "grant");
        assertThat(revocations.watching()).isEqualTo(1);
    }

    @Test
    void whatIsNoLongerOpenIsNotTold() {
        revocations.onEnded(withKey("k1"), told::add).close();

        revocations.credentialEnded("k1", "gone");

        assertThat(told).isEmpty();
        assertThat(revocations.watching()).isZero();
    }

    @Test
    void whatIsOpenedJustTooLateIsToldAtOnce() {
        revocations.credentialEnded("k1", "gone");

        revocations.onEnded(withKey("k1"), told::add);

        assertThat(told).containsExactly("gone");
        assertThat(revocations.watching()).isZero();
    }

    @Test
    void aRoleThatWasChangedTwiceIsJudgedByTheLastTime() {
        revocations.roleChanged("ada", Role.VIEWER);
        revocations.roleChanged("ada", Role.ADMIN);

        revocations.onEnded(caller("ada", Role.ADMIN, Credential.LOCAL), told::add);
        assertThat(told).isEmpty();

        revocations.onEnded(caller("ada", Role.VIEWER, Credential.LOCAL), told::add);
        assertThat(told).hasSize(1);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersOpen() {
        revocations.onEnded(withKey("k1"), why -> {
            throw new IllegalStateException("broken");
        });
        revocations.onEnded(withKey("k1"), told::add);

        revocations.credentialEnded("k1", "gone");

        assertThat(told).containsExactly("gone");
    }

    @Test
    void changesOfUsersAndKeysAreTold() {
        done(identity.users.createWithoutPassword(Identity.BY, "root", Role.ADMIN));
        var ada = done(identity.users.createWithoutPassword(Identity.BY, "ada", Role.ADMIN));
        var revoked = done(identity.keys.create(Identity.BY, "ada", "one", Optional.empty(), List.of()));
        var kept = done(identity.keys.create(Identity.BY, "ada", "two", Optional.empty(), List.of()));
        watch(ada, revoked.id(), "key one");
        watch(ada, kept.id(), "key two");

        done(identity.keys.revoke(Identity.BY, revoked.id()));
        assertThat(told).containsExactly("key one: the API key was revoked");

        done(identity.users.setRole(Identity.BY, "ada", Role.VIEWER));
        assertThat(told).containsExactly("key one: the API key was revoked", "key two: the user's role was changed");

        watch(ada, kept.id(), "role of before");
        done(identity.users.remove(Identity.BY, "ada"));
        assertThat(told).hasSize(3);
    }

    @Test
    void row40WhoWasLetInWithAnEndedSignInOrGrantIsNobodyAnyMore() {
        var ada = done(identity.users.createWithoutPassword(Identity.BY, "ada", Role.ADMIN));
        var standings = new Standings(identity.keyRing, revocations, identity.clock);
        var browser = caller(ada.id(), ada.role(), Credential.signIn("s1"));
        var program = caller(ada.id(), ada.role(), Credential.token("g1", "client", Set.of()));
        assertThat(standings.now(browser)).isPresent();
        assertThat(standings.now(program)).isPresent();

        revocations.credentialEnded("s1", "the user signed out");
        revocations.credentialEnded("g1", "revoked");
        identity.clock.advance(Duration.ofMinutes(61));
        revocations.credentialEnded("s2", "another");

        assertThat(standings.now(browser)).isEmpty();
        assertThat(standings.now(program)).isEmpty();
        assertThat(standings.now(caller(ada.id(), ada.role(), Credential.signIn("s3"))))
                .isPresent();
    }

    @Test
    void aKeyThatExpiresIsTold() {
        var ada = done(identity.users.createWithoutPassword(Identity.BY, "ada", Role.ADMIN));
        var key =
                done(identity.keys.create(Identity.BY, "ada", "short", Optional.of(Duration.ofMinutes(1)), List.of()));
        var watch = new ExpiryWatch(identity.vertx, identity.keyRing, identity.clock);
        watch.start();
        watch(ada, key.id(), "key");

        identity.clock.advance(Duration.ofSeconds(59));
        watch.look();
        assertThat(told).isEmpty();

        identity.clock.advance(Duration.ofSeconds(1));
        watch.look();
        watch.close();
        assertThat(told).containsExactly("key: the API key has expired");
    }

    private void watch(User user, String key, String name) {
        revocations.onEnded(
                caller(user.id(), user.role(), Credential.key(key, List.of(), false)),
                why -> told.add(name + ": " + why));
    }

    private static Caller withKey(String id) {
        return caller("ada", Role.ADMIN, Credential.key(id, List.of(), false));
    }

    private static Caller caller(String id, Role role, Credential credential) {
        return new Caller(id, id, role, credential, "127.0.0.1");
    }
}
