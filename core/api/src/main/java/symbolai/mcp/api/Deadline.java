package symbolai.mcp.api;

import java.time.Duration;

/**
 * A moment by which something must be done, on the monotonic clock.
 *
 * @param nanoTime the moment as {@link System#nanoTime()} counts
 */
public record Deadline(long nanoTime) {

    /** The moment after the duration from now. */
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** How long there is; zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
