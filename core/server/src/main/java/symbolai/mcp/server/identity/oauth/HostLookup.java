package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the system for the addresses of hosts, on threads of its own: one that strangers name may take long to be answered. */
final class HostLookup {

    private static final int AT_ONCE = 4;
    private static final int WAITING = 16;

    private final WorkerExecutor threads;
    private final AtomicInteger pending = new AtomicInteger();

    HostLookup(Vertx vertx) {
        this.threads = vertx.createSharedWorkerExecutor("symbolai-mcp-hosts-" + UUID.randomUUID(), AT_ONCE);
    }

    /** The addresses of a host; fails at once when too many hosts are looked up. */
    Future<List<InetAddress>> resolve(String host) {
        return run(() -> List.of(InetAddress.getAllByName(host)));
    }

    <T> Future<T> run(Callable<T> work) {
        if (pending.incrementAndGet() > AT_ONCE + WAITING) {
            pending.decrementAndGet();
            return Future.failedFuture(
                    new DocumentSource.Unfetched("too many hosts are being looked up at this moment", true));
        }
        return threads.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    /** Stops the threads. */
    Future<Void> close() {
        return threads.close();
    }
}
