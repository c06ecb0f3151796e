package symbolai.mcp.server.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be shown of a key.
 *
 * @param user the name of the user who acts with it
 * @param tools the globs of tool names that it is limited to; empty means no limit
 * @param agent whether it is marked as that of an agent
 * @param addresses where it is good from; empty means everywhere
 * @param used when it was last shown, to the minute
 */
public record KeyInfo(
        String id,
        String user,
        String label,
        List<String> tools,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> used,
        Optional<Instant> revoked,
        boolean agent,
        List<String> addresses) {

    public KeyInfo {
        tools = List.copyOf(tools);
        addresses = List.copyOf(addresses);
    }
}
