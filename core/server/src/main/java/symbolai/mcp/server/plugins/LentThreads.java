package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.ToolException;

/** Runs a plugin's work that blocks, on a pool of its own with a bounded queue. Safe for any thread. */
final class LentThreads {

    /** How many threads the pool has. */
    static final int THREADS = 4;

    private static final int MOST_UNDER_WAY = 256;

    private final WorkerExecutor pool;
    private final AtomicInteger underWay = new AtomicInteger();

    LentThreads(WorkerExecutor pool) {
        this.pool = pool;
    }

    <T> Future<T> run(Callable<T> work) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            return Future.failedFuture(new ToolException(
                    ToolException.Reason.UNAVAILABLE,
                    "The plugin has " + MOST_UNDER_WAY + " pieces of work under way already; try again later."));
        }
        return pool.executeBlocking(work, false).andThen((result, failure) -> underWay.decrementAndGet());
    }

    Future<Void> close() {
        return pool.close();
    }
}
