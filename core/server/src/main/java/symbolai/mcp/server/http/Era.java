package symbolai.mcp.server.http;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.Envelope;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.mcp.RequestHead;

/** Tells by which rules a POST is answered: by its body first; headers only confirm. */
enum Era {
    /** Begins with initialize. */
    LEGACY,
    /** Each request stands for itself. */
    MODERN;

    /**
     * The era of the message.
     *
     * @throws JsonRpcException when it belongs to none; the answer is a 400
     */
    static Era of(RequestHead head, JsonRpcInput input) {
        if (head.sessionId().isPresent()) {
            return LEGACY;
        }
        if (input instanceof JsonRpcInput.Batch batch) {
            return ofBatch(batch);
        }
        var message = ((JsonRpcInput.Single) input).message();
        boolean saysModern = head.header("MCP-Protocol-Version")
                .flatMap(ProtocolVersion::of)
                .filter(ProtocolVersion::isStateless)
                .isPresent();
        if (message instanceof JsonRpcMessage.Request request) {
            return ofRequest(request, saysModern);
        }
        if (message instanceof JsonRpcMessage.Notification notification) {
            return saysModern || Envelope.isClaimedBy(notification.params()) ? MODERN : LEGACY;
        }
        return saysModern ? MODERN : LEGACY;
    }

    private static Era ofRequest(JsonRpcMessage.Request request, boolean saysModern) {
        if (request.method().equals("initialize") && !Envelope.isCompleteIn(request.params())) {
            if (saysModern) {
                throw new JsonRpcException(
                                JsonRpcError.HEADER_MISMATCH,
                                "initialize is not of the version that MCP-Protocol-Version names")
                        .withId(request.id());
            }
            return LEGACY;
        }
        if (Envelope.isClaimedBy(request.params())) {
            return MODERN;
        }
        if (saysModern) {
            throw new JsonRpcException(
                            JsonRpcError.INVALID_PARAMS,
                            "params._meta must hold " + String.join(" and ", Envelope.missing(request.params())))
                    .withId(request.id());
        }
        return LEGACY;
    }

    private static Era ofBatch(JsonRpcInput.Batch batch) {
        boolean claimsModern = batch.elements().stream().flatMap(Era::params).anyMatch(Envelope::isClaimedBy);
        if (claimsModern) {
            throw new JsonRpcException(
                    JsonRpcError.INVALID_REQUEST, "this protocol version has no batches; send one message");
        }
        return LEGACY;
    }

    private static Stream<JsonObject> params(JsonRpcInput.Element element) {
        if (element instanceof JsonRpcInput.Element.Valid valid) {
            if (valid.message() instanceof JsonRpcMessage.Request request) {
                return Stream.of(request.params());
            }
            if (valid.message() instanceof JsonRpcMessage.Notification notification) {
                return Stream.of(notification.params());
            }
        }
        return Optional.<JsonObject>empty().stream();
    }
}
