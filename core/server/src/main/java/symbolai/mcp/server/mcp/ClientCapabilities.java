package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;
import symbolai.mcp.api.ClientCapability;

/** Reads and writes the {@code capabilities} object of clients. */
public final class ClientCapabilities {

    /** The name of the tasks extension. */
    public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

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

    /** The object that declares these, as a refusal names them. */
    public JsonObject write(Set<ClientCapability> capabilities) {
        JsonObject declared = new JsonObject();
        JsonObject modes = new JsonObject();
        if (capabilities.contains(ClientCapability.ELICITATION_FORM)) {
            modes.put("form", new JsonObject());
        }
        if (capabilities.contains(ClientCapability.ELICITATION_URL)) {
            modes.put("url", new JsonObject());
        }
        if (!modes.isEmpty()) {
            declared.put("elicitation", modes);
        }
        if (capabilities.contains(ClientCapability.SAMPLING)) {
            declared.put("sampling", new JsonObject());
        }
        if (capabilities.contains(ClientCapability.ROOTS)) {
            declared.put("roots", new JsonObject());
        }
        if (capabilities.contains(ClientCapability.TASKS)) {
            declared.put("extensions", new JsonObject().put(TASKS_EXTENSION, new JsonObject()));
        }
        return declared;
    }
}
