package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Speaks to a server over its control socket. */
final class ControlClient implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final HttpClient client = vertx.createHttpClient();
    private final Path socket;

    ControlClient(Path socket) {
        this.socket = socket;
    }

    JsonObject get(String path) {
        return call(HttpMethod.GET, path, Buffer.buffer());
    }

    JsonObject post(String path, JsonObject body) {
        return call(HttpMethod.POST, path, body.toBuffer());
    }

    /** The same; a download goes into the file, and then the answer is empty. */
    JsonObject post(String path, JsonObject body, Path file) {
        var download = new DownloadedFile(vertx, file);
        return Waiting.on(onLoop(() -> request(HttpMethod.POST, path)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.getHeader("Content-Disposition") == null
                        ? response.body().map(answer -> read(response.statusCode(), answer))
                        : download.take(response).map(new JsonObject()))));
    }

    JsonObject delete(String path) {
        return call(HttpMethod.DELETE, path, Buffer.buffer());
    }

    /** Joins standard input and output to the server until both are at their end. */
    void stdio(Streams streams) {
        Waiting.on(onLoop(() ->
                request(HttpMethod.POST, "/stdio").compose(request -> new StdioBridge(vertx, streams).join(request))));
    }

    /** One part of a path, from a text that somebody typed. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        Waiting.on(vertx.close());
    }

    private JsonObject call(HttpMethod method, String path, Buffer body) {
        return Waiting.on(onLoop(() -> request(method, path)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(answer -> read(response.statusCode(), answer)))));
    }

    /** A response must be asked for its body on the event loop that it arrives at: elsewhere the body may have passed already. */
    private <T> Future<T> onLoop(Supplier<Future<T>> exchange) {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(on -> exchange.get().onComplete(done));
        return done.future();
    }

    private Future<HttpClientRequest> request(HttpMethod method, String path) {
        return client.request(new RequestOptions()
                .setServer(SocketAddress.domainSocketAddress(socket.toString()))
                .setHost("localhost")
                .setMethod(method)
                .setURI(path));
    }

    private static JsonObject read(int status, Buffer answer) {
        try {
            var json = answer.toJsonObject();
            if (status == 200) {
                return json;
            }
            throw new CommandFailed(CommandFailed.FAILED, String.valueOf(json.getValue("error")));
        } catch (DecodeException e) {
            throw new CommandFailed(CommandFailed.FAILED, "The server answered " + status + " without JSON.");
        }
    }
}
