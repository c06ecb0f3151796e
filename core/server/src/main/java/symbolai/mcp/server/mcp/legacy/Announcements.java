package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.tools.CatalogChange;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Registration;

/** Tells every client once when a list changed, and those that follow a resource when it did. Safe for any thread. */
final class Announcements {

    private final Catalogs catalogs;
    private final BiPredicate<Caller, String> hears;
    private final JsonRpcCodec codec;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    /** A client that may be listening. */
    interface Listener {

        /** Sends the notification if the client listens. */
        void announce(Buffer notification);

        /** As whom the client follows the resource; empty when it does not. */
        Optional<Caller> follower(String uri);
    }

    /**
     * Tells nobody yet.
     *
     * @param hears whether a caller may be told of a resource at this moment
     */
    Announcements(Catalogs catalogs, BiPredicate<Caller, String> hears, JsonRpcCodec codec) {
        this.catalogs = catalogs;
        this.hears = hears;
        this.codec = codec;
    }

    /** Begins to hear of changes; the registrations end that. */
    List<Registration> start() {
        return List.of(catalogs.onChange(this::changed), catalogs.onResourceUpdated(this::updated));
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    private void changed(CatalogChange change) {
        if (change.tools()) {
            listChanged("tools");
        }
        if (change.resources()) {
            listChanged("resources");
        }
        if (change.prompts()) {
            listChanged("prompts");
        }
    }

    private void listChanged(String kind) {
        Buffer notification = codec.notification("notifications/" + kind + "/list_changed", new JsonObject());
        listeners.forEach(listener -> listener.announce(notification));
    }

    private void updated(String uri) {
        Buffer notification = codec.notification("notifications/resources/updated", new JsonObject().put("uri", uri));
        listeners.stream()
                .filter(listener -> listener.follower(uri)
                        .filter(caller -> hears.test(caller, uri))
                        .isPresent())
                .forEach(listener -> listener.announce(notification));
    }
}
