package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.identity.oauth.ClientInfo;
import symbolai.mcp.server.identity.oauth.OAuthClients;

/** The programs that use the server by OAuth, over REST: admins see them, make those that act by themselves, and revoke them. */
public final class ClientRoutes {

    private final OAuthClients clients;

    public ClientRoutes(OAuthClients clients) {
        this.clients = clients;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "clients/list",
                        "Lists the programs that use the server by OAuth, oldest first.",
                        Schemas.object().build(),
                        OwnRoute.anyObject(),
                        RouteAccess.AUDITORS,
                        (caller, fields) -> clients.list().map(ClientRoutes::json)),
                OwnRoute.post(
                        "clients/create",
                        "Makes a program that gets tokens by itself, with its secret, which is shown this once.",
                        Schemas.object()
                                .required("name", Schemas.string("What it is called."))
                                .required("user", Schemas.string("The name of the user as whom it acts."))
                                .optional("write", Schemas.bool("Whether it may call tools that change something."))
                                .build(),
                        OwnRoute.anyObject(),
                        RouteAccess.FRESH_ADMINS,
                        this::create),
                OwnRoute.post(
                        "clients/revoke",
                        "Revokes a program with all its tokens, at once.",
                        Schemas.object()
                                .required("id", Schemas.string("The program's id."))
                                .build(),
                        OwnRoute.anyObject(),
                        RouteAccess.ADMINS,
                        this::revoke));
    }

    private static JsonObject json(List<ClientInfo> clients) {
        return new JsonObject()
                .put(
                        "clients",
                        new JsonArray(clients.stream().map(ClientRoutes::json).toList()))
                .put("count", clients.size());
    }

    private static JsonObject json(ClientInfo client) {
        var json = new JsonObject()
                .put("id", client.id())
                .put("name", client.name())
                .put("kind", client.kind())
                .put("users", new JsonArray(client.users()))
                .put("created", client.created().toString());
        client.user().ifPresent(name -> json.put("user", name));
        client.used().ifPresent(moment -> json.put("used", moment.toString()));
        return json;
    }

    private Future<JsonObject> create(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of("name", "user", "write"));
        if (!(body.getValue("write", false) instanceof Boolean write)) {
            throw RestProblem.invalid("the field write must be true or false");
        }
        return clients.create(caller, fields.text("name"), fields.text("user"), write)
                .map(made -> new JsonObject()
                        .put("id", made.id())
                        .put("secret", made.secret().reveal()));
    }

    private Future<JsonObject> revoke(Caller caller, JsonObject body) {
        var id = new BodyFields(body).only(List.of("id")).text("id");
        return clients.revoke(caller, id).map(new JsonObject().put("revoked", id));
    }
}
