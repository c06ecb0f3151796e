package symbolai.mcp.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How people and programs show who they are.
 *
 * @param idle after how long without a request a sign-in ends
 * @param longest after how long a sign-in ends in any case
 * @param oauth how MCP clients get tokens
 * @param passwords whether people sign in with a password
 * @param provider who else tells who signs in
 */
public record IdentityConfig(
        Duration idle, Duration longest, OAuthConfig oauth, boolean passwords, Optional<ProviderConfig> provider) {

    /** What holds when nothing is set. */
    public static final IdentityConfig DEFAULT = new IdentityConfig(
            Duration.ofMinutes(30), Duration.ofHours(12), OAuthConfig.DEFAULT, true, Optional.empty());
}
