package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApiKeyTest {

    /** The checksum was computed outside of this code: CRC-32 of what stands before it, in base 62. */
    private static final String GOOD = "smcp_AAAAAAAAAAAA_0000000000000000000000000000000000000000000" + "3jFgpE";

    @Test
    void aNewKeyHasTheFormThatScannersLookFor() {
        var key = ApiKey.random(new SecureRandom());

        assertThat(key.text().reveal()).matches("smcp_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
        assertThat(key.text().reveal()).startsWith("smcp_" + key.id() + "_");
        assertThat(ApiKey.parse(key.text().reveal()).map(ApiKey::id)).contains(key.id());
    }

    @Test
    void keysDiffer() {
        var random = new SecureRandom();
        var texts = new HashSet<String>();
        IntStream.range(0, 1_000)
                .forEach(index -> texts.add(ApiKey.random(random).text().reveal()));

        assertThat(texts).hasSize(1_000);
    }

    @Test
    void aKeyDoesNotPrint() {
        var key = ApiKey.random(new SecureRandom());

        assertThat(key.toString()).doesNotContain(key.text().reveal()).contains("***");
        assertThat(new NewKey(key.id(), key.text()).toString())
                .doesNotContain(key.text().reveal());
    }

    @Test
    void aKeyWithTheRightChecksumIsRead() {
        assertThat(ApiKey.parse(GOOD).map(ApiKey::id)).contains("AAAAAAAAAAAA");
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "smcp_",
                "smcp__",
                GOOD + " ",
                " " + GOOD,
                GOOD + "\n",
                GOOD.toLowerCase(),
                GOOD.replace("smcp_", "SMCP_"),
                GOOD.replace("smcp_", "cfut_"),
                GOOD.substring(1),
                GOOD.substring(0, GOOD.length() - 1),
                GOOD + "0",
                GOOD.replace("A_", "-_"),
                GOOD.replace("A_", "AA_"),
                GOOD.replace("AA_", "A_"),
                GOOD.replace("_0", "_é"),
                GOOD.replace("_0", "_1"),
                GOOD.replace("_A", "_B"),
                GOOD.replace("3jFgpE", "3jFgp8"),
                GOOD.replace("3jFgpE", "000000"),
                GOOD.replace("3jFgpE", "zzzzzz"),
                GOOD.replace('0', '\u0660'),
                "smcp_" + "A".repeat(100_000),
                "smcp_AAAAAAAAAAAA_' OR 1=1 --000000000000000000000000000000003jFgpE",
                "Bearer " + GOOD);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedKeyIsNotRead(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }

    @Test
    void noSingleMistypedCharacterPasses() {
        var key = ApiKey.random(new SecureRandom()).text().reveal();

        IntStream.range(5, key.length())
                .filter(index -> key.charAt(index) != '_')
                .forEach(index -> {
                    var changed = key.charAt(index) == 'x' ? 'y' : 'x';
                    assertThat(ApiKey.parse(key.substring(0, index) + changed + key.substring(index + 1)))
                            .isEmpty();
                });
    }

    @Test
    void aKeyMatchesItsOwnHashOnly() {
        var random = new SecureRandom();
        var key = ApiKey.random(random);

        assertThat(key.hash()).matches("[0-9a-f]{64}");
        assertThat(key.matches(key.hash())).isTrue();
        assertThat(key.matches(ApiKey.random(random).hash())).isFalse();
        assertThat(key.matches("")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,4,0000", "61,2,0z", "62,2,10", "3843,2,zz", "4294967295,6,4gfFC3"})
    void numbersAreWrittenWithLettersAndDigits(BigInteger number, int length, String text) {
        assertThat(Base62.encode(number, length)).isEqualTo(text);
    }
}
