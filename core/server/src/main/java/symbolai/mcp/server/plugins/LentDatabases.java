package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.server.store.SqliteHost;

/** The SQLite databases that one version of a plugin has open, closed together. Safe for any thread. */
final class LentDatabases {

    private final SqliteHost host;
    private final Path folder;
    private final Set<LentSqlite> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LentDatabases(SqliteHost host, Path folder) {
        this.host = host;
        this.folder = folder;
    }

    Future<Sqlite> open(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        var target = folder.resolve(file).normalize();
        if (mode == Sqlite.Mode.READ_WRITE && !target.startsWith(folder)) {
            return Future.failedFuture(new IllegalArgumentException(
                    "a database that can be written lies in the plugin's folder, not at " + file));
        }
        if (closed) {
            return Future.failedFuture(new IllegalStateException("the plugin is unloaded"));
        }
        return host.open(target, mode, limits).compose(this::keep);
    }

    private Future<Sqlite> keep(Sqlite database) {
        var lent = new LentSqlite(database, folder, open::remove);
        open.add(lent);
        if (closed) {
            return lent.close().compose(v -> Future.failedFuture(new IllegalStateException("the plugin is unloaded")));
        }
        return Future.succeededFuture(lent);
    }

    Future<Void> close() {
        closed = true;
        return Future.join(List.copyOf(open).stream().map(LentSqlite::close).toList())
                .mapEmpty();
    }
}
