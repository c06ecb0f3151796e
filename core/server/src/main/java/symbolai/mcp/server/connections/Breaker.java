package symbolai.mcp.server.connections;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Lets no request go to a host that fails: closed while all is well, open after failures, then one probe decides. Safe for any thread.
 */
final class Breaker {

    private static final int IN_A_ROW = 5;
    private static final int SAMPLE = 20;
    private static final Duration SAMPLE_TIME = Duration.ofSeconds(30);
    private static final Duration OPEN = Duration.ofSeconds(10);
    /** When to come again while a probe is under way. */
    private static final Duration PROBING = Duration.ofSeconds(1);

    private enum State {
        CLOSED,
        OPEN,
        PROBING
    }

    /** How a request ended, as far as the host is to blame. */
    enum End {
        GOOD,
        BAD,
        /** It says nothing of the host. */
        UNKNOWN
    }

    /** Leave for one request, of which it is told how it ended. */
    record Permit(boolean probe) {}

    private record Sample(long nanos, boolean bad) {}

    private final Timing timing;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private State state = State.CLOSED;
    private int inARow;
    private long openUntil;

    Breaker(Timing timing) {
        this.timing = timing;
    }

    /** After which time to come again; empty when a request may go now. */
    synchronized Optional<Duration> refusal() {
        if (state == State.PROBING) {
            return Optional.of(PROBING);
        }
        long wait = openUntil - timing.nanos();
        return state == State.OPEN && wait > 0 ? Optional.of(Duration.ofNanos(wait)) : Optional.empty();
    }

    /** Leave for a request; empty when there is a {@link #refusal}. */
    synchronized Optional<Permit> enter() {
        if (refusal().isPresent()) {
            return Optional.empty();
        }
        boolean probe = state == State.OPEN;
        if (probe) {
            state = State.PROBING;
        }
        return Optional.of(new Permit(probe));
    }

    /** Tells how a request ended. */
    synchronized void ended(Permit permit, End end) {
        if (permit.probe()) {
            probed(end);
        } else if (state == State.CLOSED && end != End.UNKNOWN) {
            count(end == End.BAD);
        }
    }

    private void probed(End end) {
        if (end == End.GOOD) {
            state = State.CLOSED;
            inARow = 0;
            samples.clear();
        } else {
            open(end == End.BAD ? OPEN : Duration.ZERO);
        }
    }

    private void count(boolean bad) {
        long now = timing.nanos();
        samples.addLast(new Sample(now, bad));
        while (samples.size() > SAMPLE || now - samples.getFirst().nanos() > SAMPLE_TIME.toNanos()) {
            samples.removeFirst();
        }
        inARow = bad ? inARow + 1 : 0;
        long failures = samples.stream().filter(Sample::bad).count();
        if (inARow >= IN_A_ROW || (samples.size() == SAMPLE && failures * 2 >= SAMPLE)) {
            open(OPEN);
        }
    }

    private void open(Duration time) {
        state = State.OPEN;
        openUntil = timing.nanos() + time.toNanos();
    }
}
