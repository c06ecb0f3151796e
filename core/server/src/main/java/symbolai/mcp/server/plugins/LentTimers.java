package symbolai.mcp.server.plugins;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.api.Timers;

/** The timers of one version of a plugin, cancelled together. Safe for any thread. */
final class LentTimers implements Timers {

    private final Vertx vertx;
    private final Context context;
    private final Set<LentTimer> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LentTimers(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    @Override
    public Timer once(Duration delay, Runnable task) {
        return start(new LentTimer(vertx, delay, false, task, running::remove));
    }

    @Override
    public Timer every(Duration interval, Runnable task) {
        return start(new LentTimer(vertx, interval, true, task, running::remove));
    }

    private Timer start(LentTimer timer) {
        running.add(timer);
        if (closed) {
            timer.cancel();
            throw new IllegalStateException("the plugin is unloaded");
        }
        context.runOnContext(v -> timer.set());
        return timer;
    }

    void close() {
        closed = true;
        List.copyOf(running).forEach(LentTimer::cancel);
    }
}
