package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.mcp.ClientCapabilities;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.mcp.ServerProfile;

/** Agrees with a client on a version: the one it asked for, or else the newest that begins with initialize. */
final class Handshake {

    static final String METHOD = "initialize";
    private static final int MAX_NAME_LENGTH = 80;

    private final ServerProfile server;
    private final ClientCapabilities declared = new ClientCapabilities();

    Handshake(ServerProfile server) {
        this.server = server;
    }

    /**
     * Reads the params of initialize.
     *
     * @throws JsonRpcException when a part has the wrong type
     */
    LegacyClient read(JsonObject params) {
        if (!(params.getValue("protocolVersion") instanceof String requested)) {
            throw invalid("protocolVersion must be text, such as " + ProtocolVersion.LATEST_LEGACY.text());
        }
        ProtocolVersion version = ProtocolVersion.of(requested)
                .filter(known -> !known.isStateless())
                .orElse(ProtocolVersion.LATEST_LEGACY);
        return new LegacyClient(version, capabilities(object(params, "capabilities"), version), name(params));
    }

    /** The result of initialize. */
    Buffer result(LegacyClient client) {
        JsonObject result = new JsonObject()
                .put("protocolVersion", client.version().text())
                .put("capabilities", server.capabilities(client.version()))
                .put("serverInfo", server.info(client.version()));
        if (!server.instructions().isEmpty()) {
            result.put("instructions", server.instructions());
        }
        return result.toBuffer();
    }

    private Set<ClientCapability> capabilities(JsonObject object, ProtocolVersion version) {
        Set<ClientCapability> known = EnumSet.of(ClientCapability.SAMPLING, ClientCapability.ROOTS);
        if (version.atLeast(ProtocolVersion.V2025_06_18)) {
            known.add(ClientCapability.ELICITATION_FORM);
        }
        if (version.atLeast(ProtocolVersion.V2025_11_25)) {
            known.add(ClientCapability.ELICITATION_URL);
        }
        known.retainAll(declared.read(object));
        return known;
    }

    private static String name(JsonObject params) {
        JsonObject info = object(params, "clientInfo");
        String name = info.getValue("name") instanceof String text ? text : "";
        String version = info.getValue("version") instanceof String text ? text : "";
        String whole = version.isEmpty() ? name : name + "/" + version;
        return whole.substring(0, Math.min(whole.length(), MAX_NAME_LENGTH));
    }

    private static JsonObject object(JsonObject params, String key) {
        Object value = params.getValue(key);
        if (value == null) {
            return new JsonObject();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw invalid(key + " must be an object");
    }

    private static JsonRpcException invalid(String message) {
        return new JsonRpcException(JsonRpcError.INVALID_PARAMS, message);
    }
}
