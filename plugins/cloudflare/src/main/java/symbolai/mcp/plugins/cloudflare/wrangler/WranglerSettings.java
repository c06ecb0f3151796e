package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/**
 * The section {@code plugins.config.cloudflare.wrangler}.
 *
 * @param projects folders or configuration files of wrangler projects
 * @param urls where {@code wrangler dev} may be running
 */
public record WranglerSettings(List<Path> projects, List<Origin> urls) {

    private static final String PREFIX = "plugins.config.cloudflare.wrangler.";
    private static final Set<String> KEYS = new TreeSet<>(Set.of("projects", "urls"));
    private static final String URL = "http://127.0.0.1:8787";
    private static final String API = "/cdn-cgi/local/explorer/api";

    public WranglerSettings {
        projects = List.copyOf(projects);
        urls = List.copyOf(urls);
    }

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public static WranglerSettings read(JsonObject section) {
        for (var key : section.fieldNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("there is no " + PREFIX + key + "; there are " + KEYS);
            }
        }
        var projects = texts(section, "projects", new JsonArray()).stream()
                .map(WranglerSettings::project)
                .toList();
        var urls = texts(section, "urls", JsonArray.of(URL)).stream()
                .map(WranglerSettings::url)
                .toList();
        return new WranglerSettings(projects, urls);
    }

    private static List<String> texts(JsonObject section, String key, JsonArray otherwise) {
        if (section.getValue(key, otherwise) instanceof JsonArray array
                && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw new IllegalArgumentException(PREFIX + key + " must be a list of texts");
    }

    private static Path project(String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(PREFIX + "projects: \"" + text + "\" is no path", wrong);
        }
        throw new IllegalArgumentException(PREFIX + "projects: \"" + text + "\" must begin at the root");
    }

    /** It serves whoever reaches it, so it must be on this machine. */
    private static Origin url(String text) {
        var origin = Origin.of("wrangler dev", text);
        if (!origin.isLoopback()) {
            throw new IllegalArgumentException(PREFIX + "urls: \"" + text + "\" is not on this machine");
        }
        if (!origin.path().isEmpty()) {
            throw new IllegalArgumentException(PREFIX + "urls: \"" + text + "\" must have no path");
        }
        return new Origin("wrangler dev at " + origin.authority(), origin.secure(), origin.host(), origin.port(), API);
    }
}
