package symbolai.mcp.server.store;

import java.util.Set;

/**
 * What a user lets an OAuth client do: the family of all tokens that come of one consent.
 *
 * @param resource where the tokens are good
 * @param created in milliseconds since 1970
 * @param expires when the last of its tokens ends, in milliseconds since 1970
 * @param revoked in milliseconds since 1970; 0 means it is not
 */
public record GrantRow(
        String id,
        String client,
        String userId,
        String resource,
        Set<String> scopes,
        long created,
        long expires,
        long revoked) {

    public GrantRow {
        scopes = Set.copyOf(scopes);
    }
}
