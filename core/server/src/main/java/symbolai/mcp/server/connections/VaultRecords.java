package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;

/** Writes what happens to connections into the audit log, before it happens. */
final class VaultRecords {

    private static final Logger LOG = LoggerFactory.getLogger(VaultRecords.class);

    private final AuditLog audit;
    private final Clock clock;

    VaultRecords(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** A change; when the future has failed, it must not be made. */
    Future<Void> changed(String event, Caller caller, String name, String connector, String account) {
        return append(event, fields(caller, name, connector).put("account", account));
    }

    /** That the credentials were not accepted, then the failure. */
    <T> Future<T> refused(Caller caller, String name, String connector, Throwable why) {
        var reason = why instanceof ToolException known ? known.reason().name().toLowerCase(Locale.ROOT) : "internal";
        return append("connection.refused", fields(caller, name, connector).put("reason", reason))
                .compose(written -> Future.failedFuture(why));
    }

    /** That the master key is changed from the command line. */
    Future<Void> rotated() {
        return append("vault.rotated", new JsonObject().put("user", "local").put("address", "local"));
    }

    private static JsonObject fields(Caller caller, String name, String connector) {
        return new JsonObject()
                .put("user", caller.id())
                .put("userName", caller.name())
                .put("address", caller.address())
                .put("connection", name)
                .put("connector", connector);
    }

    private Future<Void> append(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields)).recover(VaultRecords::unwritten);
    }

    private static Future<Void> unwritten(Throwable failure) {
        LOG.atDebug().setCause(failure).log("audit record not written");
        return Future.failedFuture(new ToolException(
                Reason.UNAVAILABLE,
                "the server's audit log cannot be written, so connections cannot be changed; nothing was done"));
    }
}
