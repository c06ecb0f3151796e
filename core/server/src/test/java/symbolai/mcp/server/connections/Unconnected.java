package symbolai.mcp.server.connections;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ConnectionStore;
import symbolai.mcp.server.store.Database;

/** Connections of callers who have stored none, over a store that is never opened. */
public final class Unconnected {

    private Unconnected() {}

    public static Connections connections(Vertx vertx, Connectors connectors) {
        return connections(vertx, connectors, ConnectionsConfig.DEFAULT);
    }

    public static Connections connections(Vertx vertx, Connectors connectors, ConnectionsConfig config) {
        var nowhere = Path.of("target", "never-opened");
        var upstreams = new Upstreams(vertx, config);
        var vault = new Vault(
                connectors,
                upstreams,
                new ConnectionStore(new Database(vertx, nowhere)),
                MasterKey.of(new byte[MasterKey.LENGTH]),
                new AuditLog(vertx, nowhere, new AuditConfig(AuditConfig.Durability.QUEUED)),
                Clock.systemUTC());
        return new Connections(vertx, connectors, vault, upstreams, config);
    }
}
