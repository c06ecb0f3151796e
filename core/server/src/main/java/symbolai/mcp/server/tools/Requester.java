package symbolai.mcp.server.tools;

import java.util.Set;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Progress;

/**
 * On whose behalf a call is made, and where what it says goes.
 *
 * @param client what the caller's program calls itself, for the audit log
 * @param door how the call came in: {@code mcp}, {@code stdio} or {@code cli}
 */
public record Requester(
        Caller caller,
        String client,
        String door,
        Set<ClientCapability> capabilities,
        Progress progress,
        CallLog log,
        Cancellation cancellation) {

    public Requester {
        capabilities = Set.copyOf(capabilities);
    }
}
