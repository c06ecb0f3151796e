package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.AddressGroup;

class PasswordGateTest {

    private static final int ROUNDS = 25;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** Whatever the machine does meanwhile, it does to both: they take turns, and the fastest of each is compared. */
    @Test
    void row13AnUnknownNameTakesAsLongAsAKnownOne() throws Exception {
        var passwords = new Passwords(vertx);
        var stored = passwords.hash(new Secret("seven small stones")).await(10, TimeUnit.SECONDS);
        var known = new long[ROUNDS];
        var unknown = new long[ROUNDS];

        for (var i = 0; i < ROUNDS; i++) {
            known[i] = nanos(() -> check(passwords, stored));
            unknown[i] = nanos(() -> check(passwords, passwords.unmatched()));
        }

        var fastestKnown = (double) Arrays.stream(known).min().orElseThrow();
        var fastestUnknown = (double) Arrays.stream(unknown).min().orElseThrow();
        assertThat(fastestUnknown / fastestKnown).isCloseTo(1.0, within(0.25));
    }

    @Test
    void aPasswordHashedWithLessEffortIsHashedAgain() throws Exception {
        var weak = new Argon2id(64, 1).hash("seven small stones", new SecureRandom());
        var passwords = new Passwords(vertx);

        var again = passwords.strengthen(new Secret("seven small stones"), weak).await(10, TimeUnit.SECONDS);
        var enough = passwords
                .strengthen(new Secret("seven small stones"), again.orElseThrow())
                .await(10, TimeUnit.SECONDS);

        assertThat(again.orElseThrow()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Argon2id.matches("seven small stones", again.orElseThrow())).isTrue();
        assertThat(enough).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password1",
                "PASSWORD123!",
                "qwertyuiop",
                "aaaaaaaaaaaa",
                "12345678",
                "1212121212",
                "iloveyou",
                "Administrator2026",
                "letmein1"
            })
    void whatEverybodyTriesFirstIsNoPassword(String password) {
        assertThat(new CommonPasswords().contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven small stones", "correct horse", "Tr0ub4dor&3", "battery staple"})
    void otherPasswordsAreNotOnTheList(String password) {
        assertThat(new CommonPasswords().contains(password)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "local, local, true"
    })
    void oneHouseholdCountsAsOneAddress(String one, String other, boolean same) {
        assertThat(AddressGroup.of(one).equals(AddressGroup.of(other))).isEqualTo(same);
    }

    private static long check(Passwords passwords, String hash) {
        try {
            return passwords.matches(new Secret("eight small stones"), hash).await(10, TimeUnit.SECONDS) ? 1 : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long nanos(LongSupplier work) {
        var start = System.nanoTime();
        assertThat(work.getAsLong()).isZero();
        return System.nanoTime() - start;
    }
}
