package symbolai.mcp.server.http.control;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import symbolai.mcp.server.connections.KeyRotation;

/** The vault's key. */
public final class VaultRoutes implements ControlRoutes {

    private final KeyRotation rotation;

    public VaultRoutes(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public void mount(Router router) {
        router.post("/vault/rotate")
                .handler(context -> ControlAnswer.json(context, rotation.rotate(), VaultRoutes::json));
    }

    private static JsonObject json(KeyRotation.Rotated done) {
        return new JsonObject()
                .put("resealed", done.resealed())
                .put("damaged", done.damaged())
                .put("next", done.next());
    }
}
