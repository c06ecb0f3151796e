package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CallStates;

/** Seals what must outlive a question into {@code requestState}: it opens only for the same caller, method and arguments. */
final class RequestStates {

    private final CallStates states;

    RequestStates(CallStates states) {
        this.states = states;
    }

    String seal(CallStates.Asked asked, JsonRpcMessage.Request request, Caller caller) {
        return states.seal(asked, subject(request, caller));
    }

    CallStates.Asked open(String sealed, JsonRpcMessage.Request request, Caller caller) {
        return states.open(sealed, subject(request, caller)).orElseThrow(RequestStates::refused);
    }

    private static JsonRpcException refused() {
        return Params.invalid(
                "requestState has expired, was changed, or belongs to another caller or request; begin again without it");
    }

    private static JsonArray subject(JsonRpcMessage.Request request, Caller caller) {
        var params = request.params();
        return new JsonArray()
                .add(caller.id())
                .add(request.method())
                .add(text(params.getValue("name")))
                .add(text(params.getValue("uri")))
                .add(params.getValue("arguments", new JsonObject()));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
