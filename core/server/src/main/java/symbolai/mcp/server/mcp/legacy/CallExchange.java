package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.Exchange;
import symbolai.mcp.server.tools.CancelSignal;

/** Sends what a call has to say to its outlet, until the call was answered or cancelled. */
final class CallExchange implements Exchange {

    private final JsonRpcCodec codec;
    private final CancelSignal call;
    private final Outlet outlet;

    CallExchange(JsonRpcCodec codec, CancelSignal call, Outlet outlet) {
        this.codec = codec;
        this.call = call;
        this.outlet = outlet;
    }

    @Override
    public void notify(String method, JsonObject params) {
        if (call.isOpen()) {
            outlet.send(codec.notification(method, params));
        }
    }

    @Override
    public void pause(Duration pause) {
        if (call.isOpen()) {
            outlet.pause(pause);
        }
    }

    @Override
    public void lacks(Set<String> scopes) {
        outlet.lacks(scopes);
    }

    @Override
    public Cancellation cancellation() {
        return call;
    }
}
