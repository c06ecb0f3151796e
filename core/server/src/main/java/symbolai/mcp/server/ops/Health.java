package symbolai.mcp.server.ops;

import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;

/** Says how the server is. */
public final class Health {

    private final String name;
    private final String version;
    private final BooleanSupplier ready;

    public Health(String name, String version, BooleanSupplier ready) {
        this.name = name;
        this.version = version;
        this.ready = ready;
    }

    /** Whether everything that calls need is there. */
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    /** What readiness looks like from outside. */
    public JsonObject readiness() {
        return new JsonObject().put("status", isReady() ? "ready" : "starting");
    }

    /** What liveness looks like from outside. */
    public JsonObject liveness() {
        return new JsonObject().put("status", "alive");
    }

    /** Which version this is. */
    public JsonObject version() {
        return new JsonObject().put("name", name).put("version", version);
    }
}
