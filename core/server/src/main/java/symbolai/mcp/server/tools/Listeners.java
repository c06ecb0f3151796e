package symbolai.mcp.server.tools;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens, so that one listener's failure does not keep the others from hearing. */
final class Listeners<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    Registration add(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(T event) {
        for (var listener : listeners) {
            tell(listener, event);
        }
    }

    private void tell(Consumer<T> listener, T event) {
        try {
            listener.accept(event);
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).addKeyValue("event", event).log("listener failed");
        }
    }
}
