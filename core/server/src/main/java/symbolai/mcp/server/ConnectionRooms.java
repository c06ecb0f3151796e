package symbolai.mcp.server;

import io.vertx.core.Vertx;
import java.time.Clock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.connections.ConnectStates;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.connections.KeyRotation;
import symbolai.mcp.server.connections.Upstreams;
import symbolai.mcp.server.connections.Vault;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ConnectionStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SealStore;
import symbolai.mcp.server.store.UsedStateStore;

/** What leads to outside systems, and keeps the credentials for them. */
final class ConnectionRooms {

    final Connectors connectors;
    final Vault vault;
    final KeyRotation rotation;
    final ConnectStates states;
    final Connections ways;

    ConnectionRooms(
            Vertx vertx, ConnectionsConfig config, Database database, MasterKey key, AuditLog audit, Clock clock) {
        connectors = new Connectors();
        var upstreams = new Upstreams(vertx, config);
        vault = new Vault(connectors, upstreams, new ConnectionStore(database), key, audit, clock);
        rotation = new KeyRotation(vertx, key, new SealStore(database), vault, audit, clock);
        states = new ConnectStates(key, new UsedStateStore(database), clock);
        ways = new Connections(vertx, connectors, vault, upstreams, config);
    }
}
