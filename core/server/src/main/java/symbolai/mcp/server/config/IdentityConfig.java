package symbolai.mcp.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How people and programs show who they are.
 *
 * @param idle after how long without a request a sign-in ends
 * @param longest after how long a sign-in ends in any case
 * @param discovery whether clients are told that they may get a token by OAuth
 * @param passwords whether people sign in with a password
 * @param provider who else tells who signs in
 */
public record IdentityConfig(
        Duration idle, Duration longest, boolean discovery, boolean passwords, Optional<ProviderConfig> provider) {

    /** What holds when nothing is set. */
    public static final IdentityConfig DEFAULT =
            new IdentityConfig(Duration.ofMinutes(30), Duration.ofHours(12), true, true, Optional.empty());
}
