package symbolai.mcp.server.connections;

import java.time.Duration;

/**
 * How many requests one set of credentials may make: a bucket of tokens that fills steadily, and that follows what the system says of its own
 * limit. Safe for any thread.
 */
final class Budget {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** What a system says of times further away is not believed. */
    private static final Duration FURTHEST = Duration.ofHours(1);

    private final Timing timing;
    private final double capacity;
    private final double perNano;
    private double tokens;
    private long filled;
    private long frozenUntil;
    private long blockedUntil;

    Budget(Timing timing, int requestsPer5Minutes) {
        this.timing = timing;
        this.capacity = requestsPer5Minutes;
        this.perNano = capacity / WINDOW.toNanos();
        this.tokens = capacity;
        this.filled = timing.nanos();
        this.frozenUntil = filled;
        this.blockedUntil = filled;
    }

    /** Takes one request, which may be made after the time that is told; give it back when it is not made. */
    synchronized Duration take() {
        fill();
        tokens--;
        long now = timing.nanos();
        long wait = tokens >= 0 ? 0 : Math.max(frozenUntil, filled + (long) Math.ceil(-tokens / perNano)) - now;
        return Duration.ofNanos(Math.max(wait, Math.max(0, blockedUntil - now)));
    }

    /** Gives back a request that was not made. */
    synchronized void giveBack() {
        tokens = Math.min(capacity, tokens + 1);
    }

    /** How long no request at all may be made. */
    synchronized Duration blocked() {
        return Duration.ofNanos(Math.max(0, blockedUntil - timing.nanos()));
    }

    /** Lets no request pass for a time. */
    synchronized void block(Duration time) {
        blockedUntil = later(blockedUntil, time);
    }

    /** Follows what the system says: so many are left, and more come only after the window. */
    synchronized void remaining(int remaining, Duration window) {
        fill();
        tokens = Math.min(tokens, Math.max(0, remaining));
        frozenUntil = later(frozenUntil, window);
        if (remaining <= 0) {
            block(window);
        }
    }

    private long later(long moment, Duration time) {
        var believed = time.compareTo(FURTHEST) > 0 ? FURTHEST : time;
        long then = timing.nanos() + believed.toNanos();
        return then - moment > 0 ? then : moment;
    }

    /** While frozen nothing is added; afterwards all that would have come meanwhile. */
    private void fill() {
        long now = timing.nanos();
        if (now - frozenUntil >= 0) {
            tokens = Math.min(capacity, tokens + (now - filled) * perNano);
            filled = now;
        }
    }
}
