package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.McpMethods;

/** Answers the messages of a conversation: the methods that only these eras have, and through {@link McpMethods} all others. */
final class LegacyMethods {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyMethods.class);

    private final McpMethods methods;
    private final JsonRpcCodec codec;

    LegacyMethods(McpMethods methods, JsonRpcCodec codec) {
        this.methods = methods;
        this.codec = codec;
    }

    /** Takes one message or what should have been one. The future has the response where there is to be one, and never fails. */
    Future<Optional<Buffer>> take(
            Conversation conversation, JsonRpcInput.Element element, Caller caller, Outlet outlet) {
        if (element instanceof JsonRpcInput.Element.Invalid invalid) {
            return Future.succeededFuture(Optional.of(codec.error(invalid.problem())));
        }
        JsonRpcMessage message = ((JsonRpcInput.Element.Valid) element).message();
        if (message instanceof JsonRpcMessage.Request request) {
            return answer(conversation, request, caller, outlet);
        }
        if (message instanceof JsonRpcMessage.Notification notification) {
            hear(conversation, notification);
        } else if (message instanceof JsonRpcMessage.Response response) {
            conversation.questions().answered(response);
        }
        return Future.succeededFuture(Optional.empty());
    }

    /** The response to a request; empty when the client cancelled it. */
    private Future<Optional<Buffer>> answer(
            Conversation conversation, JsonRpcMessage.Request request, Caller caller, Outlet outlet) {
        try {
            return answer(new Requested(
                    request, conversation, caller, conversation.calls().begin(request.id()), outlet));
        } catch (JsonRpcException idInUse) {
            return Future.succeededFuture(Optional.of(error(request, idInUse)));
        }
    }

    private Future<Optional<Buffer>> answer(Requested requested) {
        Object id = requested.request().id();
        Promise<Optional<Buffer>> answer = Promise.promise();
        requested.call().onCancel(() -> answer.tryComplete(Optional.empty()));
        result(requested)
                .map(result -> codec.result(id, result))
                .otherwise(problem -> error(requested.request(), problem))
                .map(response -> ended(requested, response))
                .onSuccess(answer::tryComplete);
        return answer.future();
    }

    private static void hear(Conversation conversation, JsonRpcMessage.Notification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            Optional.ofNullable(notification.params().getValue("requestId"))
                    .map(LegacyMethods::id)
                    .ifPresent(conversation.calls()::cancel);
        }
    }

    private Future<Buffer> result(Requested requested) {
        Conversation conversation = requested.conversation();
        JsonObject params = requested.request().params();
        try {
            return switch (requested.request().method()) {
                case Handshake.METHOD ->
                    throw new JsonRpcException(JsonRpcError.INVALID_REQUEST, "this session is initialized already");
                case "logging/setLevel" -> setLevel(conversation, params);
                case "resources/subscribe" -> subscribe(requested, params);
                case "resources/unsubscribe" -> unsubscribe(conversation, params);
                default -> new Interview(methods, codec, requested).result();
            };
        } catch (JsonRpcException problem) {
            return Future.failedFuture(problem);
        }
    }

    private static Future<Buffer> setLevel(Conversation conversation, JsonObject params) {
        String text = text(params, "level");
        CallLog.Level level = Settings.level(text)
                .orElseThrow(() -> new JsonRpcException(
                        JsonRpcError.INVALID_PARAMS,
                        "level must be one of debug, info, notice, warning, error, critical, alert, emergency, not "
                                + text));
        return conversation.change(settings -> settings.with(level)).map(done -> empty());
    }

    private Future<Buffer> subscribe(Requested requested, JsonObject params) {
        String uri = text(params, "uri");
        if (!methods.hears(requested.caller(), uri)) {
            throw new JsonRpcException(
                    JsonRpcError.REFUSED, "you may not read this resource, so you are not told of its changes either");
        }
        return requested
                .conversation()
                .change(settings -> settings.following(uri))
                .map(done -> empty());
    }

    private static Future<Buffer> unsubscribe(Conversation conversation, JsonObject params) {
        String uri = text(params, "uri");
        return conversation.change(settings -> settings.notFollowing(uri)).map(done -> empty());
    }

    private static String text(JsonObject params, String key) {
        if (params.getValue(key) instanceof String text) {
            return text;
        }
        throw new JsonRpcException(JsonRpcError.INVALID_PARAMS, key + " must be text");
    }

    private static Buffer empty() {
        return Buffer.buffer("{}");
    }

    private static Object id(Object value) {
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private Buffer error(JsonRpcMessage.Request request, Throwable problem) {
        if (problem instanceof JsonRpcException expected) {
            return codec.error(expected.withId(request.id()));
        }
        LOG.atError().setCause(problem).addKeyValue("method", request.method()).log("request failed");
        return codec.error(new JsonRpcException(JsonRpcError.INTERNAL_ERROR, "internal error").withId(request.id()));
    }

    private static Optional<Buffer> ended(Requested requested, Buffer response) {
        CallsInFlight calls = requested.conversation().calls();
        return calls.end(requested.request().id(), requested.call()) ? Optional.of(response) : Optional.empty();
    }
}
