package symbolai.mcp.server.http.control;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.FirstRun;
import symbolai.mcp.server.identity.KeyRequest;
import symbolai.mcp.server.identity.NewKey;
import symbolai.mcp.server.identity.SetupLinks;

/** API keys; they are listed as over REST. */
public final class KeyRoutes implements ControlRoutes {

    private final ApiKeys keys;
    private final FirstRun firstRun;

    public KeyRoutes(ApiKeys keys, FirstRun firstRun) {
        this.keys = keys;
        this.firstRun = firstRun;
    }

    @Override
    public void mount(Router router) {
        router.post("/keys").handler(ControlBody.handler()).handler(this::create);
        router.delete("/keys/:id")
                .handler(context ->
                        ControlAnswer.done(context, keys.revoke(Authenticator.localAdmin(), context.pathParam("id"))));
        router.post("/first-run")
                .handler(context -> ControlAnswer.json(
                        context,
                        firstRun.run(),
                        made -> made.map(KeyRoutes::welcome).orElseGet(JsonObject::new)));
    }

    private void create(RoutingContext context) {
        var body = ControlBody.of(context);
        var request = new KeyRequest(
                body.text("user"),
                body.text("label"),
                body.optionalNumber("expiresDays").map(Duration::ofDays),
                body.texts("tools"),
                body.flag("agent"),
                body.texts("addresses"));
        ControlAnswer.json(context, keys.create(Authenticator.localAdmin(), request), KeyRoutes::json);
    }

    private static JsonObject welcome(FirstRun.Welcome welcome) {
        var json = json(welcome.key());
        welcome.setupToken().ifPresent(token -> json.put("setupPath", SetupLinks.PATH + "#token=" + token.reveal()));
        return json;
    }

    /** The one time that a key is shown. */
    private static JsonObject json(NewKey key) {
        return new JsonObject().put("id", key.id()).put("key", key.key().reveal());
    }
}
