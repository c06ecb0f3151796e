package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.identity.Identity.BY;
import static symbolai.mcp.server.identity.Identity.done;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.store.SetupLinkStore;

class SetupLinksTest {

    private static final Secret PASSWORD = new Secret("seven small stones");
    private static final Visitor HERE = new Visitor("192.0.2.1", "Browser/1");

    @TempDir
    Path folder;

    private Identity identity;

    @BeforeEach
    void open() {
        identity = new Identity(folder);
        done(identity.users.createWithoutPassword(BY, "ada", Role.ADMIN));
    }

    @AfterEach
    void close() {
        identity.close();
    }

    @Test
    void aLinkSetsThePasswordOnceAndSignsIn() {
        var token = done(identity.links.issue(BY, "ada"));

        var open = done(identity.links.redeem(token, PASSWORD, HERE));

        assertThat(done(identity.signIns.find(open.cookie()))).isPresent();
        done(identity.signIns.signIn("ada", PASSWORD, HERE));
        notGood(identity.links.redeem(token, new Secret("another good one"), HERE));
    }

    @Test
    void aBadPasswordDoesNotUseTheLinkUp() {
        var token = done(identity.links.issue(BY, "ada"));

        assertThatThrownBy(() -> done(identity.links.redeem(token, new Secret("short"), HERE)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("too short");
        done(identity.links.redeem(token, PASSWORD, HERE));
    }

    @Test
    void aLinkIsGoodForADay() {
        var token = done(identity.links.issue(BY, "ada"));

        identity.clock.advance(Duration.ofHours(24));

        notGood(identity.links.redeem(token, PASSWORD, HERE));
    }

    @Test
    void aNewLinkEndsTheFormerOne() {
        var former = done(identity.links.issue(BY, "ada"));
        var next = done(identity.links.issue(BY, "ada"));

        notGood(identity.links.redeem(former, PASSWORD, HERE));
        done(identity.links.redeem(next, PASSWORD, HERE));
    }

    @Test
    void aPasswordThatWasSetOtherwiseEndsTheLink() {
        var token = done(identity.links.issue(BY, "ada"));

        done(identity.users.resetPassword(BY, "ada", PASSWORD));

        notGood(identity.links.redeem(token, new Secret("another good one"), HERE));
    }

    @Test
    void ofManyAtOnceOneSucceeds() {
        var token = done(identity.links.issue(BY, "ada"));

        var tries = IntStream.range(0, 12)
                .mapToObj(i -> identity.links.redeem(token, new Secret("number " + i + " of many"), HERE))
                .toList();

        done(Future.join(tries).otherwiseEmpty());
        assertThat(tries.stream().filter(Future::succeeded)).hasSize(1);
    }

    @Test
    void theFirstLinkIsKeptInAPrivateFileUntilItIsUsed() throws IOException {
        var file = folder.resolve("secrets/setup-token");

        var token = done(identity.links.issueFirst(BY, "ada")).orElseThrow();
        assertThat(Files.readString(file)).isEqualTo(token.reveal() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        done(identity.links.redeem(token, PASSWORD, HERE));

        assertThat(file).doesNotExist();
    }

    @Test
    void withoutPasswordsNoLinkIsMadeOrTaken() {
        var before = done(identity.links.issue(BY, "ada"));
        var without = new SetupLinks(
                new SetupLinkStore(identity.database),
                identity.users,
                identity.signIns,
                new SetupTokenFile(identity.vertx, folder),
                new Changes(identity.audit, identity.clock),
                new IdentityConfig(
                        Duration.ofMinutes(30), Duration.ofHours(12), OAuthConfig.DEFAULT, false, Optional.empty()),
                identity.clock);

        assertThatThrownBy(() -> done(without.issue(BY, "ada"))).hasMessageContaining("signIn.passwords is false");
        assertThatThrownBy(() -> done(without.redeem(before, PASSWORD, HERE)))
                .hasMessageContaining("signIn.passwords is false");
        assertThat(done(without.issueFirst(BY, "ada"))).isEmpty();
    }

    @Test
    void theFileStaysWhenAnotherUsersLinkIsUsed() {
        var file = folder.resolve("secrets/setup-token");
        done(identity.users.createWithoutPassword(BY, "bob", Role.VIEWER));
        done(identity.links.issueFirst(BY, "ada"));

        done(identity.links.redeem(done(identity.links.issue(BY, "bob")), PASSWORD, HERE));
        assertThat(file).exists();

        done(identity.links.redeem(done(identity.links.issue(BY, "ada")), PASSWORD, HERE));
        assertThat(file).doesNotExist();
    }

    private static void notGood(Future<?> future) {
        assertThatThrownBy(() -> done(future))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("This link is not good, or not any more");
    }
}
