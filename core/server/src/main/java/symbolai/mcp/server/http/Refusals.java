package symbolai.mcp.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.rest.RestAnswer;
import symbolai.mcp.server.rest.RestCode;

/** Answers requests that never reach a method: the body is a JSON-RPC error, because an MCP client reads nothing else, or REST's. */
final class Refusals {

    private final Challenge challenge;
    private final JsonRpcCodec codec = new JsonRpcCodec();

    Refusals(Challenge challenge) {
        this.challenge = challenge;
    }

    /** A refusal with our own code, in the words of the interface that the path belongs to. */
    void refuse(RoutingContext context, int status, String message) {
        if (isRest(context.request().path())) {
            end(
                    context.response(),
                    status,
                    RestAnswer.error(RestCode.ofStatus(status), message).toBuffer());
        } else {
            refuse(context.response(), status, new JsonRpcException(JsonRpcError.REFUSED, message));
        }
    }

    /** Whether the path belongs to REST, whose clients read another form of errors than those of MCP. */
    static boolean isRest(@Nullable String path) {
        return path != null
                && ((path.startsWith(RestEndpoint.ROOT) && !path.startsWith(RestEndpoint.ROOT + "sse"))
                        || path.startsWith("/docs")
                        || path.startsWith("/openapi"));
    }

    /** Whether the path is that of a document which pages of any origin may read. */
    static boolean isDocument(@Nullable String path) {
        return path != null && path.startsWith("/.well-known/oauth-");
    }

    /** A refusal with the code that says it best. */
    void refuse(HttpServerResponse response, int status, JsonRpcException problem) {
        end(response, status, codec.error(problem));
    }

    private static void end(HttpServerResponse response, int status, Buffer body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body);
    }

    /** The caller is not known. */
    void challenge(RoutingContext context, boolean showedSomething) {
        context.response().putHeader("WWW-Authenticate", challenge.unknown(context, showedSomething));
        refuse(
                context,
                401,
                showedSomething
                        ? "the API key or token is not accepted; it may be mistyped, expired or revoked"
                        : "send an API key as Authorization: Bearer smcp_...");
    }
}
