package symbolai.mcp.server.tools;

import java.util.Set;

/** The caller's OAuth token is good, but not for this; with one of these scopes it would be. */
public final class ScopeMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> scopes;

    ScopeMissing(Set<String> scopes, String message) {
        super(message, null, false, false);
        this.scopes = Set.copyOf(scopes);
    }

    /** The scopes that the call needs. */
    public Set<String> scopes() {
        return scopes;
    }
}
