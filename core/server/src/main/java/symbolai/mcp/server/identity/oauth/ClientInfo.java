package symbolai.mcp.server.identity.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is shown of a client.
 *
 * @param kind how the server came to know it
 * @param user as whom it acts by itself; empty for one that users let act for them
 * @param users who lets it act for them at the moment
 */
public record ClientInfo(
        String id,
        String name,
        String kind,
        Optional<String> user,
        List<String> users,
        Instant created,
        Optional<Instant> used) {

    public ClientInfo {
        users = List.copyOf(users);
    }
}
