package symbolai.mcp.server.store;

/**
 * One change of the policy.
 *
 * @param version the version that it made
 * @param at in milliseconds since 1970
 * @param author the name of the user
 * @param action what was done, such as {@code add}
 * @param subject the rule it was done to; empty for the read-only switch
 * @param before what held, as JSON; empty for nothing
 * @param after what holds since, as JSON; empty for nothing
 */
public record PolicyChangeRow(
        long version, long at, String author, String action, String subject, String before, String after) {}
