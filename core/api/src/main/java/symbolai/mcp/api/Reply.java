package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;

/**
 * What an operation gave.
 *
 * @param json as the operation's schema says; the receiver owns it
 */
public record Reply(JsonObject json) {}
