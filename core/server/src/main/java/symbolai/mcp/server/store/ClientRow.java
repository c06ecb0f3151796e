package symbolai.mcp.server.store;

import java.util.List;
import java.util.Set;

/**
 * A stored OAuth client.
 *
 * @param kind how the client came to be known, as the room that knows clients writes it
 * @param secret the SHA-256 of its secret; empty for a public client
 * @param method how it authenticates, as OAuth writes it
 * @param redirects where its users may be sent back to
 * @param userId as whom it acts by itself; empty for a client that users let act for them
 * @param scopes what it may ask for by itself
 * @param created in milliseconds since 1970
 * @param used when it last got a token, in milliseconds since 1970; 0 means never
 */
public record ClientRow(
        String id,
        String kind,
        String name,
        String secret,
        String method,
        List<String> redirects,
        String userId,
        Set<String> scopes,
        long created,
        long used) {

    public ClientRow {
        redirects = List.copyOf(redirects);
        scopes = Set.copyOf(scopes);
    }
}
