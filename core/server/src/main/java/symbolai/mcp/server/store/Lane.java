package symbolai.mcp.server.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** A few connections with as many threads, and a queue that does not grow without end. */
final class Lane {

    private final int width;
    private final int waiting;
    private final WorkerExecutor threads;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger opened = new AtomicInteger();
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    Lane(Vertx vertx, int width, int waiting) {
        this.width = width;
        this.waiting = waiting;
        this.threads = vertx.createSharedWorkerExecutor("symbolai-mcp-sql-" + UUID.randomUUID(), width);
    }

    /**
     * Opens the connections, each by a task of its own so that every thread starts now: one that starts while a plugin is on the stack would
     * keep the plugin's class loader on JDK 17. To be called once: more connections than threads would take turns.
     */
    Future<Void> open(Callable<Connection> opener) {
        if (!begun.compareAndSet(false, true)) {
            return Future.failedFuture(new IllegalStateException("the connections are open already"));
        }
        var opening = IntStream.range(0, width)
                .mapToObj(i -> threads.executeBlocking(() -> openOne(opener), false))
                .toList();
        return Future.all(opening).mapEmpty();
    }

    /** Runs work on the next free connection. */
    <T> Future<T> run(Database.Work<T> work) {
        if (closed) {
            return Future.failedFuture(closedNow());
        }
        if (pending.incrementAndGet() > width + waiting) {
            pending.decrementAndGet();
            return Future.failedFuture(new ToolException(
                    Reason.UNAVAILABLE,
                    "The server's database is busy: " + waiting + " requests wait already; try again later."));
        }
        return threads.executeBlocking(() -> borrow(work), false).onComplete(done -> pending.decrementAndGet());
    }

    /** Closes the connections when the work that runs and waits is done. */
    Future<Void> close() {
        closed = true;
        return threads.executeBlocking(this::closeAll, false)
                .eventually(threads::close)
                .mapEmpty();
    }

    private int openOne(Callable<Connection> opener) throws Exception {
        connections.add(opener.call());
        return opened.incrementAndGet();
    }

    private <T> T borrow(Database.Work<T> work) throws SQLException {
        var connection = connections.poll();
        if (connection == null) {
            throw closedNow();
        }
        try {
            return work.with(connection);
        } finally {
            connections.add(connection);
        }
    }

    /** The work that was asked for before has begun already, as the threads take it in order; its connections come back. */
    private int closeAll() throws InterruptedException, SQLException {
        var closedNow = 0;
        while (opened.get() > 0) {
            connections.take().close();
            opened.decrementAndGet();
            closedNow++;
        }
        return closedNow;
    }

    private static ToolException closedNow() {
        return new ToolException(Reason.UNAVAILABLE, "The server's database is closed; the server is stopping.");
    }
}
