package symbolai.mcp.server.store;

import java.util.Set;

/**
 * A stored authorization code; the code itself is not stored.
 *
 * @param hash the SHA-256 of the code
 * @param grantId the id of the grant that comes of it
 * @param redirect where the code was sent to
 * @param resource where the tokens will be good
 * @param challenge the PKCE challenge, by S256
 * @param expires in milliseconds since 1970
 * @param used in milliseconds since 1970; 0 means it was not
 */
public record CodeRow(
        String hash,
        String grantId,
        String client,
        String userId,
        String redirect,
        String resource,
        Set<String> scopes,
        String challenge,
        long expires,
        long used) {

    public CodeRow {
        scopes = Set.copyOf(scopes);
    }
}
