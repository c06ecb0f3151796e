package symbolai.mcp.server.connections;

import java.time.Duration;
import java.time.Instant;
import symbolai.mcp.api.Timers.Timer;

/** The clock and the timers of the way out. */
interface Timing {

    /** The monotonic clock. */
    long nanos();

    /** The time of day. */
    Instant now();

    /** Runs the task once, after the delay, on any thread. */
    Timer once(Duration delay, Runnable task);
}
