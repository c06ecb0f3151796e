package symbolai.mcp.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the environment variables that begin with {@code SYMBOLAI_MCP_}. */
final class EnvironmentVariables {

    static final String CONFIG = "SYMBOLAI_MCP_CONFIG";

    private static final String PREFIX = "SYMBOLAI_MCP_";
    private static final String PLUGINS = "SYMBOLAI_MCP_PLUGINS_CONFIG_";
    private static final String FILE = "_FILE";
    /** Those of the launcher, and the one in which clients keep their key. */
    private static final Set<String> OTHERS =
            Set.of(CONFIG, "SYMBOLAI_MCP_JAVA_HOME", "SYMBOLAI_MCP_JAVA_OPTS", "SYMBOLAI_MCP_KEY");

    private final Map<String, String> variables;
    private final Collected collected;

    EnvironmentVariables(Map<String, String> variables, Collected collected) {
        this.variables = new TreeMap<>(variables);
        this.collected = collected;
    }

    void read() {
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                read(name, value);
            }
        });
    }

    private void read(String name, String value) {
        var setting = Settings.ALL.stream()
                .filter(known -> known.variable().equals(name))
                .findFirst();
        if (setting.isPresent()) {
            collected.put(setting.get().key(), Given.text(value, name));
        } else if (secret(name).isPresent()) {
            file(name, value).ifPresent(text -> collected.put(secret(name).get().key(), Given.text(text, name)));
        } else if (name.startsWith(PLUGINS)) {
            plugin(name, value);
        } else {
            collected.unknown(name, "variable", known(), "the environment");
        }
    }

    /** {@code …_PLUGINS_CONFIG_D1_API_TOKEN_FILE} is {@code plugins.config.d1.apiToken}, with the text in a file. */
    private void plugin(String name, String value) {
        var rest = name.substring(PLUGINS.length());
        if (!rest.endsWith(FILE)) {
            collected.putSection(path(rest), YamlValues.plain(value), name);
            return;
        }
        file(name, value)
                .ifPresent(text ->
                        collected.putSection(path(rest.substring(0, rest.length() - FILE.length())), text, name));
    }

    /** The secret whose file the variable names. */
    private static Optional<Setting<?>> secret(String name) {
        return Settings.ALL.stream()
                .filter(known -> known.secret() && name.equals(known.variable() + FILE))
                .findFirst();
    }

    private Optional<String> file(String name, String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)).strip());
        } catch (IOException | InvalidPathException unreadable) {
            collected.problem(name, "the file " + path + " cannot be read", "the environment");
            return Optional.empty();
        }
    }

    private static List<String> path(String rest) {
        var id = rest.replaceAll("_.*", "").toLowerCase(Locale.ROOT);
        var words = Arrays.asList(
                rest.substring(id.length()).toLowerCase(Locale.ROOT).split("_", -1));
        var joined = String.join("_", words).replaceFirst("^_", "");
        var key = Pattern.compile("_([a-z0-9])")
                .matcher(joined)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        return List.of(id, key);
    }

    private static List<String> known() {
        return Settings.ALL.stream().<String>map(Setting::variable).toList();
    }
}
