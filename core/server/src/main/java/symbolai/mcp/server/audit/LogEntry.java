package symbolai.mcp.server.audit;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record on its way into the log.
 *
 * @param context where who waits for it goes on
 */
record LogEntry(String text, Context context, Promise<Void> written) {
    private static final Logger LOG = LoggerFactory.getLogger(LogEntry.class);

    /** Lets those who wait go on, each on its own context; a context that takes nothing more keeps nobody else waiting. */
    static void tell(List<LogEntry> entries, @Nullable AuditUnavailable failure) {
        var waiting = new IdentityHashMap<Context, List<Promise<Void>>>();
        entries.forEach(entry -> waiting.computeIfAbsent(entry.context(), context -> new ArrayList<>())
                .add(entry.written()));
        waiting.forEach((context, promises) -> tell(context, promises, failure));
    }

    private static void tell(Context context, List<Promise<Void>> promises, @Nullable AuditUnavailable failure) {
        try {
            context.runOnContext(on -> promises.forEach(promise -> tell(promise, failure)));
        } catch (RuntimeException gone) {
            LOG.atDebug().setCause(gone).log("nobody to be told of audit records");
        }
    }

    private static void tell(Promise<Void> promise, @Nullable AuditUnavailable failure) {
        boolean isFirst = failure == null ? promise.tryComplete() : promise.tryFail(failure);
        if (!isFirst) {
            LOG.atDebug().log("told of an audit record already");
        }
    }
}
