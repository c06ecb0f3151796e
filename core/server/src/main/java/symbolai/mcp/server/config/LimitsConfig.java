package symbolai.mcp.server.config;

/**
 * How much callers may do.
 *
 * @param callsPerMinute how many tool calls one user makes in a minute; 0 means no limit
 */
public record LimitsConfig(int callsPerMinute) {

    /** What holds when nothing is set. */
    public static final LimitsConfig DEFAULT = new LimitsConfig(100);
}
