package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CallStates;

/** Seals what must outlive a question into {@code requestState}: it opens only for the same caller, method and arguments. */
final class RequestStates {

    private final CallStates states;
    private final Consumer<Caller> foreign;

    /**
     * Over the states.
     *
     * @param foreign is told of callers who show the state of another
     */
    RequestStates(CallStates states, Consumer<Caller> foreign) {
        this.states = states;
        this.foreign = foreign;
    }

    String seal(CallStates.Asked asked, JsonRpcMessage.Request request, Caller caller) {
        return states.seal(asked, subject(request, caller));
    }

    CallStates.Asked open(String sealed, JsonRpcMessage.Request request, Caller caller) {
        return states.open(sealed, subject(request, caller)).orElseThrow(() -> refused(sealed, caller));
    }

    private JsonRpcException refused(String sealed, Caller caller) {
        if (states.isAnothers(sealed, caller.id())) {
            foreign.accept(caller);
        }
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
