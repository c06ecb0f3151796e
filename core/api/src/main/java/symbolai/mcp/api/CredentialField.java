package symbolai.mcp.api;

import java.util.List;

/**
 * One thing that a caller gives to connect.
 *
 * @param name the key in {@link Credentials}
 * @param title for people
 * @param help what it is and where to find it
 * @param pattern a regular expression (RE2) that the whole value matches
 * @param secret whether it is hidden and stored encrypted
 * @param required whether it must be given
 * @param choices the only values there are, the first being the default; empty when any that matches the pattern will do
 */
public record CredentialField(
        String name,
        String title,
        String help,
        String pattern,
        boolean secret,
        boolean required,
        List<String> choices) {

    public CredentialField {
        choices = List.copyOf(choices);
    }

    /** A secret that must be given. */
    public static CredentialField secret(String name, String title, String help, String pattern) {
        return new CredentialField(name, title, help, pattern, true, true, List.of());
    }

    /** A text that everybody may see and that must be given. */
    public static CredentialField text(String name, String title, String help, String pattern) {
        return new CredentialField(name, title, help, pattern, false, true, List.of());
    }

    /** One of a few words; the first when it is not given. */
    public static CredentialField choice(String name, String title, String help, List<String> choices) {
        return new CredentialField(name, title, help, "[a-z0-9-]{1,40}", false, false, choices);
    }

    /** The same, but it may be left out. */
    public CredentialField optional() {
        return new CredentialField(name, title, help, pattern, secret, false, choices);
    }
}
