package symbolai.mcp.server.identity.oauth;

/** A client's request to a user that is refused in a way that the client is told: by sending the user back. */
public final class Misdirected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String location;

    Misdirected(String location, OAuthProblem problem) {
        super(problem.description(), null, false, false);
        this.location = location;
    }

    /** Where the user is sent. */
    public String location() {
        return location;
    }
}
