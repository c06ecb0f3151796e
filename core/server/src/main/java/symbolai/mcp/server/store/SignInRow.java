package symbolai.mcp.server.store;

/**
 * A stored sign-in; its cookie is not stored. All times are in milliseconds since 1970.
 *
 * @param hash the SHA-256 of the cookie
 * @param role the role that the user had when the cookie was made
 * @param created when the user signed in
 * @param seen when the cookie was last shown, to the minute
 * @param proved when the user last gave the password
 * @param address where the user signed in from
 * @param agent what the browser called itself
 */
public record SignInRow(
        String id,
        String userId,
        String hash,
        String role,
        long created,
        long seen,
        long proved,
        String address,
        String agent) {}
