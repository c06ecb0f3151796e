package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @Test
    void isReadAsItIsWritten() {
        var id = new EventId("aB3_-x", 12, 345);

        assertThat(EventId.parse(id.text())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "a.b.c",
                "a.1",
                "a.1.",
                ".1.1",
                "a.1.1.1",
                "a.-1.1",
                "a.1.9999999999999999999999",
                "a b.1.1",
                "a.1.1\n",
                "0123456789012345678901234567890123.1.1",
                "\u00e9.1.1",
                "a.\u0661.1"
            })
    void anythingElseIsForeign(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }
}
