package symbolai.mcp.server.tools;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Lease;

/** Holds the current catalog, swaps it whole, then tells who listens. Safe for any thread. */
public final class Catalogs {
    private final Listeners<CatalogChange> listeners = new Listeners<>();
    private final Listeners<String> updates = new Listeners<>();
    private volatile Catalog current = Catalog.EMPTY;

    public Catalog current() {
        return current;
    }

    /**
     * Puts the family in place of the plugin's former one, for everybody at once.
     *
     * @throws IllegalArgumentException when another plugin already offers something of the same name; then nothing has changed
     */
    public synchronized void publish(Family family) {
        swap(current.with(family));
    }

    /** Takes the plugin's family away; does nothing when the lease is that of a version that was replaced since. */
    public synchronized void withdraw(String plugin, Lease lease) {
        swap(current.without(plugin, lease));
    }

    private void swap(Catalog next) {
        var former = current;
        if (next != former) {
            current = next;
            listeners.tell(change(former, next));
        }
    }

    /** Says that callers may be shown other things than before. */
    public void viewChanged() {
        listeners.tell(new CatalogChange(true, true, true));
    }

    /** Calls the listener after each change, on the thread that made it. */
    public Registration onChange(Consumer<CatalogChange> listener) {
        return listeners.add(listener);
    }

    /** Says that a resource has new contents. */
    public void resourceUpdated(String uri) {
        updates.tell(uri);
    }

    /** Calls the listener with the URI of each resource that has new contents. */
    public Registration onResourceUpdated(Consumer<String> listener) {
        return updates.add(listener);
    }

    private static CatalogChange change(Catalog former, Catalog next) {
        return new CatalogChange(
                differ(former.tools(), next.tools(), Catalogs::face),
                differ(former.resources(), next.resources(), Catalogs::face)
                        || differ(former.resourceTemplates(), next.resourceTemplates(), Catalogs::face),
                differ(former.prompts(), next.prompts(), Catalogs::face));
    }

    private static <T> boolean differ(List<T> former, List<T> next, Function<T, Object> face) {
        return !former.stream()
                .map(face)
                .toList()
                .equals(next.stream().map(face).toList());
    }

    private static Object face(Tool tool) {
        return List.of(
                tool.name(),
                tool.title(),
                tool.description(),
                tool.inputSchema(),
                tool.outputSchema(),
                tool.annotations(),
                tool.task(),
                tool.icons(),
                tool.meta());
    }

    private static Object face(Resource resource) {
        return List.of(
                resource.uri(),
                resource.name(),
                resource.title(),
                resource.description(),
                resource.mimeType(),
                resource.icons());
    }

    private static Object face(ResourceTemplate template) {
        return List.of(
                template.uriTemplate(),
                template.name(),
                template.title(),
                template.description(),
                template.mimeType(),
                template.icons());
    }

    private static Object face(Prompt prompt) {
        return List.of(prompt.name(), prompt.title(), prompt.description(), prompt.arguments(), prompt.icons());
    }
}
