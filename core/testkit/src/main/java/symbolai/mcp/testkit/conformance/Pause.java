package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import symbolai.mcp.api.Timers;

/** Waits without blocking. */
final class Pause {

    private final Timers timers;

    Pause(Timers timers) {
        this.timers = timers;
    }

    Future<Void> of(int millis) {
        Promise<Void> over = Promise.promise();
        timers.once(Duration.ofMillis(millis), over::complete);
        return over.future();
    }
}
