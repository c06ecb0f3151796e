package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.connections.ConnectionInfo;
import symbolai.mcp.server.connections.Vault;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.rest.ConnectionJson;

/** The connections of the local user, or of a user that is named. */
public final class ConnectionRoutes implements ControlRoutes {

    private final Vault vault;
    private final Users users;
    private final ConnectionJson json = new ConnectionJson();

    public ConnectionRoutes(Vault vault, Users users) {
        this.vault = vault;
        this.users = users;
    }

    @Override
    public void mount(Router router) {
        router.get("/connectors")
                .handler(context -> ControlAnswer.json(context, Future.succeededFuture(), none -> connectors()));
        router.post("/connections/list").handler(ControlBody.handler()).handler(this::list);
        router.post("/connections/connect").handler(ControlBody.handler()).handler(this::connect);
        router.post("/connections/use").handler(ControlBody.handler()).handler(this::use);
        router.post("/connections/check").handler(ControlBody.handler()).handler(this::check);
        router.post("/connections/remove").handler(ControlBody.handler()).handler(this::remove);
    }

    private JsonObject connectors() {
        return new JsonObject()
                .put(
                        "connectors",
                        new JsonArray(
                                vault.connectors().stream().map(json::connector).toList()));
    }

    private void list(RoutingContext context) {
        var connections = caller(ControlBody.of(context)).compose(vault::list);
        ControlAnswer.json(context, connections, this::written);
    }

    private JsonObject written(List<ConnectionInfo> connections) {
        return new JsonObject()
                .put(
                        "connections",
                        new JsonArray(connections.stream().map(json::connection).toList()));
    }

    private void connect(RoutingContext context) {
        var body = ControlBody.of(context);
        var given = secrets(body.object("fields"));
        var connected =
                caller(body).compose(caller -> vault.connect(caller, body.text("name"), body.text("connector"), given));
        ControlAnswer.json(context, connected, json::connection);
    }

    private void use(RoutingContext context) {
        var body = ControlBody.of(context);
        ControlAnswer.done(context, caller(body).compose(caller -> vault.activate(caller, body.text("name"))));
    }

    private void check(RoutingContext context) {
        var body = ControlBody.of(context);
        var checked = caller(body)
                .compose(caller ->
                        name(caller, body.optionalText("name")).compose(name -> vault.verifyAgain(caller, name)));
        ControlAnswer.json(context, checked, json::connection);
    }

    private void remove(RoutingContext context) {
        var body = ControlBody.of(context);
        var removed = caller(body).compose(caller -> vault.disconnect(caller, Optional.of(body.text("name"))));
        ControlAnswer.json(context, removed, done -> new JsonObject().put("removed", done));
    }

    private Future<String> name(Caller caller, Optional<String> given) {
        return given.map(Future::succeededFuture)
                .orElseGet(() -> vault.list(caller).compose(ConnectionRoutes::activeName));
    }

    private static Future<String> activeName(List<ConnectionInfo> connections) {
        return connections.stream()
                .filter(ConnectionInfo::active)
                .findFirst()
                .map(connection -> Future.succeededFuture(connection.name()))
                .orElseGet(() -> Future.failedFuture(
                        new ToolException(Reason.NOT_CONNECTED, "There is no active connection; connect first.")));
    }

    private Future<Caller> caller(ControlBody body) {
        return body.optionalText("user")
                .map(name -> users.list().map(all -> caller(all, name)))
                .orElseGet(() -> Future.succeededFuture(Authenticator.localAdmin()));
    }

    private static Caller caller(List<User> all, String name) {
        return all.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .map(user -> new Caller(user.id(), user.name(), user.role(), Credential.LOCAL, "local"))
                .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, "There is no user '" + name + "'."));
    }

    private static Map<String, Secret> secrets(JsonObject fields) {
        return fields.fieldNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> secret(fields, name)));
    }

    private static Secret secret(JsonObject fields, String name) {
        if (fields.getValue(name) instanceof String text) {
            return new Secret(text);
        }
        throw new ToolException(Reason.INVALID, "The field " + name + " must be a text.");
    }
}
