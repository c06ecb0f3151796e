package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.ToolException;

class LeasedBodyTest {

    private final TestTiming timing = new TestTiming();
    private final TestBody body = new TestBody();
    private final List<String> seen = new ArrayList<>();
    private final LeasedBody leased = new LeasedBody(body, timing, () -> seen.add("left")).watched();

    LeasedBodyTest() {
        leased.handler(chunk -> seen.add(chunk.toString()))
                .exceptionHandler(failure -> seen.add(String.valueOf(failure.getMessage())))
                .endHandler(nothing -> seen.add("ended"));
    }

    @Test
    void theConnectionIsLeftAtTheEnd() {
        body.give("a");
        assertThat(seen).containsExactly("a");
        body.end();
        leased.close();
        timing.advance(Duration.ofMinutes(5));

        assertThat(seen).containsExactly("a", "left", "ended");
        assertThat(body.closed).isFalse();
        assertThat(timing.waiting()).isZero();
    }

    @Test
    void aFailureEndsItToo() {
        body.fail(new ToolException(ToolException.Reason.UNAVAILABLE, "broken"));
        leased.close();

        assertThat(seen).containsExactly("left", "broken");
    }

    @Test
    void whoWantsNoMoreClosesIt() {
        leased.close();
        leased.close();

        assertThat(body.closed).isTrue();
        assertThat(seen).containsExactly("left");
        assertThat(timing.waiting()).isZero();
    }

    @Test
    void bytesThatStopAreGivenUp() {
        for (int i = 0; i < 10; i++) {
            timing.advance(Duration.ofSeconds(29));
            body.give("x");
        }
        timing.advance(Duration.ofMillis(29_999));
        assertThat(body.closed).isFalse();
        timing.advance(Duration.ofMillis(1));

        assertThat(body.closed).isTrue();
        assertThat(seen).endsWith("x", "left", "no more bytes came or were taken for 30 s");
        assertThat(timing.waiting()).isZero();
    }
}
