package symbolai.mcp.server.rest;

import static symbolai.mcp.server.rest.RouteAccess.ADMINS;
import static symbolai.mcp.server.rest.RouteAccess.FRESH_ADMINS;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.RestBinding.Method;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.connections.ConnectStates;
import symbolai.mcp.server.connections.ConnectionInfo;
import symbolai.mcp.server.connections.ConnectorInfo;
import symbolai.mcp.server.connections.Vault;
import symbolai.mcp.server.tools.Shown;

/** Connects a user's accounts over REST: a state first, then the credentials with it. */
public final class ConnectionFlow {

    private static final String STATE = "state";
    private static final String NAME = "name";
    private static final String CONNECTOR = "connector";

    private final Vault vault;
    private final ConnectStates states;
    private final SignInStatus signIn;
    private final Clock clock;
    private final ConnectionJson json = new ConnectionJson();
    private final FlowSchemas schemas = new FlowSchemas();

    public ConnectionFlow(Vault vault, ConnectStates states, SignInStatus signIn, Clock clock) {
        this.vault = vault;
        this.states = states;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                new OwnRoute(
                        Method.GET,
                        "auth/status",
                        "Tells who you are and what you are connected to.",
                        schemas.nothing(),
                        schemas.status(),
                        Optional.of(new JsonObject().put("authenticated", false)),
                        RouteAccess.EVERYBODY,
                        (caller, fields) -> status(caller).map(RestAnswer::ok)),
                OwnRoute.post(
                        "auth/connect",
                        "Begins a connection.",
                        schemas.connect(),
                        schemas.begun(),
                        ADMINS,
                        this::begin),
                OwnRoute.post(
                        "auth/callback",
                        "Connects.",
                        schemas.callback(),
                        schemas.connection(),
                        FRESH_ADMINS,
                        this::connect),
                OwnRoute.post(
                        "auth/activate",
                        "Makes it active.",
                        schemas.name(),
                        schemas.status(),
                        FRESH_ADMINS,
                        this::activate),
                OwnRoute.post(
                        "auth/verify",
                        "Checks it again.",
                        schemas.optionalName(),
                        schemas.connection(),
                        ADMINS,
                        this::verify),
                OwnRoute.post(
                        "auth/disconnect",
                        "Forgets the active connection, or the one named.",
                        schemas.optionalName(),
                        schemas.disconnected(),
                        FRESH_ADMINS,
                        this::disconnect));
    }

    private Future<JsonObject> status(Caller caller) {
        return vault.list(caller)
                .map(connections -> status(caller, connections))
                .compose(status -> signIn.addTo(status, caller));
    }

    private JsonObject status(Caller caller, List<ConnectionInfo> connections) {
        var active = active(connections);
        var status = new JsonObject()
                .put("authenticated", true)
                .put(NAME, caller.name())
                .put("role", caller.role().text())
                .put("connected", active.filter(this::isGood).isPresent());
        active.ifPresent(connection -> status.put("connection", json.connection(connection)));
        var all = new JsonArray();
        connections.stream().map(json::connection).forEach(all::add);
        return status.put("connections", all);
    }

    private boolean isGood(ConnectionInfo connection) {
        return connection.expires().map(clock.instant()::isBefore).orElse(true);
    }

    private Future<JsonObject> begin(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(CONNECTOR, NAME));
        var connector = connector(fields.optionalText(CONNECTOR));
        var name = fields.optionalText(NAME).orElse(connector.id());
        return Future.succeededFuture(json.begun(
                connector,
                states.issue(caller, connector.id(), name),
                clock.instant().plus(ConnectStates.LIFE)));
    }

    private ConnectorInfo connector(Optional<String> id) {
        return vault.connectors().stream()
                .filter(connector -> id.map(connector.id()::equals)
                        .orElse(!connector.fields().isEmpty()))
                .findFirst()
                .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, unknown(id)));
    }

    private String unknown(Optional<String> id) {
        var known = vault.connectors().stream().map(ConnectorInfo::id).toList();
        return id.map(named -> "there is no connector " + Shown.text(named) + "; there is " + String.join(", ", known))
                .orElse("no plugin is loaded that connects to anything with credentials");
    }

    private Future<JsonObject> connect(Caller caller, JsonObject body) {
        var fields = new BodyFields(body);
        var given = fields.secretsBeside(Set.of(STATE, NAME));
        var name = fields.optionalText(NAME);
        return states.redeem(caller, fields.text(STATE))
                .compose(begun -> vault.connect(caller, name.orElse(begun.name()), begun.connector(), given))
                .map(json::connection);
    }

    private Future<JsonObject> activate(Caller caller, JsonObject body) {
        var name = new BodyFields(body).only(List.of(NAME)).text(NAME);
        return vault.activate(caller, name).compose(done -> status(caller));
    }

    private Future<JsonObject> verify(Caller caller, JsonObject body) {
        var named = new BodyFields(body).only(List.of(NAME)).optionalText(NAME);
        return named.map(Future::succeededFuture)
                .orElseGet(() -> vault.list(caller).compose(ConnectionFlow::activeName))
                .compose(name -> vault.verifyAgain(caller, name))
                .map(json::connection);
    }

    private Future<JsonObject> disconnect(Caller caller, JsonObject body) {
        var name = new BodyFields(body).only(List.of(NAME)).optionalText(NAME);
        return vault.disconnect(caller, name).map(done -> new JsonObject().put("disconnected", done));
    }

    private static Future<String> activeName(List<ConnectionInfo> connections) {
        return active(connections)
                .map(connection -> Future.succeededFuture(connection.name()))
                .orElseGet(() -> failed(Reason.NOT_CONNECTED, "you have no active connection; connect first"));
    }

    private static Optional<ConnectionInfo> active(List<ConnectionInfo> connections) {
        return connections.stream().filter(ConnectionInfo::active).findFirst();
    }

    private static <T> Future<T> failed(Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }
}
