package symbolai.mcp.server.connections;

import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Connection;
import symbolai.mcp.server.config.ConnectionsConfig;

/** Gives each caller a connection that finds its connector anew at each operation, so that connectors may come and go meanwhile. */
public final class Connections {
    private final Vertx vertx;
    private final Entrance entrance;
    private final Timing timing;
    private final ReplyCache cache;

    public Connections(Vertx vertx, Connectors connectors, Vault vault, Upstreams upstreams, ConnectionsConfig config) {
        this.vertx = vertx;
        this.entrance = new Entrance(connectors, vault, upstreams, config.local());
        this.timing = upstreams.timing();
        this.cache = new ReplyCache(timing);
    }

    /**
     * The caller's connection for one call; where the caller is not connected, each operation fails and says so.
     *
     * @param heard is told under which ids the outside system has its answers; on any thread
     */
    public Connection forCaller(Caller caller, Consumer<String> heard) {
        return new CallerConnection(vertx, what -> entrance.enter(caller, what, heard), caller, cache, timing);
    }

    /** A name of what the caller is connected to now; another one when another connection was made active. */
    public String identity(Caller caller) {
        return entrance.identity(caller);
    }

    /** The id and the name of the account that the caller is connected to; {@code local} for the one that asks for no credentials. */
    public Set<String> accountNames(Caller caller) {
        return entrance.accountNames(caller);
    }

    /** The id alone. */
    public String accountId(Caller caller) {
        return entrance.accountId(caller);
    }

    /** The same in words, for people. */
    public String account(Caller caller) {
        return entrance.account(caller);
    }

    /** A connection of the connector with this id, which asks for no credentials; for a door that serves one system alone. */
    public Connection ofConnector(String id, Caller caller) {
        return new CallerConnection(vertx, what -> entrance.enterConnector(id, caller, what), caller, cache, timing);
    }
}
