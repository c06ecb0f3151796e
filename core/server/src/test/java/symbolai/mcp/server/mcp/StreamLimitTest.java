package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamLimitTest {

    private final StreamLimit limit = new StreamLimit(2, 3);

    @Test
    void aCallerHasSoManyAndNoMore() {
        assertThat(limit.take("ada")).isTrue();
        assertThat(limit.take("ada")).isTrue();
        assertThat(limit.take("ada")).isFalse();
        assertThat(limit.take("bob")).isTrue();

        limit.give("ada");

        assertThat(limit.take("ada")).isTrue();
    }

    @Test
    void allTogetherHaveSoManyAndNoMore() {
        limit.take("ada");
        limit.take("bob");
        limit.take("eve");

        assertThat(limit.take("kim")).isFalse();
        limit.give("eve");
        assertThat(limit.take("kim")).isTrue();
        assertThat(limit.refusal()).contains("2 of one caller and 3 in all");
    }
}
