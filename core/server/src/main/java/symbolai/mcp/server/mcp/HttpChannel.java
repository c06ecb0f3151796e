package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.tools.CancelSignal;

/** Answers one POST with JSON, or with a stream once something must be told before the response, or that takes long. */
final class HttpChannel implements ModernChannel {

    private final RequestHead head;
    private final HttpReply reply;
    private final CancelSignal gone = new CancelSignal();
    private final JsonRpcCodec codec = new JsonRpcCodec();
    private Optional<EventStream> stream = Optional.empty();
    private Set<String> lacking = Set.of();
    private boolean answered;

    HttpChannel(RequestHead head, HttpReply reply) {
        this.head = head;
        this.reply = reply;
        reply.onGone(gone::cancel);
        reply.onSlow(this::openStream);
    }

    @Override
    public synchronized void notify(String method, JsonObject params) {
        if (answered || !head.acceptsEvents()) {
            return;
        }
        opened().send(ServerEvent.message(codec.notification(method, params)));
    }

    @Override
    public synchronized void lacks(Set<String> scopes) {
        lacking = scopes;
    }

    @Override
    public synchronized void answer(int status, Buffer response) {
        if (answered) {
            return;
        }
        answered = true;
        gone.end();
        if (stream.isEmpty() && !lacking.isEmpty()) {
            reply.lacking(lacking, response);
            return;
        }
        boolean isRefused = status != 200;
        if (stream.isEmpty() && (isRefused || head.acceptsJson() || !head.acceptsEvents())) {
            reply.json(status, response);
            return;
        }
        opened().send(ServerEvent.message(response));
        opened().end();
    }

    @Override
    public Cancellation cancellation() {
        return gone;
    }

    private synchronized void openStream() {
        if (!answered && head.acceptsEvents()) {
            opened();
        }
    }

    private EventStream opened() {
        var open = stream.orElseGet(() -> reply.events(Map.of()));
        stream = Optional.of(open);
        return open;
    }
}
