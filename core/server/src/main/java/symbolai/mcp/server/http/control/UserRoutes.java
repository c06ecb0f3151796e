package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.SetupLinks;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;

/** Users; they are listed as over REST. */
public final class UserRoutes implements ControlRoutes {

    private final Users users;
    private final SetupLinks links;

    public UserRoutes(Users users, SetupLinks links) {
        this.users = users;
        this.links = links;
    }

    @Override
    public void mount(Router router) {
        router.post("/users").handler(ControlBody.handler()).handler(this::create);
        router.post("/users/:name/role").handler(ControlBody.handler()).handler(this::setRole);
        router.post("/users/:name/password").handler(ControlBody.handler()).handler(this::resetPassword);
        router.post("/users/:name/setup-link")
                .handler(context -> ControlAnswer.json(
                        context,
                        links.issue(Authenticator.localAdmin(), context.pathParam("name")),
                        token -> new JsonObject().put("path", SetupLinks.PATH + "#token=" + token.reveal())));
        router.delete("/users/:name")
                .handler(context -> ControlAnswer.done(
                        context, users.remove(Authenticator.localAdmin(), context.pathParam("name"))));
    }

    private void create(RoutingContext context) {
        var body = ControlBody.of(context);
        var role = ControlBody.role(body.text("role"));
        ControlAnswer.done(context, create(body, role).mapEmpty());
    }

    private Future<User> create(ControlBody body, Role role) {
        var name = body.text("name");
        return body.optionalText("password")
                .map(password -> users.create(Authenticator.localAdmin(), name, role, new Secret(password)))
                .orElseGet(() -> users.createWithoutPassword(Authenticator.localAdmin(), name, role));
    }

    private void setRole(RoutingContext context) {
        var role = ControlBody.role(ControlBody.of(context).text("role"));
        ControlAnswer.done(context, users.setRole(Authenticator.localAdmin(), context.pathParam("name"), role));
    }

    private void resetPassword(RoutingContext context) {
        var password = new Secret(ControlBody.of(context).text("password"));
        ControlAnswer.done(
                context, users.resetPassword(Authenticator.localAdmin(), context.pathParam("name"), password));
    }
}
