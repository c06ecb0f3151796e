package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.ServerEvent;

/** An event stream that keeps what was sent. */
final class FakeEvents implements EventStream {

    final List<ServerEvent> events = new ArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private boolean ended;

    @Override
    public synchronized void send(ServerEvent event) {
        if (!ended) {
            events.add(event);
        }
    }

    @Override
    public void end() {
        if (closed()) {
            List.copyOf(actions).forEach(Runnable::run);
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !ended;
    }

    @Override
    public void onEnd(Runnable action) {
        if (isOpen()) {
            actions.add(action);
        } else {
            action.run();
        }
    }

    /** What was sent, as text; a priming event is an empty text. */
    synchronized List<String> data() {
        return events.stream().map(event -> event.data().toString()).toList();
    }

    /** The messages that were sent. */
    synchronized List<JsonObject> messages() {
        return events.stream()
                .filter(event -> event.data().length() > 0)
                .filter(event -> !event.event().equals(java.util.Optional.of("endpoint")))
                .map(event -> event.data().toJsonObject())
                .toList();
    }

    /** The methods of the notifications and requests that were sent. */
    List<String> methods() {
        return messages().stream()
                .filter(message -> message.containsKey("method"))
                .map(message -> message.getString("method"))
                .toList();
    }

    /** The ids of the events. */
    synchronized List<String> ids() {
        return events.stream().map(event -> event.id().orElse("")).toList();
    }

    String lastId() {
        return ids().get(ids().size() - 1);
    }

    private synchronized boolean closed() {
        var wasOpen = !ended;
        ended = true;
        return wasOpen;
    }
}
