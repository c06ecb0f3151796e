package symbolai.mcp.server.store;

/**
 * A stored user.
 *
 * @param lookup the name as it is compared; unique
 * @param role as {@link symbolai.mcp.api.Role#text} writes it
 * @param password a PHC string; empty when the user has none
 * @param created in milliseconds since 1970
 * @param updated in milliseconds since 1970
 */
public record UserRow(
        String id, String name, String lookup, String role, String password, long created, long updated) {}
