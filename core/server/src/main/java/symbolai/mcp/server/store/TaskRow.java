package symbolai.mcp.server.store;

/**
 * A stored task.
 *
 * @param created in milliseconds since 1970
 * @param updated in milliseconds since 1970
 * @param expires in milliseconds since 1970
 * @param json everything else
 */
public record TaskRow(
        String id, String owner, String tool, String status, long created, long updated, long expires, String json) {}
