package symbolai.mcp.server.policy;

/**
 * Whether a caller may do something.
 *
 * @param reason why not, for the caller; empty when it is allowed
 */
public record Decision(boolean allowed, String reason) {
    static final Decision ALLOWED = new Decision(true, "");

    static Decision refused(String reason) {
        return new Decision(false, reason);
    }
}
