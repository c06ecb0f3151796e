package symbolai.mcp.testkit;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An event stream that is open; events wait until they are taken. */
public final class EventStream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SseEvent END = new SseEvent("end", "", "", "", "");

    private final HttpClientResponse response;
    private final BlockingQueue<SseEvent> events = new LinkedBlockingQueue<>();
    private Buffer unread = Buffer.buffer();

    EventStream(HttpClientResponse response) {
        this.response = response;
        response.handler(this::read);
        response.endHandler(ended -> events.add(END));
        response.exceptionHandler(failure -> events.add(END));
    }

    /** The status. */
    public int status() {
        return response.statusCode();
    }

    /** The headers. */
    public MultiMap headers() {
        return response.headers();
    }

    /** The next event, comments left out. */
    public SseEvent next() {
        return next(event -> event.comment().isEmpty());
    }

    /** The next event that fits; those before it are dropped. */
    public SseEvent next(Predicate<SseEvent> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var event = poll(Duration.ofNanos(end - System.nanoTime()));
            if (event.equals(END)) {
                throw new AssertionError("the stream ended before the event came");
            }
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /** The next message that has the method. */
    public JsonObject notification(String method) {
        return next(event ->
                        !event.data().isEmpty() && method.equals(event.json().getString("method")))
                .json();
    }

    /** The next message that answers a request. */
    public JsonObject response() {
        return next(event -> !event.data().isEmpty()
                        && (event.json().containsKey("result") || event.json().containsKey("error")))
                .json();
    }

    /** Whether a message with the method is here now; takes nothing. */
    public long waiting(String method) {
        return events.stream()
                .filter(event -> !event.data().isEmpty())
                .filter(event -> method.equals(event.json().getString("method")))
                .count();
    }

    /** Waits for the server to end the stream; events that still come are dropped. */
    public void awaitEnd() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!poll(Duration.ofNanos(end - System.nanoTime())).equals(END)) {
            // Whatever came before the end does not matter.
        }
    }

    @Override
    public void close() {
        response.request().connection().close().await();
    }

    private SseEvent poll(Duration patience) {
        try {
            var event = events.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no event came in time");
            }
            return event;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private synchronized void read(Buffer chunk) {
        unread.appendBuffer(chunk);
        var text = unread.toString(StandardCharsets.UTF_8);
        int end = text.lastIndexOf("\n\n");
        if (end >= 0) {
            SseEvents.parse(text.substring(0, end)).forEach(events::add);
            unread = Buffer.buffer(text.substring(end + 2));
        }
    }
}
