package symbolai.mcp.server.identity.oauth;

/** A client's request to a user that is refused in a way that the client may be told: by sending the user back. */
public final class Misdirected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String client;
    private final String redirect;
    private final String location;
    private final String code;

    Misdirected(String client, String redirect, String location, OAuthProblem problem) {
        super(problem.description(), null, false, false);
        this.client = client;
        this.redirect = redirect;
        this.code = problem.code();
        this.location = location;
    }

    String client() {
        return client;
    }

    /** Whether only programs on the user's own machine are told. */
    boolean isLocal() {
        return RedirectUris.isLocal(redirect);
    }

    /** Who is told, for people. */
    public String host() {
        return RedirectUris.host(redirect);
    }

    /** OAuth's code. */
    public String code() {
        return code;
    }

    /** What was wrong. */
    public String description() {
        return String.valueOf(getMessage());
    }

    /** Where the user is sent. */
    public String location() {
        return location;
    }
}
