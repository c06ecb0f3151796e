package symbolai.mcp.plugins.cloudflare.backend;

/** An answer that lacks what it must have; whoever sent the request says so with the request's id. */
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;

    /** Says what is wrong, without quoting the answer. */
    public Malformed(String what) {
        super(what);
        this.what = what;
    }

    /** What is wrong, as the end of a sentence. */
    public String what() {
        return what;
    }
}
