package symbolai.mcp.server.connections;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Values that are made when they are first asked for; those asked for longest ago are forgotten. Safe for any thread. */
final class Recent<K, V> {

    private final int most;
    private final Function<K, V> make;
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    Recent(int most, Function<K, V> make) {
        this.most = most;
        this.make = make;
    }

    synchronized V get(K key) {
        var value = values.computeIfAbsent(key, make);
        if (values.size() > most) {
            var eldest = values.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return value;
    }

    synchronized int size() {
        return values.size();
    }
}
