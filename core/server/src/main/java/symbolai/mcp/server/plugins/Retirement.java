package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a version that nobody can find any more: its calls end, it is closed, its classes are let go. */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final WorkerExecutor worker;
    private final WorkFolder work;
    private final Roster roster;
    private final Duration drain;

    Retirement(WorkerExecutor worker, WorkFolder work, Roster roster, Duration drain) {
        this.worker = worker;
        this.work = work;
        this.roster = roster;
        this.drain = drain;
    }

    /** Ends the version; never fails. */
    Future<Void> end(PluginVersion version) {
        return version.lease()
                .close()
                .timeout(drain.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> warn(version, "plugin closed with calls still inside", late))
                .otherwiseEmpty()
                .compose(drained -> version.close())
                .onFailure(failure -> warn(version, "plugin did not close well", failure))
                .otherwiseEmpty()
                .compose(closed -> worker.executeBlocking(() -> unload(version), false))
                .onFailure(failure -> warn(version, "plugin did not unload well", failure))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private PluginVersion unload(PluginVersion version) throws IOException {
        roster.end(version);
        version.unload();
        work.release(version.zip().folder());
        return version;
    }

    private static void warn(PluginVersion version, String message, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("plugin", version.zip().id())
                .addKeyValue("version", version.zip().version())
                .addKeyValue("reason", failure.getMessage())
                .log(message);
    }
}
