package symbolai.mcp.server.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.ServerEvent;

/** Writes events to one response, on its event loop; cuts a client off that does not read. */
final class SseWriter implements EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(SseWriter.class);
    /** More than this at once is cut off at once; a burst is less. */
    private static final int MAX_BURST_BYTES = 1024 * 1024;
    /** More than this is cut off too, when it stays so for some ticks; a little that is read now and then does not help. */
    private static final int MAX_UNREAD_BYTES = 64 * 1024;

    private static final int FULL_TICKS = 6;
    private static final int QUIET_TICKS = 2;
    private static final Buffer COMMENT = Buffer.buffer(":alive\n\n");

    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Ticker ticker;
    private final Runnable onCut;
    private final Runnable reminder = this::tick;
    private final List<Runnable> endActions = new ArrayList<>();
    private boolean open = true;
    private boolean cut;
    private int unread;
    private int quietTicks;
    private int fullTicks;

    SseWriter(Context context, HttpServerRequest request, Ticker ticker, Runnable onCut) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.ticker = ticker;
        this.onCut = onCut;
    }

    /** Sends the head and a first byte, so that no proxy waits for one. */
    void begin() {
        ticker.add(reminder);
        context.runOnContext(now -> write(COMMENT));
    }

    @Override
    public void send(ServerEvent event) {
        if (!isOpen()) {
            return;
        }
        var bytes = encode(event);
        if (count(bytes.length())) {
            context.runOnContext(now -> deliver(bytes));
        } else {
            cutOff();
        }
    }

    @Override
    public void end() {
        if (finish()) {
            context.runOnContext(now -> response.end());
        }
    }

    /** Ends the stream and says why, in a comment. */
    void end(String why) {
        context.runOnContext(now -> write(Buffer.buffer(": " + why + "\n\n")));
        end();
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public void onEnd(Runnable action) {
        if (!addWhileOpen(action)) {
            action.run();
        }
    }

    /** The client went away. */
    void gone() {
        finish();
    }

    /** To everybody else the client is gone at once, and what it did not read is given up with its connection. */
    private void cutOff() {
        if (markCut()) {
            LOG.atWarn().addKeyValue("unreadBytes", unread).log("slow reader cut off");
            onCut.run();
            context.runOnContext(now -> Abandoned.end(request));
        }
    }

    private void deliver(Buffer bytes) {
        write(bytes).onComplete(written -> uncount(bytes.length()));
    }

    private Future<Void> write(Buffer bytes) {
        return response.ended() || response.closed() ? Future.succeededFuture() : response.write(bytes);
    }

    private synchronized boolean markCut() {
        boolean first = !cut;
        cut = true;
        return first;
    }

    private void tick() {
        if (staysFull()) {
            cutOff();
        }
        if (isQuiet()) {
            context.runOnContext(now -> write(COMMENT));
        }
    }

    private synchronized boolean staysFull() {
        fullTicks = unread > MAX_UNREAD_BYTES ? fullTicks + 1 : 0;
        return fullTicks >= FULL_TICKS;
    }

    private synchronized boolean isQuiet() {
        quietTicks++;
        if (!open || unread > 0 || quietTicks < QUIET_TICKS) {
            return false;
        }
        quietTicks = 0;
        return true;
    }

    private synchronized boolean count(int bytes) {
        if (cut || unread > MAX_BURST_BYTES) {
            return false;
        }
        unread += bytes;
        quietTicks = 0;
        return true;
    }

    private synchronized void uncount(int bytes) {
        unread -= bytes;
        fullTicks = unread > MAX_UNREAD_BYTES ? fullTicks : 0;
    }

    private boolean finish() {
        var actions = take();
        actions.forEach(Runnable::run);
        return !actions.isEmpty();
    }

    private synchronized List<Runnable> take() {
        if (!open) {
            return List.of();
        }
        open = false;
        var actions = new ArrayList<>(endActions);
        actions.add(() -> ticker.remove(reminder));
        endActions.clear();
        return actions;
    }

    private synchronized boolean addWhileOpen(Runnable action) {
        return open && endActions.add(action);
    }

    private static Buffer encode(ServerEvent event) {
        var bytes = Buffer.buffer(event.data().length() + 64);
        event.event().ifPresent(type -> bytes.appendString("event: " + type + "\n"));
        event.id().ifPresent(id -> bytes.appendString("id: " + id + "\n"));
        event.retry().ifPresent(pause -> bytes.appendString("retry: " + pause.toMillis() + "\n"));
        return bytes.appendString("data: ").appendBuffer(event.data()).appendString("\n\n");
    }
}
