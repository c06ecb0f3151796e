package symbolai.mcp.server.identity.oidc;

/** A sign-in by the provider that came to nothing. Its message is for the log and the audit log, never for the person. */
public final class ProviderRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the person is told. */
    public enum Kind {
        /** It was not begun in this browser, or too long ago, or was finished already. */
        BROKEN_OFF,
        /** The person or the provider said no. */
        DECLINED,
        /** The provider cannot be reached, or did not work. */
        UNAVAILABLE,
        /** The provider's answer cannot be trusted. */
        INVALID,
        /** The provider says nothing that gives the person a role here. */
        NO_ROLE,
        /** The person is not known here, and nobody becomes a user by signing in. */
        NO_ACCOUNT
    }

    private final Kind kind;

    ProviderRefused(Kind kind, String why) {
        super(why);
        this.kind = kind;
    }

    ProviderRefused(Kind kind, String why, Throwable cause) {
        super(why, cause);
        this.kind = kind;
    }

    /** What the person is told. */
    public Kind kind() {
        return kind;
    }
}
