package symbolai.mcp.server.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.HttpReply;

/** Answers one HTTP request, on its event loop, once. */
final class WebReply implements HttpReply {

    private static final int SLOW_TICKS = 2;

    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Ticker ticker;
    private final Function<Consumer<String>, Revocations.Watch> rights;
    private final Function<Set<String>, String> challenge;
    private final Runnable reminder = this::tick;
    private final List<Runnable> goneActions = new ArrayList<>();
    private final List<Runnable> slowActions = new ArrayList<>();
    private Optional<SseWriter> stream = Optional.empty();
    private int ticks;
    private boolean begun;
    private boolean complete;
    private boolean gone;

    /**
     * An answer that is not begun.
     *
     * @param challenge asks for a token of these scopes
     * @param rights watches over the rights of the caller, and runs the action with the reason when they end
     */
    WebReply(
            Context context,
            HttpServerRequest request,
            Ticker ticker,
            Function<Set<String>, String> challenge,
            Function<Consumer<String>, Revocations.Watch> rights) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.ticker = ticker;
        this.challenge = challenge;
        this.rights = rights;
    }

    /** Watches for the client to go away. */
    void start() {
        response.closeHandler(closed -> clientGone());
        response.exceptionHandler(failure -> clientGone());
        ticker.add(reminder);
    }

    @Override
    public void json(int status, Map<String, String> headers, Buffer body) {
        if (begin()) {
            finish();
            context.runOnContext(now -> head(status, headers)
                    .putHeader("Content-Type", "application/json")
                    .end(body));
        }
    }

    @Override
    public void empty(int status, Map<String, String> headers) {
        if (begin()) {
            finish();
            context.runOnContext(now -> head(status, headers).end());
        }
    }

    @Override
    public void lacking(Set<String> scopes, Buffer body) {
        json(403, Map.of("WWW-Authenticate", challenge.apply(scopes)), body);
    }

    @Override
    public EventStream events(Map<String, String> headers) {
        var writer = new SseWriter(context, request, ticker, this::clientGone);
        if (!begin()) {
            writer.gone();
            return writer;
        }
        writer.onEnd(this::finish);
        hold(writer);
        context.runOnContext(now -> head(200, headers)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true));
        writer.begin();
        watch(writer);
        return writer;
    }

    @Override
    public void onGone(Runnable action) {
        if (addGone(action)) {
            action.run();
        }
    }

    @Override
    public synchronized void onSlow(Runnable action) {
        slowActions.add(action);
    }

    private HttpServerResponse head(int status, Map<String, String> headers) {
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        return response;
    }

    private void clientGone() {
        var actions = takeGone();
        ticker.remove(reminder);
        stream.ifPresent(SseWriter::gone);
        actions.forEach(Runnable::run);
    }

    /** A stream ends with the rights it was opened with. */
    private void watch(SseWriter writer) {
        var watch = rights.apply(this::rightsEnded);
        writer.onEnd(watch::close);
    }

    private void rightsEnded(String why) {
        var actions = takeGone();
        ticker.remove(reminder);
        stream.ifPresent(open -> open.end(why));
        actions.forEach(Runnable::run);
    }

    private void tick() {
        if (isSlow()) {
            takeSlow().forEach(Runnable::run);
        }
    }

    private synchronized boolean isSlow() {
        ticks++;
        return ticks >= SLOW_TICKS;
    }

    private synchronized void hold(SseWriter writer) {
        stream = Optional.of(writer);
    }

    private synchronized boolean begin() {
        boolean first = !begun && !gone;
        begun = true;
        return first;
    }

    private synchronized void finish() {
        complete = true;
        goneActions.clear();
        slowActions.clear();
        ticker.remove(reminder);
    }

    private synchronized boolean addGone(Runnable action) {
        if (gone || complete) {
            return gone;
        }
        goneActions.add(action);
        return false;
    }

    private synchronized List<Runnable> takeGone() {
        gone = !complete;
        var actions = List.copyOf(goneActions);
        goneActions.clear();
        return actions;
    }

    private synchronized List<Runnable> takeSlow() {
        var actions = begun ? List.<Runnable>of() : List.copyOf(slowActions);
        slowActions.clear();
        return actions;
    }
}
