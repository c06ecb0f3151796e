package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import java.util.ArrayList;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Starts all threads of Vert.x. Up to JDK 23 a thread keeps the code that was on the stack when it started, so one that a plugin happened to
 * start would keep the plugin's class loader for ever.
 */
final class WarmThreads {

    private static final int FIRST_WITHOUT_THE_FIELD = 24;

    private WarmThreads() {}

    static Future<Void> start(Vertx vertx) {
        if (Runtime.version().feature() >= FIRST_WITHOUT_THE_FIELD) {
            return Future.succeededFuture();
        }
        var internal = (VertxInternal) vertx;
        start(internal.workerPool());
        start(internal.internalWorkerPool());
        var started = new ArrayList<Future<Void>>();
        internal.eventLoopGroup()
                .forEach(loop -> started.add(Future.future(promise -> loop.execute(promise::complete))));
        return Future.all(started).mapEmpty();
    }

    private static void start(WorkerPool pool) {
        if (pool.executor() instanceof ThreadPoolExecutor threads) {
            threads.prestartAllCoreThreads();
        }
    }
}
