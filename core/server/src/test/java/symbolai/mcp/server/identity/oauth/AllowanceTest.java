package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.HandClock;

class AllowanceTest {

    private final HandClock clock = new HandClock();
    private final Allowance allowance = new Allowance(2, 3, Duration.ofMinutes(1), clock);

    @Test
    void eachAndAllTogetherTakeSoManyInAWhile() {
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isFalse();
        assertThat(allowance.take("b")).isTrue();
        assertThat(allowance.take("b")).isFalse();
        assertThat(allowance.take("c")).isFalse();

        clock.advance(Duration.ofMinutes(1));

        assertThat(allowance.take("c")).isTrue();
    }

    @Test
    void whatIsGivenBackIsThereForEverybodyAgain() {
        for (var i = 0; i < 100; i++) {
            assertThat(allowance.take("a")).isTrue();
            allowance.giveBack("a");
        }

        assertThat(allowance.take("b")).isTrue();
        assertThat(allowance.take("b")).isTrue();
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("a")).isFalse();
    }

    @Test
    void nobodyGivesBackWhatWasNotTaken() {
        allowance.take("a");
        clock.advance(Duration.ofMinutes(1));
        allowance.take("b");

        allowance.giveBack("a");
        allowance.giveBack("c");

        assertThat(allowance.take("b")).isTrue();
        assertThat(allowance.take("a")).isTrue();
        assertThat(allowance.take("c")).isFalse();
    }
}
