package symbolai.mcp.server.http.control;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.oidc.ProviderUsers;

/** Which users are whom at the provider by which people sign in. */
public final class LinkRoutes implements ControlRoutes {

    private final Optional<ProviderUsers> users;

    public LinkRoutes(Optional<ProviderUsers> users) {
        this.users = users;
    }

    @Override
    public void mount(Router router) {
        router.post("/users/:name/link").handler(ControlBody.handler()).handler(this::link);
        router.delete("/users/:name/link")
                .handler(context -> ControlAnswer.done(
                        context, known().unlink(Authenticator.localAdmin(), context.pathParam("name"))));
    }

    private void link(RoutingContext context) {
        var subject = ControlBody.of(context).text("subject");
        ControlAnswer.done(context, known().link(Authenticator.localAdmin(), context.pathParam("name"), subject));
    }

    private ProviderUsers known() {
        return users.orElseThrow(() -> new ToolException(
                Reason.UNSUPPORTED, "Nobody signs in by a provider here: signIn.provider.issuer is not set."));
    }
}
