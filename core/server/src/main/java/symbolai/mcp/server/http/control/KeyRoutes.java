package symbolai.mcp.server.http.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.FirstRun;
import symbolai.mcp.server.identity.KeyInfo;
import symbolai.mcp.server.identity.KeyRequest;
import symbolai.mcp.server.identity.NewKey;
import symbolai.mcp.server.identity.SetupLinks;

/** API keys. */
public final class KeyRoutes implements ControlRoutes {

    private final ApiKeys keys;
    private final FirstRun firstRun;

    public KeyRoutes(ApiKeys keys, FirstRun firstRun) {
        this.keys = keys;
        this.firstRun = firstRun;
    }

    @Override
    public void mount(Router router) {
        router.get("/keys").handler(context -> ControlAnswer.json(context, keys.list(), KeyRoutes::json));
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

    private static JsonObject json(List<KeyInfo> keys) {
        return new JsonObject()
                .put("keys", new JsonArray(keys.stream().map(KeyRoutes::json).toList()));
    }

    private static JsonObject json(KeyInfo key) {
        var json = new JsonObject()
                .put("id", key.id())
                .put("user", key.user())
                .put("label", key.label())
                .put("tools", new JsonArray(key.tools()))
                .put("addresses", new JsonArray(key.addresses()))
                .put("agent", key.agent())
                .put("created", key.created().toString());
        key.expires().ifPresent(moment -> json.put("expires", moment.toString()));
        key.used().ifPresent(moment -> json.put("used", moment.toString()));
        key.revoked().ifPresent(moment -> json.put("revoked", moment.toString()));
        return json;
    }
}
