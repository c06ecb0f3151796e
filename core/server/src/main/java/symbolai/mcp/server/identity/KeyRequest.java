package symbolai.mcp.server.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The key that is asked for.
 *
 * @param user the name of the user who acts with it
 * @param label for people
 * @param life how long it is good for; without end when empty
 * @param tools the globs of tool names that it is limited to; no limit when empty
 * @param agent whether it is marked as that of an agent
 * @param addresses the addresses and CIDR ranges that it is good from; all when empty
 */
public record KeyRequest(
        String user, String label, Optional<Duration> life, List<String> tools, boolean agent, List<String> addresses) {

    public KeyRequest {
        tools = List.copyOf(tools);
        addresses = List.copyOf(addresses);
    }
}
