package symbolai.mcp.server.config;

import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.Secret;

/**
 * One key that can be set.
 *
 * @param form of the value, or of each element of a list
 * @param list whether the value is a list; as text it is separated by commas
 * @param fallback the default, as it would be written
 * @param secret whether the value is never shown, and may also be given as a file by a variable that ends in {@code _FILE}
 */
record Setting<T>(String key, Form<T> form, boolean list, String fallback, boolean secret) {

    static <T> Setting<T> one(String key, Form<T> form, String fallback) {
        return new Setting<>(key, form, false, fallback, false);
    }

    static <T> Setting<T> list(String key, Form<T> form) {
        return list(key, form, "");
    }

    static <T> Setting<T> list(String key, Form<T> form, String fallback) {
        return new Setting<>(key, form, true, fallback, false);
    }

    static Setting<Optional<Secret>> secret(String key, Form<Secret> form) {
        return new Setting<>(key, form.orNothing(), false, "", true);
    }

    /** The environment variable that sets it. */
    String variable() {
        return key.equals("data.folder") ? "SYMBOLAI_MCP_DATA" : variable(key);
    }

    /** {@code server.publicUrl} becomes {@code SYMBOLAI_MCP_SERVER_PUBLIC_URL}. */
    private static String variable(String key) {
        return "SYMBOLAI_MCP_"
                + key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
