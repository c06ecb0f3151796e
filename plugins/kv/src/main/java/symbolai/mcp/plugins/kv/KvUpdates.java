package symbolai.mcp.plugins.kv;

import java.util.LinkedHashSet;
import java.util.function.Consumer;

/** Tells those who subscribed to a value that it has changed, under every name of its namespace that is known. */
final class KvUpdates {

    private final Consumer<String> resourceUpdated;
    private final KnownTitles titles;

    KvUpdates(Consumer<String> resourceUpdated, KnownTitles titles) {
        this.resourceUpdated = resourceUpdated;
        this.titles = titles;
    }

    void changed(String id, KvKey key) {
        var names = new LinkedHashSet<String>();
        names.add(id);
        titles.title(id).ifPresent(names::add);
        names.forEach(name -> resourceUpdated.accept(KvUri.of(name, key.text())));
    }
}
