package symbolai.mcp.server.tools;

/** A bug in a plugin or in this server; what happened is in the log under the id, and not told to the caller. */
public final class InternalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;

    public InternalFailure(String id) {
        super("internal failure " + id);
        this.id = id;
    }

    /** Where to look in the log. */
    public String id() {
        return id;
    }
}
