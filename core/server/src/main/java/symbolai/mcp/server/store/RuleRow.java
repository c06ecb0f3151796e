package symbolai.mcp.server.store;

/**
 * A stored rule of the policy.
 *
 * @param json what it says
 * @param created in milliseconds since 1970
 * @param updated in milliseconds since 1970
 * @param author the name of the user who wrote it last; empty for those that come with the server
 */
public record RuleRow(String id, String json, long created, long updated, String author) {}
