package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.JsonObject;

/** A request of ours to a client. */
record Question(String method, JsonObject params) {}
