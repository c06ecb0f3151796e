package symbolai.mcp.server.ops;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Says how the server is. */
public final class Health {

    private final String name;
    private final String version;
    private final BooleanSupplier ready;
    private final Supplier<Optional<String>> concern;

    /**
     * @param concern what an operator must look at although the server works; shown to strangers, so it says no more than that
     */
    public Health(String name, String version, BooleanSupplier ready, Supplier<Optional<String>> concern) {
        this.name = name;
        this.version = version;
        this.ready = ready;
        this.concern = concern;
    }

    /** Whether everything that calls need is there. */
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    /** What readiness looks like from outside. */
    public JsonObject readiness() {
        var readiness = new JsonObject().put("status", isReady() ? "ready" : "starting");
        concern.get().ifPresent(text -> readiness.put("concern", text));
        return readiness;
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
