package symbolai.mcp.server.connections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.api.Connector;

/** The connectors of all loaded plugins. Safe for any thread. */
public final class Connectors {
    /** A connector with the lease of the version it is from. */
    record Loaded(Connector connector, Lease lease) {}

    private record Published(List<Connector> connectors, Lease lease) {}

    private final TreeMap<String, Published> plugins = new TreeMap<>();
    private volatile List<Loaded> current = List.of();

    /**
     * Puts the connectors in place of the plugin's former ones.
     *
     * @throws IllegalArgumentException when another plugin already has a connector of the same id; then nothing has changed
     */
    public synchronized void publish(String plugin, List<Connector> connectors, Lease lease) {
        check(plugin, connectors);
        plugins.put(plugin, new Published(List.copyOf(connectors), lease));
        current = loaded(plugins);
    }

    /** Takes the plugin's connectors away; does nothing when the lease is that of a version that was replaced since. */
    public synchronized void withdraw(String plugin, Lease lease) {
        var published = plugins.get(plugin);
        if (published != null && published.lease() == lease) {
            plugins.remove(plugin);
            current = loaded(plugins);
        }
    }

    /** The connector that serves a caller without credentials: the first, by its id, that asks for none. */
    Optional<Loaded> withoutCredentials() {
        return current.stream()
                .filter(loaded -> loaded.connector().fields().isEmpty())
                .findFirst();
    }

    /** The connector with this id, if it asks for no credentials. */
    Optional<Loaded> withoutCredentials(String id) {
        return current.stream()
                .filter(loaded -> loaded.connector().id().equals(id))
                .filter(loaded -> loaded.connector().fields().isEmpty())
                .findFirst();
    }

    private void check(String plugin, List<Connector> connectors) {
        var ids = new ArrayList<String>();
        plugins.forEach(
                (other, published) -> ids.addAll(other.equals(plugin) ? List.of() : ids(published.connectors())));
        for (var id : ids(connectors)) {
            if (ids.contains(id)) {
                throw new IllegalArgumentException("there is a connector '" + id + "' already");
            }
            ids.add(id);
        }
    }

    private static List<String> ids(List<Connector> connectors) {
        return connectors.stream().map(Connector::id).toList();
    }

    private static List<Loaded> loaded(Map<String, Published> plugins) {
        return plugins.values().stream()
                .flatMap(published ->
                        published.connectors().stream().map(connector -> new Loaded(connector, published.lease())))
                .sorted(Comparator.comparing(loaded -> loaded.connector().id()))
                .toList();
    }
}
