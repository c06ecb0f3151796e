package symbolai.mcp.server.plugins;

import java.time.Duration;

/**
 * How long a plugin's own code may take while it is loaded and unloaded.
 *
 * @param start to make and to start its families
 * @param lists to tell what they offer
 * @param close to close each of them
 */
record TimeLimits(Duration start, Duration lists, Duration close) {

    static final TimeLimits DEFAULT =
            new TimeLimits(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10));
}
