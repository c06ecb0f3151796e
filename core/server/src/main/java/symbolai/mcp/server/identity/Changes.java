package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;

/** Writes what is done to users, keys and the clients that act for them into the audit log before it is done, and afterwards when nothing came of it. */
public final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final AuditLog audit;
    private final Clock clock;

    public Changes(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Records a change, then makes it. When it cannot be recorded, it is not made; when it cannot be made, a second record of the same event
     * has the outcome.
     *
     * @param facts what is changed; never a secret
     */
    public <T> Future<T> make(String event, Caller by, JsonObject facts, Supplier<Future<T>> change) {
        return make(event, fields(by, facts), change);
    }

    /**
     * The same of a change that no caller makes.
     *
     * @param fields all of the record; never a secret
     */
    public <T> Future<T> make(String event, JsonObject fields, Supplier<Future<T>> change) {
        return append(event, fields)
                .recover(Changes::unwritten)
                .compose(written -> change.get().recover(failure -> failed(event, fields, failure)));
    }

    private <T> Future<T> failed(String event, JsonObject fields, Throwable failure) {
        var reason = failure instanceof ToolException known ? known.reason().name() : "internal";
        var outcome = fields.copy().put("outcome", "failed").put("reason", reason.toLowerCase(Locale.ROOT));
        return append(event, outcome)
                .onFailure(unwritten -> LOG.atDebug().setCause(unwritten).log("audit record not written"))
                .transform((written, unwritten) -> Future.failedFuture(failure));
    }

    private Future<Void> append(String event, JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), event, fields));
    }

    private static JsonObject fields(Caller by, JsonObject facts) {
        var fields = new JsonObject().put("caller", by.id()).put("name", by.name());
        by.keyId().ifPresent(key -> fields.put("key", key));
        fields.put("address", by.address());
        facts.forEach(fact -> fields.put(fact.getKey(), fact.getValue()));
        return fields;
    }

    private static Future<Void> unwritten(Throwable failure) {
        LOG.atDebug().setCause(failure).log("audit record not written");
        return Future.failedFuture(new ToolException(
                Reason.UNAVAILABLE,
                "the server's audit log cannot be written, so nothing can be changed; nothing was done"));
    }
}
