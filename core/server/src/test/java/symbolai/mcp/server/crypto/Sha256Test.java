package symbolai.mcp.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Secret;

class Sha256Test {

    /** The example of FIPS 180-2, appendix B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theHashIsThatOfTheStandard() {
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(new byte[] {'a', 'b', 'c'})).isEqualTo(OF_ABC);
        assertThat(Sha256.hash(new byte[] {'a', 'b', 'c'})).hasSize(32).startsWith(0xba, 0x78, 0x16);
    }

    @Test
    void aSecretMatchesItsOwnHashOnly() {
        assertThat(Sha256.matches(new Secret("abc"), OF_ABC)).isTrue();
        assertThat(Sha256.matches(new Secret("abd"), OF_ABC)).isFalse();
        assertThat(Sha256.matches(new Secret("abc"), OF_ABC.substring(1))).isFalse();
        assertThat(Sha256.matches(new Secret("abc"), "")).isFalse();
    }
}
