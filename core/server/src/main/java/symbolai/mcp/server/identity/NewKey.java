package symbolai.mcp.server.identity;

import symbolai.mcp.api.Secret;

/**
 * A key that was just made.
 *
 * @param key the whole key; it is shown once and cannot be found out again
 */
public record NewKey(String id, Secret key) {}
