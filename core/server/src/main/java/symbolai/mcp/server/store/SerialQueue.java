package symbolai.mcp.server.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import symbolai.mcp.api.ToolException;

/** Runs jobs that block one after another on a shared pool; the futures complete on the context of the one who asked. */
final class SerialQueue {

    private final Vertx vertx;
    private final Executor pool;
    private final int mostWaiting;
    private final ArrayDeque<Job<?>> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    SerialQueue(Vertx vertx, Executor pool, int mostWaiting) {
        this.vertx = vertx;
        this.pool = pool;
        this.mostWaiting = mostWaiting;
    }

    /** Runs the job when its turn comes. */
    <T> Future<T> submit(Callable<T> work) {
        var job = new Job<>(work, vertx.getOrCreateContext(), Promise.promise());
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(closed());
            }
            if (waiting.size() >= mostWaiting) {
                return Future.failedFuture(new ToolException(
                        ToolException.Reason.UNAVAILABLE,
                        "the database has " + mostWaiting + " statements waiting already; try again later"));
            }
            add(job);
        }
        return job.promise().future();
    }

    /** Runs the job after the one that runs now, refuses those that wait, and takes no more. */
    <T> Future<T> submitLast(Callable<T> work) {
        var job = new Job<>(work, vertx.getOrCreateContext(), Promise.promise());
        List<Job<?>> refused;
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(closed());
            }
            closed = true;
            refused = new ArrayList<>(waiting);
            waiting.clear();
            add(job);
        }
        refused.forEach(other -> other.fail(closed()));
        return job.promise().future();
    }

    static ToolException closed() {
        return new ToolException(ToolException.Reason.UNAVAILABLE, "the database is closed");
    }

    private void add(Job<?> job) {
        waiting.add(job);
        if (!running) {
            running = true;
            pool.execute(this::runNext);
        }
    }

    private void runNext() {
        next().run();
        synchronized (this) {
            running = !waiting.isEmpty();
            if (running) {
                pool.execute(this::runNext);
            }
        }
    }

    private synchronized Job<?> next() {
        return waiting.remove();
    }

    /** One piece of work, and where its outcome goes. */
    private record Job<T>(Callable<T> work, Context context, Promise<T> promise) {

        @SuppressWarnings(
                "CatchingUnchecked") // Whatever the work throws is its outcome; the thread belongs to others too.
        void run() {
            try {
                var result = work.call();
                context.runOnContext(ready -> promise.complete(result));
            } catch (Exception | LinkageError | OutOfMemoryError failure) {
                fail(failure);
            }
        }

        void fail(Throwable failure) {
            context.runOnContext(ready -> promise.fail(failure));
        }
    }
}
