package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.HttpReply;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.mcp.RequestHead;
import symbolai.mcp.server.mcp.ServerEvent;
import symbolai.mcp.server.mcp.StreamLimit;

/** Streamable HTTP with sessions: 2025-03-26, 2025-06-18 and 2025-11-25. Its futures fail with a {@link Refusal} while nothing was answered. */
final class StreamableFront {

    static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int MAX_BATCH = 100;
    private static final int MAX_STREAMS_OF_A_CALLER = 100;
    private static final int MAX_STREAMS = 10_000;

    private final StreamableSessions sessions;
    private final Handshake handshake;
    private final LegacyMethods methods;
    private final JsonRpcCodec codec;
    private final StreamLimit limit = new StreamLimit(MAX_STREAMS_OF_A_CALLER, MAX_STREAMS);

    StreamableFront(StreamableSessions sessions, Handshake handshake, LegacyMethods methods, JsonRpcCodec codec) {
        this.sessions = sessions;
        this.handshake = handshake;
        this.methods = methods;
        this.codec = codec;
    }

    /** Answers a POST; one with initialize begins a session, whatever session it names. */
    Future<Void> post(RequestHead head, JsonRpcInput input, HttpReply reply) {
        if (input instanceof JsonRpcInput.Single single
                && single.message() instanceof JsonRpcMessage.Request request
                && request.method().equals(Handshake.METHOD)) {
            begin(head, request, reply);
            return Future.succeededFuture();
        }
        if (input instanceof JsonRpcInput.Batch && head.header(SESSION).isEmpty()) {
            return Future.failedFuture(noBatch());
        }
        return session(head).compose(session -> take(session, head, input, reply));
    }

    /** Opens the session's stream, or resumes one. */
    Future<Void> get(RequestHead head, HttpReply reply) {
        return session(head).compose(session -> listen(session, head, reply));
    }

    /** Ends the session. */
    Future<Void> delete(RequestHead head, HttpReply reply) {
        return session(head).compose(sessions::end).onSuccess(ended -> reply.empty(200, Map.of()));
    }

    private void begin(RequestHead head, JsonRpcMessage.Request request, HttpReply reply) {
        try {
            LegacyClient client = handshake.read(request.params());
            Map<String, String> headers = Map.of(SESSION, sessions.mint(client, head.caller()));
            answer(head, reply, headers, codec.result(request.id(), handshake.result(client)));
        } catch (JsonRpcException problem) {
            answer(head, reply, Map.of(), codec.error(problem.withId(request.id())));
        }
    }

    private static void answer(RequestHead head, HttpReply reply, Map<String, String> headers, Buffer response) {
        if (head.acceptsJson() || !head.acceptsEvents()) {
            reply.json(200, headers, response);
            return;
        }
        EventStream stream = reply.events(headers);
        stream.send(ServerEvent.message(response));
        stream.end();
    }

    private Future<StreamableSession> session(RequestHead head) {
        Optional<String> sessionId = head.header(SESSION);
        if (sessionId.isEmpty()) {
            return Future.failedFuture(
                    Refusal.badRequest("the header Mcp-Session-Id is missing; it comes with the answer to initialize"));
        }
        Optional<String> unknown = head.header(VERSION).filter(version -> !isLegacy(version));
        if (unknown.isPresent()) {
            return Future.failedFuture(Refusal.badRequest("this session has no MCP-Protocol-Version " + unknown.get()));
        }
        return sessions.find(sessionId.get(), head.caller());
    }

    private static boolean isLegacy(String version) {
        return ProtocolVersion.of(version).filter(known -> !known.isStateless()).isPresent();
    }

    private static List<JsonRpcInput.Element> elements(StreamableSession session, JsonRpcInput input) {
        if (input instanceof JsonRpcInput.Single single) {
            return List.of(new JsonRpcInput.Element.Valid(single.message()));
        }
        List<JsonRpcInput.Element> elements = ((JsonRpcInput.Batch) input).elements();
        if (session.version() != ProtocolVersion.V2025_03_26) {
            throw noBatch();
        }
        if (elements.size() > MAX_BATCH) {
            throw Refusal.invalid("a batch holds at most " + MAX_BATCH + " messages");
        }
        return elements;
    }

    private static Refusal noBatch() {
        return Refusal.invalid("a batch is allowed in version 2025-03-26 only");
    }

    private Future<Void> take(StreamableSession session, RequestHead head, JsonRpcInput input, HttpReply reply) {
        List<JsonRpcInput.Element> elements = elements(session, input);
        boolean isBatch = input instanceof JsonRpcInput.Batch;
        PostReply post = new PostReply(head, reply, session, codec, isBatch, elements.size());
        reply.onSlow(post::hurry);
        List<Future<Optional<Buffer>>> answers = elements.stream()
                .map(element -> methods.take(session.conversation(), element, head.caller(), post))
                .toList();
        answers.forEach(answer -> answer.onSuccess(post::answer));
        return Future.succeededFuture();
    }

    private Future<Void> listen(StreamableSession session, RequestHead head, HttpReply reply) {
        var caller = head.caller().id();
        if (!limit.take(caller)) {
            return Future.failedFuture(Refusal.tooMany(limit.refusal()));
        }
        EventStream stream = reply.events(Map.of());
        stream.onEnd(() -> limit.give(caller));
        session.listen(stream, head.header("Last-Event-ID"));
        return Future.succeededFuture();
    }
}
