package symbolai.mcp.api;

/**
 * One thing that a caller must give to connect.
 *
 * @param name the key in {@link Credentials}
 * @param title for people
 * @param help where to find it
 * @param pattern a regular expression that the whole value matches
 * @param secret whether it is hidden and stored encrypted
 */
public record CredentialField(String name, String title, String help, String pattern, boolean secret) {}
