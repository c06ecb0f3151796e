package symbolai.mcp.plugins.cloudflare.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ToolException;

class EncodedTest {

    @ParameterizedTest
    @CsvSource({
        "plain-_.~09, plain-_.~09",
        "a/b, a%2Fb",
        "../../user, ..%2F..%2Fuser",
        "a/../b, a%2F..%2Fb",
        "..%2f, ..%252f",
        "%2e%2e, %252e%252e",
        "a?b=c&d#e, a%3Fb%3Dc%26d%23e",
        "a b+c, a%20b%2Bc",
        "größe, gr%C3%B6%C3%9Fe",
        "\uD83D\uDE00, %F0%9F%98%80",
        "a\\b:c;d, a%5Cb%3Ac%3Bd",
        "..., ..."
    })
    void nothingLeavesItsSegment(String text, String expected) {
        assertThat(Encoded.segment(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void whatAPathCannotHoldIsRefused(String text) {
        assertThatThrownBy(() -> Encoded.segment(text)).isInstanceOf(ToolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: x", "a\u0000b", "\n"})
    void controlCharactersAreEncoded(String text) {
        assertThat(Encoded.segment(text)).matches("[A-Za-z0-9%._~-]+");
    }
}
