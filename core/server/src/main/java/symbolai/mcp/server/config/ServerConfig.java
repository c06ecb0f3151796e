package symbolai.mcp.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that can be set.
 *
 * @param development whether errors carry details
 * @param dataFolder where everything is kept
 * @param masterKey the file with the master key, when that is not in the data folder
 * @param auth who is let in
 */
public record ServerConfig(
        boolean development,
        Path dataFolder,
        Optional<Path> masterKey,
        Auth auth,
        HttpConfig http,
        PluginsConfig plugins,
        ToolsConfig tools,
        ConnectionsConfig connections,
        AuditConfig audit,
        LocalApiConfig localApi,
        LimitsConfig limits,
        IdentityConfig identity,
        ApprovalsConfig approvals) {

    /** Who is let in. */
    public enum Auth {
        /** Callers show an API key. */
        KEYS,
        /** Everybody on this machine is an admin; only on a loopback address. */
        NONE
    }
}
