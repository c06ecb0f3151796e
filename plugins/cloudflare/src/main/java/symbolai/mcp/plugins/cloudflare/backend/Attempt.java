package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ToolException;

/** One try of one request: ends by the deadline or when it is cancelled, and knows whether a byte was sent. */
final class Attempt {

    private static final int MAX_ERROR_BYTES = 1 << 20;
    private static final long MAX_CONNECT_MILLIS = 10_000;

    private final HttpCall call;
    private final boolean streamed;
    private final FamilyContext context;
    private final Promise<HttpReply> outcome = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private volatile Optional<HttpClientRequest> request = Optional.empty();
    private volatile boolean sent;

    Attempt(HttpCall call, boolean streamed, FamilyContext context) {
        this.call = call;
        this.streamed = streamed;
        this.context = context;
    }

    Future<HttpReply> run() {
        if (call.target().cancellation().isCancelled()) {
            return Future.failedFuture(HttpFailure.cancelled(call, false));
        }
        if (call.target().deadline().hasPassed()) {
            return Future.failedFuture(HttpFailure.notSent(call, "no time was left"));
        }
        var loop = Optional.ofNullable(Vertx.currentContext());
        var timer = context.timers().once(call.target().deadline().remaining(), () -> on(loop, this::late));
        call.target().cancellation().onCancel(() -> on(loop, this::cancel));
        context.httpClient().request(options()).onComplete(this::connected, this::notConnected);
        return outcome.future().onComplete(done -> timer.cancel());
    }

    private RequestOptions options() {
        var millis = Math.max(1, call.target().deadline().remaining().toMillis());
        var options = new RequestOptions()
                .setMethod(call.method())
                .setHost(call.origin().host())
                .setPort(call.origin().port())
                .setSsl(call.origin().secure())
                .setURI(call.origin().path() + call.path())
                .setFollowRedirects(false)
                .setConnectTimeout(Math.min(MAX_CONNECT_MILLIS, millis));
        call.headers().forEach(options::putHeader);
        call.token().ifPresent(token -> options.putHeader("authorization", "Bearer " + token.reveal()));
        return options;
    }

    private void notConnected(Throwable failure) {
        outcome.tryFail(HttpFailure.notSent(call, failure.getClass().getSimpleName()));
    }

    private void connected(HttpClientRequest connected) {
        if (outcome.future().isComplete()) {
            connected.reset();
            return;
        }
        request = Optional.of(connected);
        sent = true;
        var response = call.body().isPresent() ? connected.send(call.body().get()) : connected.send();
        response.onComplete(this::answered, this::broken);
    }

    private void answered(HttpClientResponse response) {
        if (outcome.future().isComplete()) {
            return;
        }
        if (streamed && response.statusCode() >= 200 && response.statusCode() < 300) {
            stream(response);
            return;
        }
        response.exceptionHandler(this::broken);
        response.handler(bytes -> collect(response, bytes));
        response.endHandler(ended -> outcome.tryComplete(reply(response, body)));
        // A length that is too large is refused before a byte of it is read.
        length(response).filter(length -> length > most()).ifPresent(length -> tooLarge(response));
    }

    private void collect(HttpClientResponse response, Buffer bytes) {
        if (body.length() + bytes.length() > most()) {
            tooLarge(response);
            return;
        }
        body.appendBuffer(bytes);
    }

    private long most() {
        return streamed ? MAX_ERROR_BYTES : call.maxBytes();
    }

    private void stream(HttpClientResponse response) {
        var stream = new BodyStream(call, response, context);
        if (!outcome.tryComplete(
                new HttpReply(response.statusCode(), response.headers(), Buffer.buffer(), Optional.of(stream)))) {
            stream.close();
        }
    }

    private void tooLarge(HttpClientResponse response) {
        var success = response.statusCode() >= 200 && response.statusCode() < 300;
        end(HttpFailure.tooLarge(call, success, most()));
    }

    private void broken(Throwable failure) {
        outcome.tryFail(HttpFailure.broken(call, failure.getClass().getSimpleName()));
    }

    private void late() {
        end(sent ? HttpFailure.timedOut(call) : HttpFailure.notSent(call, "no connection was made in time"));
    }

    private void cancel() {
        end(HttpFailure.cancelled(call, sent));
    }

    /** The connection is closed too, so that nothing of this answer is taken for the next one. */
    private void end(ToolException failure) {
        if (outcome.tryFail(failure)) {
            request.ifPresent(HttpClientRequest::reset);
        }
    }

    private static HttpReply reply(HttpClientResponse response, Buffer body) {
        return new HttpReply(response.statusCode(), response.headers(), body, Optional.empty());
    }

    private static Optional<Long> length(HttpClientResponse response) {
        return Optional.ofNullable(response.getHeader("content-length"))
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
    }

    /** Keeps all steps on one event loop where there is one. */
    private static void on(Optional<Context> loop, Runnable step) {
        loop.ifPresentOrElse(context -> context.runOnContext(v -> step.run()), step);
    }
}
