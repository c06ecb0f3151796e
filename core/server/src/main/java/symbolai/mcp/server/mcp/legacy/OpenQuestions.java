package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CancelSignal;

/** The requests of ours that one client has not answered yet. */
final class OpenQuestions {

    private static final String CANCELLED = "notifications/cancelled";

    private final Vertx vertx;
    private final JsonRpcCodec codec;
    private final Duration patience;
    private final String prefix;
    private final AtomicLong last = new AtomicLong();
    private final Map<Object, Promise<JsonObject>> waiting = new ConcurrentHashMap<>(2);

    /**
     * No questions yet.
     *
     * @param prefix begins the ids of the questions, so that an answer to one from before a restart finds nothing
     * @param patience how long the client may take
     */
    OpenQuestions(Vertx vertx, JsonRpcCodec codec, Duration patience, String prefix) {
        this.vertx = vertx;
        this.codec = codec;
        this.patience = patience;
        this.prefix = prefix;
    }

    /**
     * Asks the client. Fails with {@link NoAnswer} when it answers with an error, takes too long, or the call is cancelled.
     *
     * @param question a method and its params
     */
    Future<JsonObject> ask(JsonObject question, Outlet outlet, CancelSignal call) {
        String id = prefix + last.incrementAndGet();
        Promise<JsonObject> answer = Promise.promise();
        waiting.put(id, answer);
        long timer = vertx.setTimer(patience.toMillis(), late -> giveUp(id, outlet, "did not answer in time"));
        outlet.send(codec.request(id, question.getString("method"), question.getJsonObject("params")));
        call.onCancel(() -> giveUp(id, outlet, "cancelled the call"));
        return answer.future().onComplete(answered -> vertx.cancelTimer(timer));
    }

    /** A name for a page that the user is asked to open. */
    String newPage() {
        return prefix + "page-" + last.incrementAndGet();
    }

    /** Takes an answer; one that answers nothing is dropped. */
    void answered(JsonRpcMessage.Response response) {
        Optional.ofNullable(waiting.remove(response.id())).ifPresent(answer -> settle(answer, response));
    }

    /** Stops waiting for all answers. */
    void cancelAll() {
        List.copyOf(waiting.keySet())
                .forEach(id -> Optional.ofNullable(waiting.remove(id))
                        .ifPresent(answer -> answer.tryFail(new NoAnswer("is gone"))));
    }

    private static void settle(Promise<JsonObject> answer, JsonRpcMessage.Response response) {
        response.result().ifPresent(answer::tryComplete);
        response.error()
                .ifPresent(
                        error -> answer.tryFail(new NoAnswer("answered with an error: " + error.getValue("message"))));
    }

    /** The client is told first, because the call may end with the failure. */
    private void giveUp(Object id, Outlet outlet, String why) {
        Promise<JsonObject> answer = waiting.remove(id);
        if (answer != null) {
            JsonObject params = new JsonObject().put("requestId", id).put("reason", "the client " + why);
            outlet.send(codec.notification(CANCELLED, params));
            answer.tryFail(new NoAnswer(why));
        }
    }
}
