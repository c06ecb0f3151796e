package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.ProtocolVersion;

/** A client at the other end of one connection that carries messages both ways: a 2024-11-05 stream, or standard input and output. */
public final class Peer implements Announcements.Listener {

    private final Handshake handshake;
    private final LegacyMethods methods;
    private final JsonRpcCodec codec;
    private final Function<LegacyClient, Conversation> conversations;
    private final Outlet outlet;
    private volatile Optional<Conversation> conversation = Optional.empty();

    Peer(
            Handshake handshake,
            LegacyMethods methods,
            JsonRpcCodec codec,
            Function<LegacyClient, Conversation> conversations,
            Outlet outlet) {
        this.handshake = handshake;
        this.methods = methods;
        this.codec = codec;
        this.conversations = conversations;
        this.outlet = outlet;
    }

    /**
     * Takes what came, and sends what there is to answer. Succeeds when all of it is answered.
     *
     * @param caller who sent it, with the rights of this moment: those of the beginning may have been taken away
     */
    public Future<Void> take(JsonRpcInput input, Caller caller) {
        if (input instanceof JsonRpcInput.Single single) {
            return take(new JsonRpcInput.Element.Valid(single.message()), caller)
                    .onSuccess(response -> response.ifPresent(outlet::send))
                    .mapEmpty();
        }
        if (!takesBatches()) {
            outlet.send(codec.error(invalid("a batch is allowed in version 2025-03-26 only")));
            return Future.succeededFuture();
        }
        List<Future<Optional<Buffer>>> answers = ((JsonRpcInput.Batch) input)
                .elements().stream().map(element -> take(element, caller)).toList();
        return Future.all(answers).onSuccess(all -> sendBatch(answers)).mapEmpty();
    }

    /** Whether a batch is allowed. */
    public boolean takesBatches() {
        return conversation
                .filter(current -> current.client().version() == ProtocolVersion.V2025_03_26)
                .isPresent();
    }

    /** Whether the client has said initialize. */
    public boolean isInitialized() {
        return conversation.isPresent();
    }

    @Override
    public void announce(Buffer notification) {
        if (isInitialized()) {
            outlet.send(notification);
        }
    }

    @Override
    public Optional<Caller> follower(String uri) {
        return conversation.flatMap(current -> current.follower(uri));
    }

    /** Cancels what goes on. */
    void end() {
        conversation.ifPresent(Conversation::end);
    }

    private Future<Optional<Buffer>> take(JsonRpcInput.Element element, Caller caller) {
        Optional<Conversation> current = conversation;
        if (current.isPresent()) {
            current.get().cameFrom(caller);
            return methods.take(current.get(), element, caller, outlet);
        }
        return Future.succeededFuture(beforeInitialize(element));
    }

    private Optional<Buffer> beforeInitialize(JsonRpcInput.Element element) {
        if (element instanceof JsonRpcInput.Element.Valid valid
                && valid.message() instanceof JsonRpcMessage.Request request) {
            return Optional.of(beforeInitialize(request));
        }
        return Optional.empty();
    }

    private Buffer beforeInitialize(JsonRpcMessage.Request request) {
        try {
            return codec.result(
                    request.id(),
                    switch (request.method()) {
                        case Handshake.METHOD -> initialize(request);
                        case "ping" -> Buffer.buffer("{}");
                        default -> throw invalid("initialize comes before " + request.method());
                    });
        } catch (JsonRpcException problem) {
            return codec.error(problem.withId(request.id()));
        }
    }

    private Buffer initialize(JsonRpcMessage.Request request) {
        LegacyClient client = handshake.read(request.params());
        conversation = Optional.of(conversations.apply(client));
        return handshake.result(client);
    }

    private void sendBatch(List<Future<Optional<Buffer>>> answers) {
        List<Buffer> responses =
                answers.stream().flatMap(answer -> answer.result().stream()).toList();
        if (!responses.isEmpty()) {
            outlet.send(codec.batch(responses));
        }
    }

    private static JsonRpcException invalid(String message) {
        return new JsonRpcException(JsonRpcError.INVALID_REQUEST, message);
    }
}
