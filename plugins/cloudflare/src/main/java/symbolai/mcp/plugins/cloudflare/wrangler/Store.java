package symbolai.mcp.plugins.cloudflare.wrangler;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.wrangler.StateNames;

/**
 * A database, namespace or bucket of a project.
 *
 * @param kind which of them
 * @param id what our operations call it
 * @param title its name for people
 * @param devId what {@code wrangler dev} calls it
 * @param live where it is served now
 * @param file its SQLite file, whether or not it is served
 */
record Store(StateNames kind, String id, String title, String devId, Optional<Origin> live, Optional<Path> file) {

    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    static Store of(StateNames kind, String devId, String title) {
        return new Store(kind, id(kind, devId), title, devId, Optional.empty(), Optional.empty());
    }

    Store servedAt(Origin origin) {
        return new Store(kind, id, title, devId, Optional.of(origin), file);
    }

    Store keptIn(Path path) {
        return new Store(kind, id, title, devId, live, Optional.of(path));
    }

    /**
     * Both sources together: served where this one is served, under the other's title, which comes from the project.
     */
    Store joined(Store project) {
        return new Store(kind, id, project.title, devId, live.or(() -> project.live), file.or(() -> project.file));
    }

    /** A project may leave the id out, and then it is the binding's name; ours always have Cloudflare's form. */
    private static String id(StateNames kind, String devId) {
        var lower = devId.toLowerCase(Locale.ROOT);
        var made = UUID.nameUUIDFromBytes((kind + " " + devId).getBytes(StandardCharsets.UTF_8))
                .toString();
        return switch (kind) {
            case D1 -> UUIDS.matcher(lower).matches() ? lower : made;
            case KV -> HEX.matcher(lower).matches() ? lower : made.replace("-", "");
            case R2 -> devId;
        };
    }
}
