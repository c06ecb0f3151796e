package symbolai.mcp.server.mcp;

/** An event stream to one client. It is bounded: a client that does not read is cut off. All methods may be called from any thread. */
public interface EventStream {

    /** Sends an event; dropped when the stream has ended. */
    void send(ServerEvent event);

    /** Ends the stream after what was sent. */
    void end();

    /** Whether neither side has ended the stream. */
    boolean isOpen();

    /** Runs the action once, when the stream ends for whatever reason; at once if it already has. */
    void onEnd(Runnable action);
}
