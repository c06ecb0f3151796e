package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ReplayRingTest {

    private final ReplayRing ring = new ReplayRing();

    @Test
    void givesWhatCameAfter() {
        add(1, "a");
        add(2, "b");
        add(3, "c");

        assertThat(ring.after(0)).extracting(event -> event.data().toString()).containsExactly("a", "b", "c");
        assertThat(ring.after(2)).extracting(event -> event.data().toString()).containsExactly("c");
        assertThat(ring.after(3)).isEmpty();
        assertThat(ring.after(99)).isEmpty();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        for (var i = 1; i <= ReplayRing.MAX_EVENTS + 10; i++) {
            add(i, "x");
        }

        assertThat(ring.after(0)).hasSize(ReplayRing.MAX_EVENTS);
        assertThat(ring.after(0).get(0).number()).isEqualTo(11);
        assertThat(ring.bytes()).isEqualTo(ReplayRing.MAX_EVENTS);
    }

    @Test
    void forgetsTheOldestWhenTheyAreTooLarge() {
        var third = "x".repeat(ReplayRing.MAX_BYTES / 3 + 1);
        add(1, third);
        add(2, third);
        add(3, third);

        assertThat(ring.after(0)).extracting(ReplayRing.Numbered::number).containsExactly(2L, 3L);
    }

    @Test
    void keepsTheNewestHoweverLargeItIs() {
        add(1, "small");
        add(2, "x".repeat(ReplayRing.MAX_BYTES * 2));

        assertThat(ring.after(0)).extracting(ReplayRing.Numbered::number).containsExactly(2L);
    }

    private void add(long number, String data) {
        ring.add(new ReplayRing.Numbered(number, Buffer.buffer(data)));
    }
}
