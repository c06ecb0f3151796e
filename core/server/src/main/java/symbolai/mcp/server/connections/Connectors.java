package symbolai.mcp.server.connections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
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

    /** All that there are, by id. */
    List<Loaded> all() {
        return current;
    }

    /**
     * Enters the connector that serves a caller without credentials: the first, by its id, that asks for none. Empty when there is none.
     */
    Optional<Loaded> enterWithoutCredentials() {
        return enter(Connectors::asksForNothing);
    }

    /** Enters the connector of this id, if it asks for no credentials. */
    Optional<Loaded> enterWithoutCredentials(String id) {
        return enter(loaded -> loaded.connector().id().equals(id) && asksForNothing(loaded));
    }

    /** A connector whose fields may all be left out still has a choice to make, so it waits to be connected. */
    private static boolean asksForNothing(Loaded loaded) {
        return loaded.connector().fields().isEmpty();
    }

    /** Enters the connector of this id; empty when there is none. */
    Optional<Loaded> enter(String id) {
        return enter(loaded -> loaded.connector().id().equals(id));
    }

    /** A version that has just been replaced takes nobody, and then its successor is there. */
    private Optional<Loaded> enter(Predicate<Loaded> wanted) {
        var found = find(wanted);
        while (found.isPresent() && !found.get().lease().enter()) {
            var next = find(wanted);
            if (next.equals(found)) {
                return Optional.empty();
            }
            found = next;
        }
        return found;
    }

    private Optional<Loaded> find(Predicate<Loaded> wanted) {
        return current.stream().filter(wanted).findFirst();
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
