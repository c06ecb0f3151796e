package symbolai.mcp.server.store;

/**
 * A user as a provider knows it.
 *
 * @param subject the provider's name for the person, which never changes
 */
public record ProviderUserRow(String subject, String userId) {}
