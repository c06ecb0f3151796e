package symbolai.mcp.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;

/** Closes the server of this process once: when its command is done, or when the system asks the process to end. */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration MOST = Duration.ofMinutes(2);

    private final RunningServer server;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    Shutdown(RunningServer server) {
        this.server = server;
    }

    /** From now on, SIGTERM and SIGINT close the server, and the process ends with 0. */
    void register() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "symbolai-mcp-shutdown"));
    }

    /** Closes the server, or waits until it is closed. */
    void now() {
        if (begun.compareAndSet(false, true)) {
            try {
                Waiting.on(server.close(), MOST);
            } finally {
                closed.countDown();
            }
        } else {
            untilClosed();
        }
    }

    /** Waits until somebody has closed the server. */
    void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the halt, the process would end with 143 after a SIGTERM that it obeyed. A command that ends by itself keeps its code. */
    private void end() {
        if (begun.get()) {
            untilClosed();
            return;
        }
        try {
            now();
            LOG.atInfo().log("stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("not stopped in order");
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
