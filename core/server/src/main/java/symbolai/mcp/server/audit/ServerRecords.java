package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Locale;
import symbolai.mcp.server.config.ServerConfig;

/** Writes into the log when the server begins and ends, and with which settings. */
public final class ServerRecords {
    private final AuditLog log;
    private final String version;
    private final ServerConfig config;
    private final Clock clock;
    private boolean begun;

    public ServerRecords(AuditLog log, String version, ServerConfig config, Clock clock) {
        this.log = log;
        this.version = version;
        this.config = config;
        this.clock = clock;
    }

    /** The server begins. Two servers with equal settings have an equal hash of them. */
    public Future<Void> started() {
        var fields = new JsonObject()
                .put("version", version)
                .put("java", Runtime.version().toString())
                .put("config", CanonicalJson.sha256(new JsonObject().put("config", String.valueOf(config))))
                .put("durability", config.audit().durability().name().toLowerCase(Locale.ROOT))
                .put("process", ProcessHandle.current().pid());
        return log.append(new AuditRecord(clock.instant(), "server.started", fields))
                .onSuccess(recorded -> begin());
    }

    private synchronized void begin() {
        begun = true;
    }

    /** The server ends; nothing is written by one that did not begin. */
    public synchronized Future<Void> stopped() {
        return begun
                ? log.append(new AuditRecord(clock.instant(), "server.stopped", new JsonObject()))
                : Future.succeededFuture();
    }
}
