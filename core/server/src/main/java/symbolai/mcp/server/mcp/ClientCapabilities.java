package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.tools.CapabilityMissing;

/** Reads the {@code capabilities} object of clients. */
public final class ClientCapabilities {

    /** The name of the tasks extension. */
    public static final String TASKS_EXTENSION = CapabilityMissing.TASKS_EXTENSION;

    /** What the object declares; an elicitation without a mode means forms. */
    public Set<ClientCapability> read(JsonObject declared) {
        Set<ClientCapability> capabilities = EnumSet.noneOf(ClientCapability.class);
        if (declared.getValue("elicitation") instanceof JsonObject modes) {
            if (modes.containsKey("form") || !modes.containsKey("url")) {
                capabilities.add(ClientCapability.ELICITATION_FORM);
            }
            if (modes.containsKey("url")) {
                capabilities.add(ClientCapability.ELICITATION_URL);
            }
        }
        if (declared.getValue("sampling") instanceof JsonObject) {
            capabilities.add(ClientCapability.SAMPLING);
        }
        if (declared.getValue("roots") instanceof JsonObject) {
            capabilities.add(ClientCapability.ROOTS);
        }
        if (declared.getValue("extensions") instanceof JsonObject extensions
                && extensions.getValue(TASKS_EXTENSION) instanceof JsonObject) {
            capabilities.add(ClientCapability.TASKS);
        }
        return capabilities;
    }
}
