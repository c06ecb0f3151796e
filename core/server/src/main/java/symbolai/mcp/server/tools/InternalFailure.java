package symbolai.mcp.server.tools;

/** A bug in a plugin or in this server; what happened is in the log under the id, and told to callers in development only. */
public final class InternalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;

    public InternalFailure(String id, Throwable cause) {
        super("internal failure " + id, cause);
        this.id = id;
    }

    /** Where to look in the log. */
    public String id() {
        return id;
    }
}
