package symbolai.mcp.server.identity.oauth;

import symbolai.mcp.api.Secret;

/**
 * A client that was just made.
 *
 * @param secret shown once; it cannot be found out again
 */
public record NewClient(String id, Secret secret) {}
