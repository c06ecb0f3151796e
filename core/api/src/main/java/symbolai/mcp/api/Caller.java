package symbolai.mcp.api;

import java.util.List;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param id the user's id; stays the same when the user is renamed
 * @param name the user's name
 * @param role what the user may do in this server
 * @param keyId the API key that was shown, where there was one
 * @param tools the globs of tool names that the key is limited to; empty means no limit
 * @param address where the call came from: an IP address, or {@code local}
 */
public record Caller(String id, String name, Role role, Optional<String> keyId, List<String> tools, String address) {

    public Caller {
        tools = List.copyOf(tools);
    }
}
