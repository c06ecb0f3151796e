package symbolai.mcp.plugins.local.projects;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The section {@code plugins.config.local}.
 *
 * @param projects the folders of the operator's wrangler projects
 * @param builds whether builds run
 * @param buildTime how long one build may take
 * @param buildCommand what builds a project that has no command of its own; empty for nothing
 */
public record LocalConfig(List<Path> projects, boolean builds, Duration buildTime, String buildCommand) {

    private static final Set<String> KEYS = Set.of("projects", "builds", "buildMinutes", "buildCommand");
    private static final int MOST_MINUTES = 120;
    private static final int DEFAULT_MINUTES = 10;

    public LocalConfig {
        projects = List.copyOf(projects);
    }

    /** Reads the section; fails with a sentence that names the key. */
    public static LocalConfig read(JsonObject given) {
        var section = given.copy();
        section.getMap().values().removeIf(Objects::isNull);
        var unknown = new TreeSet<>(section.fieldNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.first(), "is not known; there are " + new TreeSet<>(KEYS));
        }
        return new LocalConfig(
                paths(section.getValue("projects", new JsonArray())),
                fact(section.getValue("builds", false)),
                minutes(section.getValue("buildMinutes", DEFAULT_MINUTES)),
                String.valueOf(section.getValue("buildCommand", "")));
    }

    /** A list, or what an environment variable can hold: folders with commas between. */
    private static List<Path> paths(Object value) {
        var paths = new ArrayList<Path>();
        if (value instanceof JsonArray array) {
            array.forEach(path -> paths.add(path(path)));
        } else if (value instanceof String text) {
            text.lines()
                    .flatMap(line -> List.of(line.split(",", -1)).stream())
                    .map(String::strip)
                    .filter(path -> !path.isEmpty())
                    .forEach(path -> paths.add(path(path)));
        } else {
            throw wrong("projects", "is a list of folders");
        }
        return paths;
    }

    private static Path path(Object value) {
        try {
            var path = Path.of(String.valueOf(value));
            if (value instanceof String && path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException noPath) {
            throw wrong("projects", "holds \"" + value + "\", which is no path");
        }
        throw wrong(
                "projects", "holds \"" + value + "\"; a project is the whole path of a folder, such as /home/me/shop");
    }

    private static boolean fact(Object value) {
        if (value.equals(true) || value.equals("true")) {
            return true;
        }
        if (value.equals(false) || value.equals("false")) {
            return false;
        }
        throw wrong("builds", "is true or false, not " + value);
    }

    private static Duration minutes(Object value) {
        try {
            var minutes = Integer.parseInt(String.valueOf(value));
            if (minutes >= 1 && minutes <= MOST_MINUTES) {
                return Duration.ofMinutes(minutes);
            }
        } catch (NumberFormatException noNumber) {
            throw wrong("buildMinutes", "is a whole number, not \"" + value + "\"");
        }
        throw wrong("buildMinutes", "is 1 to " + MOST_MINUTES + ", not " + value);
    }

    private static IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException("plugins.config.local." + key + " " + what);
    }
}
