package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ResumableStreamTest {

    private static final EventId START = new EventId("nonce", 7, 0);

    private final ResumableStream stream = new ResumableStream(START, false);
    private final FakeEvents first = new FakeEvents();
    private final FakeEvents second = new FakeEvents();

    @Test
    void numbersItsEvents() {
        stream.open(first);
        send("a");
        send("b");

        assertThat(first.data()).containsExactly("a", "b");
        assertThat(first.ids()).containsExactly("nonce.7.1", "nonce.7.2");
    }

    @Test
    void goesOnAfterTheLastEventThatTheClientSaw() {
        stream.open(first);
        send("a");
        send("b");
        first.end();
        send("c");

        stream.open(second, 1);

        assertThat(second.data()).containsExactly("b", "c");
        assertThat(second.ids()).containsExactly("nonce.7.2", "nonce.7.3");
    }

    @Test
    void aNewConnectionGetsOnlyWhatNoneWasGiven() {
        stream.open(first);
        send("a");
        first.end();
        send("b");

        stream.open(second);

        assertThat(second.data()).containsExactly("b");
    }

    @Test
    void aSecondConnectionReplacesTheFirst() {
        stream.open(first);
        stream.open(second);
        send("a");

        assertThat(first.isOpen()).isFalse();
        assertThat(first.data()).isEmpty();
        assertThat(second.data()).containsExactly("a");
        assertThat(stream.isConnected()).isTrue();
    }

    @Test
    void primesWhereTheVersionHasIt() {
        var primed = new ResumableStream(START, true);

        primed.open(first);
        primed.send(Buffer.buffer("a"));
        primed.open(second, 1);

        assertThat(first.data()).containsExactly("", "a");
        assertThat(first.ids()).containsExactly("nonce.7.0", "nonce.7.1");
        assertThat(first.events.get(0).retry()).contains(ResumableStream.RETRY);
        assertThat(second.ids()).containsExactly("nonce.7.1");
    }

    @Test
    void letsTheClientGoAndKeepsTheRest() {
        stream.open(first);
        stream.letGo();
        send("answer");
        stream.finish();

        stream.open(second, 0);

        assertThat(first.isOpen()).isFalse();
        assertThat(second.data()).containsExactly("answer");
        assertThat(second.isOpen()).isFalse();
    }

    @Test
    void finishesAfterWhatWasSent() {
        stream.open(first);
        send("answer");
        stream.finish();

        assertThat(first.data()).containsExactly("answer");
        assertThat(first.isOpen()).isFalse();
        assertThat(stream.isFinished()).isTrue();
    }

    @Test
    void tellsNobodyWhoNeverListened() {
        stream.tell(Buffer.buffer("changed"));
        stream.open(first);
        stream.tell(Buffer.buffer("changed again"));

        assertThat(first.data()).containsExactly("changed again");
    }

    @Test
    void aConnectionThatEndsIsForgotten() {
        stream.open(first);

        first.end();

        assertThat(stream.isConnected()).isFalse();
    }

    private void send(String data) {
        stream.send(Buffer.buffer(data));
    }
}
