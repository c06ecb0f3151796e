package symbolai.mcp.plugins.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the titles of namespaces that were seen lately, so that a change is told under both names without asking again. */
final class KnownTitles {

    private static final int MOST = 1000;

    private final Map<String, String> titles = new LinkedHashMap<>();

    synchronized void saw(Namespace namespace) {
        titles.remove(namespace.id());
        titles.put(namespace.id(), namespace.title());
        if (titles.size() > MOST) {
            titles.remove(titles.keySet().iterator().next());
        }
    }

    synchronized Optional<String> title(String id) {
        return Optional.ofNullable(titles.get(id));
    }
}
