package symbolai.mcp.server.policy;

import java.time.Instant;
import symbolai.mcp.api.Caller;

/**
 * May this be done?
 *
 * @param write whether it changes anything
 */
public record Question(Caller caller, String tool, boolean write, Reach reach, Instant at) {}
