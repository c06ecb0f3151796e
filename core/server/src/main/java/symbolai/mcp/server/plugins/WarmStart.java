package symbolai.mcp.server.plugins;

import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.Zstd;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what remembers for ever who started it, so that this is the host and never a plugin, whose class loader it would keep. */
final class WarmStart {

    private static final Logger LOG = LoggerFactory.getLogger(WarmStart.class);

    private WarmStart() {}

    static Future<Void> of(Vertx vertx) {
        startClasses();
        return startThreads((VertxInternal) vertx);
    }

    /** Those of Netty that keep the exception that tells why something optional is missing, and with it the stack of that moment. */
    private static void startClasses() {
        var available = List.of(OpenSsl.isAvailable(), Brotli.isAvailable(), Zstd.isAvailable());
        LOG.debug("optional parts of Netty: {}", available);
    }

    /** A thread keeps the context class loader of the one that started it and, up to JDK 23, the code that was on its stack. */
    private static Future<Void> startThreads(VertxInternal vertx) {
        start(vertx.workerPool());
        start(vertx.internalWorkerPool());
        var loops = new ArrayList<Future<Void>>();
        vertx.eventLoopGroup().forEach(loop -> loops.add(Future.future(promise -> loop.execute(promise::complete))));
        return Future.all(loops).mapEmpty();
    }

    private static void start(WorkerPool pool) {
        if (pool.executor() instanceof ThreadPoolExecutor threads) {
            threads.prestartAllCoreThreads();
        }
    }
}
