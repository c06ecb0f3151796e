package symbolai.mcp.server.rest;

/** The body of a request could not be read; the door, which read it, knows what to answer. */
public final class BodyUnread extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what the door said. */
    public BodyUnread(Throwable cause) {
        super("the body was not read", cause, false, false);
    }
}
