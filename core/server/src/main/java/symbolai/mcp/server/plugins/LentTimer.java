package symbolai.mcp.server.plugins;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import symbolai.mcp.api.Timers;

/** One timer of a plugin. Safe for any thread. */
final class LentTimer implements Timers.Timer {

    private final Vertx vertx;
    private final long millis;
    private final boolean again;
    private final Runnable task;
    private final Consumer<LentTimer> onEnd;
    private OptionalLong id = OptionalLong.empty();
    private boolean ended;

    LentTimer(Vertx vertx, Duration delay, boolean again, Runnable task, Consumer<LentTimer> onEnd) {
        this.vertx = vertx;
        this.millis = Math.max(1, delay.toMillis());
        this.again = again;
        this.task = task;
        this.onEnd = onEnd;
    }

    /** Starts the clock; called once, on the context that the task shall run on. */
    synchronized void set() {
        if (!ended) {
            id = OptionalLong.of(again ? vertx.setPeriodic(millis, this::fire) : vertx.setTimer(millis, this::fire));
        }
    }

    private void fire(long firedId) {
        if (!again) {
            cancel();
        }
        task.run();
    }

    @Override
    public synchronized void cancel() {
        ended = true;
        id.ifPresent(vertx::cancelTimer);
        onEnd.accept(this);
    }
}
