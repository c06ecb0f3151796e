package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.ServerEvent;

/** One stream of 2024-11-05, which is a session as long as it is open. */
final class SseConnection implements Outlet {

    private final String id;
    private final Caller caller;
    private final EventStream stream;
    private final long opened;

    /**
     * An open stream.
     *
     * @param id unguessable
     * @param caller who opened it
     * @param opened when, in milliseconds
     */
    SseConnection(String id, Caller caller, EventStream stream, long opened) {
        this.id = id;
        this.caller = caller;
        this.stream = stream;
        this.opened = opened;
    }

    String id() {
        return id;
    }

    /** The id of the user whose stream it is. */
    String caller() {
        return caller.id();
    }

    /** What that user showed. */
    String credential() {
        return SessionIds.binding(caller);
    }

    EventStream stream() {
        return stream;
    }

    long opened() {
        return opened;
    }

    /** Tells the client where its messages go. */
    void welcome(String path) {
        event("endpoint", Buffer.buffer(path + "?sessionId=" + id));
    }

    @Override
    public void send(Buffer message) {
        event("message", message);
    }

    @Override
    public boolean canAsk() {
        return true;
    }

    private void event(String type, Buffer data) {
        stream.send(new ServerEvent(Optional.empty(), Optional.of(type), Optional.empty(), data));
    }
}
