package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Secret;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/** Sends requests of the REST API and takes its answers out of their envelopes. */
final class RestClient {

    private final HttpSender sender;
    private final Origin origin;
    private final String prefix;
    private final Secret token;

    /**
     * A client.
     *
     * @param prefix what stands before all paths, such as {@code /accounts/…}; may be empty
     */
    RestClient(HttpSender sender, Origin origin, String prefix, Secret token) {
        this.sender = sender;
        this.origin = origin;
        this.prefix = prefix;
        this.token = token;
    }

    /** Sends a request whose answer comes in an envelope. */
    <T> Future<T> send(Operation operation, RestRequest request, Function<Envelope, T> shape) {
        var call = call(operation, request);
        return sender.send(
                call,
                reply -> readable(
                        call, reply, opened(operation, request, call, reply).map(shape)));
    }

    /** Sends a request whose answer comes as it is; only failures come in an envelope. */
    <T> Future<T> raw(Operation operation, RestRequest request, Function<HttpReply, T> shape) {
        var call = call(operation, request);
        return sender.send(
                call,
                reply -> readable(call, reply, bare(operation, call, reply).map(shape)));
    }

    /** The same with the body as a stream. */
    <T> Future<T> download(Operation operation, RestRequest request, Function<HttpReply, T> shape) {
        var call = call(operation, request);
        return sender.download(
                call,
                reply -> readable(call, reply, bare(operation, call, reply).map(shape)));
    }

    /** Sends a request whose answer is JSON without an envelope. */
    <T> Future<T> plain(Operation operation, RestRequest request, Function<Fields, T> shape) {
        var call = call(operation, request);
        return sender.send(
                call,
                reply -> readable(
                        call,
                        reply,
                        bare(operation, call, reply)
                                .compose(fine -> sender.json(call, fine))
                                .map(value -> shape.apply(Fields.of(value.orElse(""))))));
    }

    private HttpCall call(Operation operation, RestRequest request) {
        var path = prefix + request.path() + request.query();
        var call = HttpCall.of(operation, origin, request.method(), path)
                .token(token)
                .atMost(request.maxBytes());
        for (var header : request.headers().entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        var bodied = request.body().isPresent() ? call.body(request.body().get()) : call;
        return request.reading() ? bodied.reading() : bodied;
    }

    private Future<HttpReply> bare(Operation operation, HttpCall call, HttpReply reply) {
        return reply.isSuccess()
                ? Future.succeededFuture(reply)
                : error(call, reply)
                        .compose(error -> Future.failedFuture(error.failure(call, reply, Permissions.of(operation))));
    }

    private Future<Envelope> opened(Operation operation, RestRequest request, HttpCall call, HttpReply reply) {
        if (reply.status() == 204) {
            return Future.succeededFuture(Envelope.EMPTY);
        }
        if (!reply.isSuccess()) {
            return error(call, reply).compose(error -> refused(operation, request, call, reply, error));
        }
        if (!reply.isJson()) {
            return Future.failedFuture(HttpFailure.unreadable(call, reply, "it is not JSON"));
        }
        return sender.json(call, reply).compose(value -> unwrapped(operation, call, reply, value));
    }

    private static Future<Envelope> refused(
            Operation operation, RestRequest request, HttpCall call, HttpReply reply, ApiError error) {
        return reply.status() == 404 && error.hasAny(request.absent())
                ? Future.succeededFuture(Envelope.EMPTY)
                : Future.failedFuture(error.failure(call, reply, Permissions.of(operation)));
    }

    private static Future<Envelope> unwrapped(
            Operation operation, HttpCall call, HttpReply reply, Optional<Object> value) {
        var answer = Fields.of(value.orElse(""));
        var success = answer.fact("success").orElseThrow(() -> new Malformed("it is not in Cloudflare's envelope"));
        return success
                ? Future.succeededFuture(Envelope.of(answer))
                : Future.failedFuture(ApiError.of(answer).failure(call, reply, Permissions.of(operation)));
    }

    /** What a failure says of itself, where it says it in the agreed form. */
    private Future<ApiError> error(HttpCall call, HttpReply reply) {
        return reply.isJson()
                ? sender.json(call, reply)
                        .map(value -> value.map(Fields::of).map(ApiError::of).orElse(ApiError.NONE))
                        .otherwise(ApiError.NONE)
                : Future.succeededFuture(ApiError.NONE);
    }

    private static <T> Future<T> readable(HttpCall call, HttpReply reply, Future<T> read) {
        return read.recover(failure -> Future.failedFuture(
                failure instanceof Malformed malformed
                        ? HttpFailure.unreadable(call, reply, malformed.what())
                        : failure));
    }
}
