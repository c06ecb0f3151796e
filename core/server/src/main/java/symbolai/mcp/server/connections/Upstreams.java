package symbolai.mcp.server.connections;

import io.vertx.core.Vertx;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.server.config.ConnectionsConfig;

/** The ways out, one for each connector and set of credentials. */
public final class Upstreams {

    public Upstreams(Vertx vertx, ConnectionsConfig config) {}

    Upstream of(Connector connector, Credentials credentials) {
        return new DirectUpstream();
    }
}
