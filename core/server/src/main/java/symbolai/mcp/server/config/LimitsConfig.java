package symbolai.mcp.server.config;

import java.util.List;
import java.util.Map;

/**
 * How much callers may do; 0 means no limit everywhere.
 *
 * @param callsPerMinute how many tool calls one user makes in a minute
 * @param callsPerMinutePerKey how many of them with one API key
 * @param concurrentCalls how many calls of one user may be under way at once
 * @param tools how many calls a minute one user makes of the tools of a glob
 * @param addresses the addresses and CIDR ranges that are let in; empty means all
 */
public record LimitsConfig(
        int callsPerMinute,
        int callsPerMinutePerKey,
        int concurrentCalls,
        Map<String, Integer> tools,
        List<String> addresses) {

    /** What holds when nothing is set. */
    public static final LimitsConfig DEFAULT = new LimitsConfig(100, 0, 32, Map.of(), List.of());
    /** No limit at all. */
    public static final LimitsConfig NONE = new LimitsConfig(0, 0, 0, Map.of(), List.of());

    public LimitsConfig {
        tools = Map.copyOf(tools);
        addresses = List.copyOf(addresses);
    }
}
