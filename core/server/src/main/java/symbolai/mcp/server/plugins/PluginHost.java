package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.PluginsConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.plugins.PluginFolder.Look;
import symbolai.mcp.server.store.KeyValueStore;
import symbolai.mcp.server.store.SqliteHost;
import symbolai.mcp.server.tools.Catalogs;

/** Watches the plugins folder: loads what comes, swaps what changes, unloads what goes. */
public final class PluginHost {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

    private final Vertx vertx;
    private final PluginsConfig config;
    /** One thread, so tasks run in order; ordered tasks would also wait for those that their context has on other threads. */
    private final WorkerExecutor worker;

    private final WorkFolder work;
    private final PluginFolder folder;
    private final Rollout rollout;
    private final Roster roster = new Roster();
    private Future<Void> lastScan = Future.succeededFuture();
    private OptionalLong timer = OptionalLong.empty();
    private boolean scanFails;
    private Optional<Future<Void>> closing = Optional.empty();

    public PluginHost(
            Vertx vertx,
            PluginsConfig config,
            Path dataFolder,
            Catalogs catalogs,
            Connectors connectors,
            SqliteHost databases,
            KeyValueStore keyValues) {
        this(vertx, config, dataFolder, catalogs, connectors, databases, keyValues, TimeLimits.DEFAULT);
    }

    PluginHost(
            Vertx vertx,
            PluginsConfig config,
            Path dataFolder,
            Catalogs catalogs,
            Connectors connectors,
            SqliteHost databases,
            KeyValueStore keyValues,
            TimeLimits limits) {
        this.vertx = vertx;
        this.config = config;
        this.worker = vertx.createSharedWorkerExecutor("plugins", 1);
        this.work = new WorkFolder(dataFolder.resolve("work"));
        this.folder = new PluginFolder(config.folder());
        var folders = dataFolder.resolve("plugin-data");
        var openings = new Openings(vertx, config, folders, databases, keyValues, catalogs, limits);
        var refusals = new Refusals(roster);
        this.rollout = new Rollout(
                worker,
                folder,
                new Intake(vertx, worker, work, openings, roster, refusals),
                new Publication(catalogs, connectors),
                new Retirement(worker, work, roster, config.drain()),
                roster,
                refusals);
    }

    /** Loads all plugins of the folder, then watches it; the future succeeds when all are loaded or refused. */
    public Future<Void> start() {
        return WarmStart.of(vertx)
                .compose(warm -> worker.executeBlocking(this::clear, false))
                .compose(cleared -> next(folder::first))
                .onSuccess(loaded -> watch());
    }

    private WorkFolder clear() throws IOException {
        work.clear();
        return work;
    }

    private synchronized void watch() {
        if (closing.isPresent()) {
            return;
        }
        timer = OptionalLong.of(vertx.setPeriodic(config.scan().toMillis(), id -> scanWhenIdle()));
    }

    private synchronized void scanWhenIdle() {
        if (lastScan.isComplete() && closing.isEmpty()) {
            scan().onComplete(this::tell);
        }
    }

    /** Tells when scans begin to fail, not each time. */
    private synchronized void tell(@Nullable Void scanned, @Nullable Throwable failure) {
        if (failure != null && !scanFails) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("folder", config.folder())
                    .log("plugins folder cannot be scanned");
        }
        scanFails = failure != null;
    }

    /** Looks at the folder now, after the scan that is under way; a zip counts when two looks in a row found it the same. */
    public Future<Void> scan() {
        return next(folder::again);
    }

    private synchronized Future<Void> next(Callable<Look> look) {
        if (closing.isPresent()) {
            return Future.failedFuture(new IllegalStateException("the plugin host is closed"));
        }
        lastScan = lastScan.otherwiseEmpty()
                .compose(former -> worker.executeBlocking(look, false))
                .compose(rollout::apply);
        return lastScan;
    }

    /** Is told from now on how every zip of the folder fares, after each change; before the start. */
    public void watchedBy(Consumer<List<PluginStatus>> told) {
        roster.watchedBy(told);
    }

    /** How every zip of the folder fares. */
    public List<PluginStatus> list() {
        return roster.statuses();
    }

    /** Ends the calls, closes and unloads all plugins. Closing twice is harmless. */
    public synchronized Future<Void> close() {
        if (closing.isEmpty()) {
            timer.ifPresent(vertx::cancelTimer);
            closing = Optional.of(lastScan.otherwiseEmpty()
                    .compose(scanned -> rollout.close())
                    .eventually(worker::close));
        }
        return closing.get();
    }
}
