package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/**
 * The section {@code plugins.config.cloudflare.mcp}.
 *
 * @param origins where each server is
 */
public record RemoteSettings(Map<Server, Origin> origins) {

    private static final String PREFIX = "plugins.config.cloudflare.mcp.";

    public RemoteSettings {
        origins = Map.copyOf(origins);
    }

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    public static RemoteSettings read(JsonObject section) {
        var known = keys();
        for (var key : section.fieldNames()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("there is no " + PREFIX + key + "; there are " + known);
            }
        }
        var origins = new EnumMap<Server, Origin>(Server.class);
        for (var server : Server.values()) {
            origins.put(server, origin(server, section.getValue(key(server), url(server))));
        }
        return new RemoteSettings(origins);
    }

    Origin origin(Server server) {
        return Optional.ofNullable(origins.get(server)).orElseThrow();
    }

    /** A token goes there, so it is TLS or this machine. */
    private static Origin origin(Server server, Object url) {
        if (!(url instanceof String text)) {
            throw new IllegalArgumentException(PREFIX + key(server) + " must be a text");
        }
        var origin = Origin.of(server.title(), text);
        if (!origin.secure() && !origin.isLoopback()) {
            throw new IllegalArgumentException(PREFIX + key(server) + " must begin with https://");
        }
        return origin;
    }

    private static String url(Server server) {
        return "https://" + server.word() + ".mcp.cloudflare.com/mcp";
    }

    private static String key(Server server) {
        return server.word() + "Url";
    }

    private static Set<String> keys() {
        return Stream.of(Server.values()).map(RemoteSettings::key).collect(Collectors.toCollection(TreeSet::new));
    }
}
