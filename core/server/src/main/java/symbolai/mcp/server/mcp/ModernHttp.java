package symbolai.mcp.server.mcp;

import java.util.Map;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;

/** Carries 2026-07-28 over HTTP: one POST for one message, and no sessions. */
public final class ModernHttp {

    private final ModernFront front;
    private final JsonRpcCodec codec = new JsonRpcCodec();

    public ModernHttp(ModernFront front) {
        this.front = front;
    }

    /** Answers a POST whose message was found to be of this era. */
    public void post(RequestHead head, JsonRpcMessage message, HttpReply reply) {
        if (message instanceof JsonRpcMessage.Request request) {
            post(head, request, reply);
        } else if (message instanceof JsonRpcMessage.Notification) {
            reply.empty(202, Map.of());
        } else {
            var problem = new JsonRpcException(
                    JsonRpcError.INVALID_REQUEST, "responses are not posted in this protocol version");
            reply.json(400, codec.error(problem));
        }
    }

    /** A client that takes no events would listen for ever and hear nothing. */
    private void post(RequestHead head, JsonRpcMessage.Request request, HttpReply reply) {
        if (request.method().equals("subscriptions/listen") && !head.acceptsEvents()) {
            var problem = new JsonRpcException(
                    JsonRpcError.INVALID_REQUEST, "subscriptions/listen is answered with text/event-stream only");
            reply.json(406, codec.error(problem.withId(request.id())));
            return;
        }
        front.handle(request, head.caller(), "mcp", new HeaderCheck(head, request), new HttpChannel(head, reply));
    }
}
