package symbolai.mcp.server.store;

/**
 * What one person decided of a request.
 *
 * @param approver the user's id
 * @param at in milliseconds since 1970
 */
public record VoteRow(String approval, String approver, String name, boolean granted, String note, long at) {}
