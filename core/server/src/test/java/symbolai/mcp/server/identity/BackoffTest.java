package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.HandClock;

class BackoffTest {

    private final HandClock clock = new HandClock();
    private final Backoff backoff = new Backoff(5, 100, clock);

    @Test
    void fiveFailuresAreFreeThenEachDoublesThePause() {
        for (var i = 0; i < 5; i++) {
            assertThat(backoff.begin("ada")).isEmpty();
        }

        for (var seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
            assertThat(backoff.begin("ada")).contains(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(backoff.begin("ada")).isEmpty();
        }
    }

    @Test
    void triesInVainDoNotMakeThePauseLonger() {
        for (var i = 0; i < 5; i++) {
            backoff.begin("ada");
        }

        for (var i = 0; i < 100; i++) {
            assertThat(backoff.begin("ada")).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void othersAreNotHeldUp() {
        for (var i = 0; i < 50; i++) {
            backoff.begin("ada");
        }

        assertThat(backoff.begin("bob")).isEmpty();
    }

    @Test
    void whoHasShownWhoTheyAreBeginsAnew() {
        for (var i = 0; i < 4; i++) {
            backoff.begin("ada");
        }

        backoff.forget("ada");

        for (var i = 0; i < 5; i++) {
            assertThat(backoff.begin("ada")).isEmpty();
        }
        assertThat(backoff.begin("ada")).isPresent();
    }

    @Test
    void whatIsTakenBackDoesNotCount() {
        for (var i = 0; i < 1_000; i++) {
            assertThat(backoff.begin("office")).isEmpty();
            backoff.takeBack("office");
        }
    }

    @Test
    void oldFailuresAreForgotten() {
        for (var i = 0; i < 5; i++) {
            backoff.begin("ada");
        }

        clock.advance(Duration.ofMinutes(31));

        assertThat(backoff.begin("ada")).isEmpty();
        assertThat(backoff.begin("ada")).isEqualTo(Optional.empty());
    }

    @Test
    void onlySoManyNamesAreRemembered() {
        for (var i = 0; i < 10_000; i++) {
            backoff.begin("name" + i);
        }

        assertThat(backoff.size()).isEqualTo(100);
    }
}
