package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;

class PasswordsTest {

    /** Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -e */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$" + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Vertx vertx = Vertx.vertx();
    private final Passwords passwords = new Passwords(vertx);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void theReferenceHashIsUnderstood() {
        assertThat(Argon2id.matches("password", REFERENCE)).isTrue();
        assertThat(Argon2id.matches("passwore", REFERENCE)).isFalse();
    }

    @Test
    void aHashIsAPhcStringOfItsOwnSalt() throws Exception {
        var one = hash("correct horse");
        var other = hash("correct horse");

        assertThat(one).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(one).isNotEqualTo(other);
        assertThat(matches("correct horse", one)).isTrue();
        assertThat(matches("correct horsf", one)).isFalse();
    }

    @Test
    void theSamePasswordTypedOtherwiseIsTheSame() throws Exception {
        var hash = hash("cafe\u0301 au lait");

        assertThat(matches("caf\u00e9 au lait", hash)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "$argon2i$v=19$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=19456,t=2$AA$AA", "$2b$12$x"})
    void nothingMatchesWhatIsNoHash(String hash) throws Exception {
        assertThat(matches("correct horse", hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234567",
                "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"
            })
    void aShortPasswordIsRefused(String password) {
        assertThatThrownBy(() -> hash(password))
                .isInstanceOf(ToolException.class)
                .hasMessage("The password is too short: at least 8 characters are needed.");
    }

    @Test
    void aLongPasswordIsRefused() throws Exception {
        assertThatThrownBy(() -> hash("word".repeat(256) + "s"))
                .isInstanceOf(ToolException.class)
                .hasMessage("The password is too long: at most 1024 bytes are allowed.");
        assertThat(hash("word".repeat(256))).startsWith("$argon2id$");
    }

    @Test
    void aFullQueueRefuses() {
        var hashes = IntStream.range(0, 30)
                .mapToObj(index -> passwords.hash(new Secret("correct horse")))
                .toList();

        assertThatThrownBy(() -> Future.all(hashes).await(10, TimeUnit.SECONDS))
                .isInstanceOf(ToolException.class)
                .hasMessage("Too many passwords are being checked; try again later.");
    }

    private String hash(String password) throws Exception {
        return passwords.hash(new Secret(password)).await(10, TimeUnit.SECONDS);
    }

    private boolean matches(String password, String hash) throws Exception {
        return passwords.matches(new Secret(password), hash).await(10, TimeUnit.SECONDS);
    }
}
