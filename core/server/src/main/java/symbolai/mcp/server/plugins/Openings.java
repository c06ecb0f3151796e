package symbolai.mcp.server.plugins;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import symbolai.mcp.server.config.PluginsConfig;
import symbolai.mcp.server.store.KeyValueStore;
import symbolai.mcp.server.store.SqliteHost;
import symbolai.mcp.server.tools.Catalogs;

/** Opens expanded zips: hands them to PF4J and gives each what the host lends. */
final class Openings {

    private final Vertx vertx;
    private final PluginsConfig config;
    private final Path folders;
    private final SqliteHost databases;
    private final KeyValueStore keyValues;
    private final Catalogs catalogs;
    private final TimeLimits limits;
    private final AtomicLong number = new AtomicLong();

    Openings(
            Vertx vertx,
            PluginsConfig config,
            Path folders,
            SqliteHost databases,
            KeyValueStore keyValues,
            Catalogs catalogs,
            TimeLimits limits) {
        this.vertx = vertx;
        this.config = config;
        this.folders = folders;
        this.databases = databases;
        this.keyValues = keyValues;
        this.catalogs = catalogs;
        this.limits = limits;
    }

    /** Opens a zip; none of its code runs yet. */
    PluginVersion open(ExpandedZip zip) throws IOException {
        var folder = folders.resolve(zip.id());
        Files.createDirectories(folder);
        var pf4j = new SinglePlugin(zip.folder());
        pf4j.loadPlugin(zip.folder());
        pf4j.startPlugin(zip.id());
        String name = "plugin-" + zip.id() + "-" + number.incrementAndGet();
        var foreign = new Foreign(vertx.createSharedWorkerExecutor(name, 1), pf4j.getPluginClassLoader(zip.id()));
        return new PluginVersion(zip, pf4j, foreign, context(zip.id(), folder, name), limits);
    }

    private LentContext context(String id, Path folder, String name) {
        return new LentContext(
                id,
                config.config().getOrDefault(id, new JsonObject()),
                folder,
                new LentHttpClient(vertx),
                new LentTimers(vertx, ((VertxInternal) vertx).createEventLoopContext()),
                new LentThreads(vertx.createSharedWorkerExecutor(name + "-blocking", LentThreads.THREADS)),
                new LentDatabases(databases, folder),
                keyValues.of(id),
                catalogs::resourceUpdated);
    }
}
