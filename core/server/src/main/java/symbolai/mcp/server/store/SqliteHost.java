package symbolai.mcp.server.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.ToolException;

/** Lends SQLite databases, whose statements run on a bounded pool of platform threads. */
public final class SqliteHost {

    private static final int MOST_WAITING = 256;

    private final Vertx vertx;
    private final ThreadPoolExecutor pool;
    private final Set<LentDatabase> lent = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** All threads start here: one that starts while a plugin is on the stack would keep the plugin's class loader on JDK 17. */
    public SqliteHost(Vertx vertx, int threads) {
        this.vertx = vertx;
        var number = new AtomicInteger();
        // The queue holds at most one entry for each open database.
        this.pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), job -> daemon(job, number));
        this.pool.prestartAllCoreThreads();
    }

    /** Opens a database; fails with {@link ToolException.Reason#NOT_FOUND} when it is to be read and there is none. */
    public Future<Sqlite> open(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        var queue = new SerialQueue(vertx, pool, MOST_WAITING);
        return queue.submit(() -> SqliteOpener.open(file, mode, limits))
                .map(opened -> new LentDatabase(queue, opened, lent::remove))
                .compose(this::keep);
    }

    /** Closes every database that is still open, then ends the threads. */
    public Future<Void> close() {
        closed = true;
        var closing = List.copyOf(lent).stream().map(LentDatabase::close).toList();
        return Future.join(closing).eventually(this::endThreads).mapEmpty();
    }

    private Future<Sqlite> keep(LentDatabase database) {
        lent.add(database);
        if (closed) {
            return database.close().compose(done -> Future.failedFuture(SerialQueue.closed()));
        }
        return Future.succeededFuture(database);
    }

    private Future<Void> endThreads() {
        pool.shutdown();
        return Future.succeededFuture();
    }

    private static Thread daemon(Runnable job, AtomicInteger number) {
        var thread = new Thread(job, "sqlite-" + number.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }
}
