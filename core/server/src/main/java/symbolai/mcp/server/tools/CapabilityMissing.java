package symbolai.mcp.server.tools;

import java.util.Set;
import symbolai.mcp.api.ClientCapability;

/** The call needs something of the client that the client did not say it can do. */
public final class CapabilityMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Set<ClientCapability> missing;

    public CapabilityMissing(Set<ClientCapability> missing) {
        super("the client lacks " + missing);
        this.missing = Set.copyOf(missing);
    }

    public Set<ClientCapability> missing() {
        return missing;
    }
}
