package symbolai.mcp.server.identity.oidc;

import symbolai.mcp.server.identity.User;

/**
 * Somebody whom the provider knows.
 *
 * @param next the page of this server that was asked for at first
 * @param fresh whether the person showed the provider who they are just now, and not only a cookie
 */
public record Arrival(User user, String next, boolean fresh) {}
