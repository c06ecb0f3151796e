package symbolai.mcp.server.connections;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import symbolai.mcp.api.Timers.Timer;

/** The real clock and the real timers. */
record VertxTiming(Vertx vertx) implements Timing {

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer once(Duration delay, Runnable task) {
        // A delay is never cut short: what is allowed again in 1.5 ms is not asked for after 1 ms.
        long id = vertx.setTimer(Math.max(1, delay.plusNanos(999_999).toMillis()), timer -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
