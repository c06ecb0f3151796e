package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.cloudflare.backend.Quotation;
import symbolai.mcp.plugins.wrangler.StateNames;

/** Speaks with Local Explorer, the REST API that {@code wrangler dev} serves. */
final class Explorer {

    /** Longer than a server on this machine takes, and shorter than the wait before another try. */
    private static final Duration LOOK = Duration.ofMillis(1500);

    private static final int REFUSED_SQL = 10131;
    private static final int SQL = 10001;

    private final HttpSender sender;

    Explorer(HttpSender sender) {
        this.sender = sender;
    }

    /** What one server has of a kind; a server that does not answer fails soon. */
    Future<List<Store>> stores(StateNames kind, Origin origin, Operation operation) {
        var path = switch (kind) {
            case D1 -> "/d1/database";
            case KV -> "/storage/kv/namespaces";
            case R2 -> "/r2/buckets";
        };
        return json(get(origin, path, hasty(operation)), answer -> stores(kind, origin, answer));
    }

    /** The Workers that one server runs. */
    Future<List<Fields>> workers(Origin origin, Operation operation) {
        return json(get(origin, "/local/workers", hasty(operation)), Explorer::named);
    }

    HttpCall get(Origin origin, String path, Operation operation) {
        return HttpCall.of(operation, origin, HttpMethod.GET, path).reading();
    }

    HttpCall post(Origin origin, String path, JsonObject body, Operation operation) {
        return HttpCall.of(operation, origin, HttpMethod.POST, path).body("application/json", body.toBuffer());
    }

    /**
     * Sends, and reads the envelope of an answer that succeeded.
     *
     * @param read throws {@link Malformed} when the answer lacks what it must have
     */
    <T> Future<T> json(HttpCall call, Function<Fields, T> read) {
        return sender.send(
                call, reply -> envelope(call, reply).map(read).recover(failure -> malformed(call, reply, failure)));
    }

    /** The objects that an envelope's result holds, which must be a list of nothing else. */
    static List<Fields> list(Fields answer) {
        return entries(answer, "result");
    }

    /** The object that an envelope's result is. */
    static Fields object(Fields answer) {
        return Fields.of(answer.value("result").orElseThrow(() -> new Malformed("it has no result")));
    }

    private static List<Fields> entries(Fields answer, String name) {
        if (answer.json().getValue(name) instanceof JsonArray array) {
            return Fields.all(array);
        }
        throw new Malformed("its " + name + " is no list");
    }

    private static List<Fields> named(Fields answer) {
        var workers = list(answer);
        workers.forEach(worker -> worker.required("name"));
        return workers;
    }

    private static <T> Future<T> malformed(HttpCall call, HttpReply reply, Throwable failure) {
        return Future.failedFuture(
                failure instanceof Malformed odd ? HttpFailure.unreadable(call, reply, odd.what()) : failure);
    }

    /** Sends, and gives an answer that is no envelope when it succeeded. */
    Future<HttpReply> raw(HttpCall call) {
        return sender.send(call, reply -> succeeded(call, reply));
    }

    /** The same with a body that is read later. */
    <T> Future<T> download(HttpCall call, Function<HttpReply, T> read) {
        return sender.download(call, reply -> succeeded(call, reply).map(read));
    }

    private Future<HttpReply> succeeded(HttpCall call, HttpReply reply) {
        return reply.isSuccess()
                ? Future.succeededFuture(reply)
                : envelope(call, reply)
                        .compose(odd ->
                                Future.failedFuture(HttpFailure.unreadable(call, reply, "it says that it succeeded")));
    }

    private Future<Fields> envelope(HttpCall call, HttpReply reply) {
        if (!reply.isJson()) {
            return Future.failedFuture(notAnExplorer(call, reply));
        }
        return sender.json(call, reply)
                .map(value -> Fields.loose(value.orElse("")))
                .compose(answer -> answer.fact("success").orElse(false) && reply.isSuccess()
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(failure(call, reply, answer)));
    }

    private static ToolException failure(HttpCall call, HttpReply reply, Fields answer) {
        var errors = answer.each("errors");
        if (errors.isEmpty()) {
            return notAnExplorer(call, reply);
        }
        var said = errors.stream()
                .limit(3)
                .map(error -> error.text("message").orElse(""))
                .collect(Collectors.joining("; "));
        var code = errors.get(0).number("code").map(Number::intValue).orElse(0);
        // A statement that is wrong is answered with 500.
        var reason = code == SQL || code == REFUSED_SQL ? Reason.INVALID : HttpFailure.reason(reply.status());
        return HttpFailure.status(call, reply, Quotation.of(said, Optional.empty()), reason);
    }

    private static ToolException notAnExplorer(HttpCall call, HttpReply reply) {
        if (!reply.isSuccess()) {
            return HttpFailure.status(call, reply, "");
        }
        return HttpFailure.unreadable(
                call,
                reply,
                "it is not Local Explorer's (HTTP " + reply.status() + "); wrangler 4.164 or later has it");
    }

    private static List<Store> stores(StateNames kind, Origin origin, Fields answer) {
        var found = kind == StateNames.R2 ? entries(object(answer), "buckets") : list(answer);
        var id = kind == StateNames.D1 ? "uuid" : kind == StateNames.KV ? "id" : "name";
        var title = kind == StateNames.KV ? "title" : "name";
        return found.stream()
                .map(entry ->
                        Store.of(kind, entry.required(id), entry.filled(title).orElse(entry.required(id))))
                .map(store -> store.servedAt(origin))
                .toList();
    }

    /** The same operation with less time, since who does not run does not answer. */
    static Operation hasty(Operation operation) {
        var left = operation.deadline().remaining();
        return new Operation(
                operation.name(),
                new JsonObject(),
                Operation.Access.READ,
                left.compareTo(LOOK) < 0 ? operation.deadline() : Deadline.after(LOOK),
                operation.cancellation());
    }

    /** An array as the body, which some routes want. */
    HttpCall array(HttpMethod method, Origin origin, String path, JsonArray body, Operation operation) {
        return HttpCall.of(operation, origin, method, path).body("application/json", body.toBuffer());
    }
}
