package symbolai.mcp.testkit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An HTTP client that hides nothing: it sends what it is told and shows what comes back. Calls block the test's thread. */
public final class McpClient implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Context loop;
    private final HttpClient http;
    private final int port;
    private final String path;
    private final Map<String, String> headers;
    private final AtomicInteger ids;

    private McpClient(
            Context loop, HttpClient http, int port, String path, Map<String, String> headers, AtomicInteger ids) {
        this.loop = loop;
        this.http = http;
        this.port = port;
        this.path = path;
        this.headers = headers;
        this.ids = ids;
    }

    /** A client of the server on the loopback port. */
    public static McpClient of(Vertx vertx, int port, String path) {
        var http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(512));
        return new McpClient(vertx.getOrCreateContext(), http, port, path, Map.of(), new AtomicInteger());
    }

    /** The same client with one more header in each request. */
    public McpClient with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new McpClient(loop, http, port, path, more, ids);
    }

    /** The same client with an API key. */
    public McpClient withKey(String key) {
        return with("Authorization", "Bearer " + key);
    }

    /** The same client at another path. */
    public McpClient at(String otherPath) {
        return new McpClient(loop, http, port, otherPath, headers, ids);
    }

    /** A header that each request carries, or the empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Posts a body of JSON. */
    public HttpAnswer post(String body) {
        return await(send(HttpMethod.POST, Buffer.buffer(body)));
    }

    /** Posts a message. */
    public HttpAnswer post(JsonObject message) {
        return post(message.encode());
    }

    /** Posts bytes. */
    public HttpAnswer post(Buffer body) {
        return await(send(HttpMethod.POST, body));
    }

    /** Posts a message and does not wait. */
    public Future<HttpAnswer> postLater(JsonObject message) {
        return send(HttpMethod.POST, message.toBuffer());
    }

    /** Sends a request without a body. */
    public HttpAnswer send(HttpMethod method) {
        return await(send(method, Buffer.buffer()));
    }

    /** Opens a stream with a GET. */
    public EventStream open() {
        return await(onLoop(
                () -> request(HttpMethod.GET).compose(HttpClientRequest::send).map(EventStream::new)));
    }

    /** Posts a message and reads the answer as a stream. */
    public EventStream stream(JsonObject message) {
        return await(onLoop(() -> request(HttpMethod.POST)
                .compose(request -> request.send(message.toBuffer()))
                .map(EventStream::new)));
    }

    /** A request with a fresh id. */
    public JsonObject message(String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", ids.incrementAndGet())
                .put("method", method)
                .put("params", params);
    }

    @Override
    public void close() {
        http.close().await();
    }

    private Future<HttpAnswer> send(HttpMethod method, Buffer body) {
        return onLoop(() -> request(method)
                .compose(request -> body.length() == 0 ? request.send() : request.send(body))
                .compose(response -> response.body()
                        .map(text -> new HttpAnswer(response.statusCode(), response.headers(), text.toString()))));
    }

    /**
     * On any other thread the first bytes of a response may come before somebody reads them, and be lost. Vert.x closes a client that nobody
     * holds any more, so what is under way holds it.
     */
    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(now -> work.get().onComplete((value, failure) -> settle(promise, value, failure)));
        return promise.future();
    }

    private <T> void settle(Promise<T> promise, @Nullable T value, @Nullable Throwable failure) {
        try {
            promise.complete(value, failure);
        } finally {
            Reference.reachabilityFence(http);
        }
    }

    private Future<HttpClientRequest> request(HttpMethod method) {
        var options = new RequestOptions().setMethod(method).setPort(port).setURI(path);
        if (method.equals(HttpMethod.POST)) {
            options.putHeader("Content-Type", "application/json");
            options.putHeader("Accept", "application/json, text/event-stream");
        } else if (method.equals(HttpMethod.GET)) {
            options.putHeader("Accept", "text/event-stream");
        }
        headers.forEach(options::putHeader);
        return http.request(options);
    }

    private static <T> T await(Future<T> future) {
        return future.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    }
}
