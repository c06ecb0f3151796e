package symbolai.mcp.server.mcp.legacy;

import java.util.Set;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.mcp.ProtocolVersion;

/**
 * What a client said of itself in initialize.
 *
 * @param version the version that was agreed on
 * @param capabilities what it declared, as far as the version knows it
 * @param name its name and its own version, such as {@code inspector/2.12.0}; may be empty
 */
record LegacyClient(ProtocolVersion version, Set<ClientCapability> capabilities, String name) {

    LegacyClient {
        capabilities = Set.copyOf(capabilities);
    }
}
