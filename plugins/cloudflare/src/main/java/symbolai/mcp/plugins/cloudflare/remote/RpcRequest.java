package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One request of JSON-RPC.
 *
 * @param method such as {@code tools/call}
 * @param params as the method wants them
 * @param id empty for a notification
 */
record RpcRequest(String method, JsonObject params, Optional<String> id) {

    private static final String META = "io.modelcontextprotocol/";
    private static final JsonObject CLIENT =
            new JsonObject().put("name", "symbolai-mcp").put("version", "0.1.0");

    static RpcRequest of(String method, JsonObject params) {
        return new RpcRequest(method, params, Optional.of("1"));
    }

    static RpcRequest notification(String method) {
        return new RpcRequest(method, new JsonObject(), Optional.empty());
    }

    static RpcRequest initialize() {
        return of(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", Era.SESSION.version())
                        .put("capabilities", new JsonObject())
                        .put("clientInfo", CLIENT.copy()));
    }

    boolean isNotification() {
        return id.isEmpty();
    }

    /** Whether a message has this request's id, or is an error of which the server could not tell what it answers. */
    boolean isAnsweredBy(JsonObject message) {
        var answered = message.getValue("id");
        return answered == null ? message.containsKey("error") : answered.equals(id.orElse(""));
    }

    /** The message as the era wants it. */
    JsonObject message(Era era) {
        var said = params.copy();
        if (era == Era.MODERN) {
            said.put(
                    "_meta",
                    new JsonObject()
                            .put(META + "protocolVersion", era.version())
                            .put(META + "clientInfo", CLIENT.copy())
                            .put(META + "clientCapabilities", new JsonObject()));
        }
        var message =
                new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", said);
        id.ifPresent(given -> message.put("id", given));
        return message;
    }

    /** The name of the tool that is called, if one is. */
    Optional<String> tool() {
        return method.equals("tools/call") ? Optional.of(params.getString("name")) : Optional.empty();
    }
}
