package symbolai.mcp.server.http.page;

/** A request of a browser that is refused, with what the page says about it. */
public final class PageProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param message a sentence for people; no secret
     */
    public PageProblem(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
