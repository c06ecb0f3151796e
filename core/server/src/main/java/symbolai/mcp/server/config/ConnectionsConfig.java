package symbolai.mcp.server.config;

import java.time.Duration;
import java.util.List;

/**
 * The ways to outside systems.
 *
 * @param local whether a caller who is not connected works on the embedded account
 * @param requestsPer5Minutes how many requests one set of credentials makes in five minutes
 * @param concurrency how many requests one set of credentials makes at once to one host
 * @param retryDelays how long to wait before each further try of what may be tried again
 */
public record ConnectionsConfig(boolean local, int requestsPer5Minutes, int concurrency, List<Duration> retryDelays) {

    /** What holds when nothing is set. */
    public static final ConnectionsConfig DEFAULT = new ConnectionsConfig(
            true, 1200, 32, List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8)));

    public ConnectionsConfig {
        retryDelays = List.copyOf(retryDelays);
    }
}
