package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.store.SignInRow;
import symbolai.mcp.server.store.SignInStore;

/** Removes sign-ins that have come to their end by themselves, and records each. */
record SignInSweep(SignInStore store, SignInLog log, IdentityConfig config) {

    private static final int AT_ONCE = 100;

    /** Removes the oldest ones; what is left over is removed the next time, and is good for nothing until then. */
    Future<Void> run(long now) {
        return store.stale(
                        now - config.idle().toMillis(), now - config.longest().toMillis(), AT_ONCE)
                .compose(rows -> Future.all(rows.stream().map(this::outlived).toList()))
                .mapEmpty();
    }

    private Future<Boolean> outlived(SignInRow row) {
        return log.ended(row, "its time was over").compose(recorded -> store.remove(row.userId(), row.id()));
    }
}
