package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;

/** The methods that every era has, answered in the shape of the client's version. */
public final class McpMethods {

    /** A first call; see {@link #handle(JsonRpcMessage.Request, ClientProfile, Caller, Exchange, Retry)}. */
    public Future<McpResult> handle(
            JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange) {
        return handle(request, client, caller, exchange, Retry.none());
    }

    /** Carries out a request. Every failure is a {@link JsonRpcException} without an id. */
    public Future<McpResult> handle(
            JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange, Retry retry) {
        return Future.failedFuture(
                new JsonRpcException(JsonRpcError.METHOD_NOT_FOUND, "there is no method " + request.method()));
    }
}
