package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import symbolai.mcp.api.ClientCapability;

/** The call needs something of the client that the client did not say it can do. */
public final class CapabilityMissing extends RuntimeException {
    /** The name of the tasks extension. */
    public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Set<ClientCapability> missing;

    public CapabilityMissing(Set<ClientCapability> missing) {
        super("the client lacks " + missing);
        this.missing = Set.copyOf(missing);
    }

    public Set<ClientCapability> missing() {
        return missing;
    }

    /** What the client would have to declare, as its {@code capabilities} object would say it. */
    public JsonObject required() {
        var modes = new JsonObject();
        putIf(modes, "form", ClientCapability.ELICITATION_FORM, new JsonObject());
        putIf(modes, "url", ClientCapability.ELICITATION_URL, new JsonObject());
        var required = new JsonObject();
        if (!modes.isEmpty()) {
            required.put("elicitation", modes);
        }
        putIf(required, "sampling", ClientCapability.SAMPLING, new JsonObject());
        putIf(required, "roots", ClientCapability.ROOTS, new JsonObject());
        putIf(required, "extensions", ClientCapability.TASKS, new JsonObject().put(TASKS_EXTENSION, new JsonObject()));
        return required;
    }

    private void putIf(JsonObject object, String name, ClientCapability capability, JsonObject value) {
        if (missing.contains(capability)) {
            object.put(name, value);
        }
    }
}
