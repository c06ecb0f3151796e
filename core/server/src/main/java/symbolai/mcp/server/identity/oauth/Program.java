package symbolai.mcp.server.identity.oauth;

import java.time.Instant;
import java.util.Set;

/**
 * A program that a user lets act for the user.
 *
 * @param client its id
 * @param name what it calls itself, which nobody has checked
 * @param scopes all that it may do
 * @param since when the user first agreed to what lasts
 */
public record Program(String client, String name, Set<String> scopes, Instant since) {

    public Program {
        scopes = Set.copyOf(scopes);
    }
}
