package symbolai.mcp.server.policy;

import java.util.Optional;
import symbolai.mcp.api.Caller;

/** Tells who a caller is at this moment: what somebody may do can end while a call of theirs waits. */
@FunctionalInterface
public interface Standing {

    /** Believes what the caller was when let in. */
    Standing AS_ADMITTED = Optional::of;

    /** The caller with the role and the limits of now; empty when the user is gone, or what was shown is no longer accepted. Reads memory only. */
    Optional<Caller> now(Caller caller);
}
