package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.Identity.done;
import static symbolai.mcp.server.identity.UsersTest.fails;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.ServerConfig.Auth;

class AuthenticatorTest {

    @TempDir
    Path folder;

    private Identity identity;

    @BeforeEach
    void open() {
        identity = new Identity(folder);
        done(identity.users.createWithoutPassword(Identity.BY, "ada", Role.ADMIN));
        done(identity.users.createWithoutPassword(Identity.BY, "bob", Role.VIEWER));
    }

    @AfterEach
    void close() {
        identity.close();
    }

    @Test
    void aKeySaysWhoCalls() {
        var key = done(identity.keys.create(Identity.BY, "bob", "laptop", Optional.empty(), List.of("d1_*")));

        var caller = known(authenticate("Bearer " + key.key().reveal()));

        assertThat(caller.caller().name()).isEqualTo("bob");
        assertThat(caller.caller().role()).isEqualTo(Role.VIEWER);
        assertThat(caller.caller().keyId()).contains(key.id());
        assertThat(caller.caller().tools()).containsExactly("d1_*");
        assertThat(caller.caller().address()).isEqualTo("192.0.2.1");
    }

    @Test
    void theSchemeIsWrittenInAnyCase() {
        var key = done(identity.keys.create(Identity.BY, "ada", "laptop", Optional.empty(), List.of()));

        known(authenticate("bearer " + key.key().reveal()));
        known(authenticate("BEARER   " + key.key().reveal()));
    }

    @Test
    void noHeaderIsMissing() {
        assertThat(done(identity.authenticator.authenticate(Optional.empty(), "http://localhost", "192.0.2.1")))
                .isEqualTo(new Authentication.Missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic YTpi", "Token x", "BearerX y"})
    void otherSchemesAreRefused(String header) {
        refused(header, "the authorization is not of the scheme Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer x", "Bearer smcp_x_y", "Bearer a b", "Bearer \u0000"})
    void malformedKeysAreRefused(String header) {
        refused(header, "the key is malformed");
    }

    @Test
    void anUnknownKeyIsRefused() {
        refused("Bearer " + ApiKey.random(new SecureRandom()).text().reveal(), "the key is unknown");
    }

    @Test
    void aKnownIdWithAnotherSecretIsRefused() {
        var key = done(identity.keys.create(Identity.BY, "ada", "laptop", Optional.empty(), List.of()));
        var body = "smcp_" + key.id() + "_" + "0".repeat(43);
        var crc = new java.util.zip.CRC32();
        crc.update(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        refused(
                "Bearer " + body + Base62.encode(java.math.BigInteger.valueOf(crc.getValue()), 6),
                "the key's id is known, its secret is wrong");
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        var key = done(identity.keys.create(Identity.BY, "ada", "laptop", Optional.empty(), List.of()));
        known(authenticate("Bearer " + key.key().reveal()));

        done(identity.keys.revoke(Identity.BY, key.id()));

        refused("Bearer " + key.key().reveal(), "the key was revoked");
        fails(
                identity.keys.revoke(Identity.BY, key.id()),
                Reason.NOT_FOUND,
                "There is no key '" + key.id() + "' that could be revoked; key list shows them.");
    }

    @Test
    void anExpiredKeyIsRefused() {
        var key = done(identity.keys.create(Identity.BY, "ada", "laptop", Optional.of(Duration.ofDays(1)), List.of()));

        identity.clock.advance(Duration.ofDays(1).minusMillis(1));
        known(authenticate("Bearer " + key.key().reveal()));
        identity.clock.advance(Duration.ofMillis(1));

        refused("Bearer " + key.key().reveal(), "the key has expired");
    }

    @Test
    void aChangeOfRoleIsSeenAtOnce() {
        var key = done(identity.keys.create(Identity.BY, "bob", "laptop", Optional.empty(), List.of()));

        done(identity.users.setRole(Identity.BY, "bob", Role.ADMIN));

        assertThat(known(authenticate("Bearer " + key.key().reveal())).caller().role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void theKeysOfARemovedUserAreGoneAtOnce() {
        var key = done(identity.keys.create(Identity.BY, "bob", "laptop", Optional.empty(), List.of()));

        done(identity.users.remove(Identity.BY, "bob"));

        refused("Bearer " + key.key().reveal(), "the key is unknown");
        assertThat(done(identity.keys.list())).isEmpty();
    }

    @Test
    void theLastUseIsKnownToTheMinute() {
        var key = done(identity.keys.create(Identity.BY, "ada", "laptop", Optional.empty(), List.of()));
        assertThat(done(identity.keys.list()).get(0).used()).isEmpty();

        authenticate("Bearer " + key.key().reveal());

        assertThat(done(identity.keys.list()).get(0).used()).contains(Instant.parse("2026-11-22T10:15:00Z"));
    }

    @Test
    void withoutAuthenticationEverybodyIsTheLocalAdmin() {
        var open = new Authenticator(Auth.NONE, Identity::noTokens, identity.keyRing, identity.lastUse, identity.clock);

        assertThat(done(open.authenticate(Optional.empty(), "http://localhost", "127.0.0.1")))
                .isEqualTo(new Authentication.Known(Authenticator.localAdmin()));
        assertThat(done(open.authenticate(Optional.of("Bearer x"), "http://localhost", "127.0.0.1")))
                .isEqualTo(new Authentication.Known(Authenticator.localAdmin()));
        assertThat(Authenticator.localAdmin().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void badKeysAreNotMade() {
        fails(
                identity.keys.create(Identity.BY, "eve", "laptop", Optional.empty(), List.of()),
                Reason.NOT_FOUND,
                "There is no user 'eve'.");
        fails(
                identity.keys.create(Identity.BY, "ada", "lap\ntop", Optional.empty(), List.of()),
                Reason.INVALID,
                "The label 'lap\\u000atop' is not valid: it has 1 to 100 letters, digits, signs and spaces.");
        fails(
                identity.keys.create(Identity.BY, "ada", "laptop", Optional.of(Duration.ZERO), List.of()),
                Reason.INVALID,
                "A key must be good for some time: the expiry is in the past.");
        fails(
                identity.keys.create(Identity.BY, "ada", "laptop", Optional.empty(), List.of("d1_*", "a,b")),
                Reason.INVALID,
                "The glob 'a,b' is not valid: it has the characters of a tool's name, * for any text and ? for one"
                        + " character.");
        assertThat(done(identity.keys.list())).isEmpty();
    }

    private Authentication authenticate(String header) {
        return done(identity.authenticator.authenticate(Optional.of(header), "http://localhost", "192.0.2.1"));
    }

    private static Authentication.Known known(Authentication authentication) {
        assertThat(authentication).isInstanceOf(Authentication.Known.class);
        return (Authentication.Known) authentication;
    }

    private void refused(String header, String why) {
        assertThat(authenticate(header)).isEqualTo(new Authentication.Refused(why));
    }
}
