package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.HttpReply;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.mcp.RequestHead;

/** Answers one POST: as JSON while there is nothing but responses, as a stream from the first other message on, or when it takes long. */
final class PostReply implements Outlet {

    /** A client that can come back is let go when nothing will happen for this long. */
    static final Duration LONG_PAUSE = Duration.ofSeconds(3);

    private final HttpReply reply;
    private final RequestHead head;
    private final StreamableSession session;
    private final JsonRpcCodec codec;
    private final boolean isBatch;
    private final List<Buffer> responses = new ArrayList<>(1);
    private Optional<ResumableStream> stream = Optional.empty();
    private Set<String> lacking = Set.of();
    private int expected;

    /**
     * A reply that was not begun.
     *
     * @param expected how many messages are taken, each of which is answered or not
     */
    PostReply(
            RequestHead head,
            HttpReply reply,
            StreamableSession session,
            JsonRpcCodec codec,
            boolean isBatch,
            int expected) {
        this.reply = reply;
        this.head = head;
        this.session = session;
        this.codec = codec;
        this.isBatch = isBatch;
        this.expected = expected;
    }

    @Override
    public synchronized void send(Buffer message) {
        if (expected > 0 && head.acceptsEvents()) {
            stream().send(message);
        }
    }

    @Override
    public void announce(Buffer notification) {
        session.announce(notification);
    }

    @Override
    public boolean canAsk() {
        return head.acceptsEvents();
    }

    @Override
    public synchronized void pause(Duration pause) {
        boolean comesBack = session.version().atLeast(ProtocolVersion.V2025_11_25);
        if (expected > 0 && head.acceptsEvents() && comesBack && pause.compareTo(LONG_PAUSE) >= 0) {
            stream().letGo();
        }
    }

    @Override
    public synchronized void lacks(Set<String> scopes) {
        lacking = scopes;
    }

    /** Takes the response to one message, or word that there will be none; the last one completes the reply. */
    synchronized void answer(Optional<Buffer> response) {
        response.ifPresent(responses::add);
        expected--;
        if (stream.isEmpty() && (takesJson() || responses.isEmpty() || isLacking())) {
            completeWithoutStream();
            return;
        }
        boolean wasOpen = stream.isPresent();
        ResumableStream opened = stream();
        response.filter(here -> wasOpen).ifPresent(opened::send);
        if (expected == 0) {
            opened.finish();
        }
    }

    /** Begins a stream when the answer takes long, so that nobody on the way loses patience. */
    synchronized void hurry() {
        if (expected > 0 && head.acceptsEvents()) {
            stream();
        }
    }

    /** HTTP has one status for a batch, and each of its messages an answer of its own. */
    private boolean isLacking() {
        return !isBatch && !lacking.isEmpty();
    }

    private boolean takesJson() {
        return head.acceptsJson() || !head.acceptsEvents();
    }

    private void completeWithoutStream() {
        if (expected > 0) {
            return;
        }
        if (responses.isEmpty()) {
            reply.empty(202, Map.of());
            return;
        }
        if (isLacking()) {
            reply.lacking(lacking, responses.get(0));
            return;
        }
        reply.json(200, isBatch ? codec.batch(responses) : responses.get(0));
    }

    private ResumableStream stream() {
        if (stream.isEmpty()) {
            ResumableStream opened = session.newStream();
            opened.open(reply.events(Map.of()));
            responses.forEach(opened::send);
            stream = Optional.of(opened);
        }
        return stream.get();
    }
}
