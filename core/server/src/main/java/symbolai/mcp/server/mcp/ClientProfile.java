package symbolai.mcp.server.mcp;

import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.ClientCapability;

/**
 * What is known of a client: from initialize in a session, from the request itself since 2026-07-28.
 *
 * @param name what the client calls itself; may be empty
 * @param logLevel the least level of log messages that it wants; empty means none at all
 * @param door how it comes in: {@code mcp} or {@code stdio}
 */
public record ClientProfile(
        ProtocolVersion version,
        Set<ClientCapability> capabilities,
        String name,
        Optional<CallLog.Level> logLevel,
        String door) {

    public ClientProfile {
        capabilities = Set.copyOf(capabilities);
    }
}
