package symbolai.mcp.server.config;

import java.time.Duration;

/**
 * Approvals of calls.
 *
 * @param expires how long a request can be decided and used
 * @param required how many people must approve, where the rule does not ask for more
 */
public record ApprovalsConfig(Duration expires, int required) {

    /** What holds when nothing is set. */
    public static final ApprovalsConfig DEFAULT = new ApprovalsConfig(Duration.ofMinutes(15), 1);
}
