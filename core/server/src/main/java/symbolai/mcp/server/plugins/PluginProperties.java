package symbolai.mcp.server.plugins;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;

/**
 * What a plugin's {@code plugin.properties} says.
 *
 * @param id the plugin's id
 * @param version the plugin's version
 */
record PluginProperties(String id, String version) {

    /** The version of the API that plugins ask for in {@code plugin.requires}. */
    static final String API_VERSION = "0.1.0";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]{1,60})?");
    private static final Pattern EXACT = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    /** Reads and checks the file's text. */
    static PluginProperties parse(String text) throws IOException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new PluginRefused("plugin.properties has a wrong \\u escape");
        }
        String id = required(properties, "plugin.id");
        if (!ID.matcher(id).matches()) {
            throw new PluginRefused("plugin.id is " + ZipDirectory.quoted(id)
                    + "; it must be 1 to 40 of a-z, 0-9 and '-', and begin with a letter");
        }
        String version = required(properties, "plugin.version");
        if (!VERSION.matcher(version).matches()) {
            throw new PluginRefused(
                    "plugin.version is " + ZipDirectory.quoted(version) + "; it must look like 1.0.0 or 1.0.0-beta.1");
        }
        refuseWrongApi(required(properties, "plugin.requires"));
        refuseUnsupported(properties);
        return new PluginProperties(id, version);
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key, "").trim();
        if (value.isEmpty()) {
            throw new PluginRefused("plugin.properties has no " + key);
        }
        return value;
    }

    private static void refuseWrongApi(String requires) {
        String constraint = EXACT.matcher(requires).matches() ? ">=" + requires : requires;
        if (!matches(constraint)) {
            throw new PluginRefused("plugin.requires is " + ZipDirectory.quoted(requires)
                    + ", and this server's plugin API is " + API_VERSION);
        }
    }

    private static boolean matches(String constraint) {
        try {
            return new DefaultVersionManager().checkVersionConstraint(API_VERSION, constraint);
        } catch (RuntimeException e) {
            throw new PluginRefused("plugin.requires is " + ZipDirectory.quoted(constraint)
                    + "; write a version, such as " + API_VERSION);
        }
    }

    private static void refuseUnsupported(Properties properties) {
        for (String key : new String[] {"plugin.class", "plugin.dependencies"}) {
            if (!properties.getProperty(key, "").isBlank()) {
                throw new PluginRefused(key + " is not supported: a plugin is its families, and stands alone");
            }
        }
    }
}
