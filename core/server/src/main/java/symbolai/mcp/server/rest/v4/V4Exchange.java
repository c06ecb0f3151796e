package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ByteStream;

/** One request from its first line to the last byte of its answer. */
final class V4Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(V4Exchange.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SIGNED = "/client/v4/signed/";

    private final HttpServerRequest request;
    private final V4Routes routes;
    private final Bearer bearer;
    private final SignedFiles files;
    private final BodyBudget budget;
    private final V4Callers callers;
    private final LoopbackDoor door = new LoopbackDoor();
    private final Leaving leaving = new Leaving();
    private final String ray = HexFormat.of().toHexDigits(RANDOM.nextLong()) + "-LCL";
    private Optional<V4Body> body = Optional.empty();

    V4Exchange(
            HttpServerRequest request,
            V4Routes routes,
            Bearer bearer,
            SignedFiles files,
            BodyBudget budget,
            V4Callers callers) {
        this.request = request;
        this.routes = routes;
        this.bearer = bearer;
        this.files = files;
        this.budget = budget;
        this.callers = callers;
    }

    void run() {
        request.pause();
        request.response().closeHandler(closed -> leaving.leave());
        Future.succeededFuture()
                .compose(begun -> admit())
                .compose(this::read)
                .recover(failure -> Future.succeededFuture(V4Answer.error(told(failure))))
                .compose(this::send)
                .onFailure(failure -> request.connection().close())
                .onComplete(sent -> end());
    }

    private Future<V4Routes.Found> admit() {
        var path = String.valueOf(request.path());
        var objection = door.objection(request.headers()).or(() -> objection(path));
        if (objection.isPresent()) {
            return Future.failedFuture(objection.get());
        }
        var found = routes.find(request.method().name(), path);
        checkAccount(found.variables(), path);
        return Future.succeededFuture(found);
    }

    /** Who knows a signed name needs no token; who knows none is refused before anything of the body is read. */
    private Optional<V4Error> objection(String path) {
        if (!path.startsWith(SIGNED)) {
            return bearer.objection(request.headers(), path);
        }
        var known = files.find(path.substring(SIGNED.length())).isPresent();
        return known
                ? Optional.empty()
                : Optional.of(new V4Error(404, 10007, "there is no such file, or its hour is over"));
    }

    private static void checkAccount(Map<String, String> variables, String path) {
        var account = variables.getOrDefault("account", LocalAccount.ID);
        if (!account.matches("[0-9a-fA-F]{32}")) {
            throw V4Routes.unknown(path);
        }
        if (!account.equalsIgnoreCase(LocalAccount.ID)) {
            throw new V4Error(
                    403,
                    7403,
                    "The given account is not valid or is not authorized to access this service; here it is "
                            + LocalAccount.ID);
        }
    }

    private Future<V4Answer> read(V4Routes.Found found) {
        var reading = new V4Body(request, budget.atMost(found.route().largestBody()), budget);
        body = Optional.of(reading);
        return reading.read().compose(bytes -> found.route().handler().apply(understood(found, bytes)));
    }

    private V4Request understood(V4Routes.Found found, Buffer bytes) {
        var base = "http://" + door.host(request.headers()).orElseThrow();
        return new V4Request(
                found.variables(), parameters(), request.headers(), bytes, base, callers.account(request, leaving));
    }

    private MultiMap parameters() {
        try {
            return request.params();
        } catch (IllegalArgumentException malformed) {
            throw new V4Error(400, 10001, "the query holds a percent sign that two hexadecimal digits do not follow");
        }
    }

    private V4Error told(Throwable failure) {
        if (failure instanceof V4Error known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new V4Error(408, 10408, "the body did not arrive in time");
        }
        LOG.atError().setCause(failure).addKeyValue("ray", ray).log("local api request failed");
        return new V4Error(500, 10002, "internal error; the server's log has it under " + ray);
    }

    private Future<Void> send(V4Answer answer) {
        var response = request.response();
        if (response.closed()) {
            answer.stream().ifPresent(ByteStream::close);
            return Future.succeededFuture();
        }
        response.setStatusCode(answer.status()).putHeader("cf-ray", ray).putHeader("Cache-Control", "no-store");
        try {
            answer.headers().forEach(response::putHeader);
        } catch (IllegalArgumentException unsendable) {
            answer.stream().ifPresent(ByteStream::close);
            return Future.failedFuture(unsendable);
        }
        if (!request.isEnded()) {
            response.putHeader("Connection", "close");
        }
        return answer.stream().map(stream -> pour(stream, response)).orElseGet(() -> response.end(answer.bytes()));
    }

    private Future<Void> pour(ByteStream stream, HttpServerResponse response) {
        if (response.headers().get("Content-Length") == null) {
            response.setChunked(true);
        }
        leaving.onCancel(stream::close);
        return stream.pipeTo(response).onComplete(poured -> stream.close());
    }

    /** What was not read of a body must not be taken for the next request. */
    private void end() {
        leaving.answer();
        body.ifPresent(V4Body::free);
        if (!request.isEnded()) {
            request.connection().close();
        }
    }
}
