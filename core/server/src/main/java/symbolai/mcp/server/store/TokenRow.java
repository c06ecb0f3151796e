package symbolai.mcp.server.store;

import java.util.Set;

/**
 * A stored OAuth token; the token itself is not stored.
 *
 * @param hash the SHA-256 of the token
 * @param refresh whether it gets new tokens, and is no access token
 * @param parent the hash of the refresh token that it was got with; empty for none
 * @param expires in milliseconds since 1970
 * @param used when a refresh token was first used, in milliseconds since 1970; 0 means never
 */
public record TokenRow(
        String hash, String grantId, boolean refresh, String parent, Set<String> scopes, long expires, long used) {

    public TokenRow {
        scopes = Set.copyOf(scopes);
    }
}
