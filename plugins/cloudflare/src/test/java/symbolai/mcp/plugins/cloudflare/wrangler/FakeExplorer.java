package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import symbolai.mcp.testkit.Answers;

/** Answers in the shapes that Local Explorer of wrangler 4.164.0 was seen to answer in. */
final class FakeExplorer implements AutoCloseable {

    private static final String BASE = "/cdn-cgi/local/explorer/api";

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    volatile JsonObject answer = new JsonObject(
            "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[],\"result_info\":{\"count\":0,\"cursor\":\"\"}}");
    volatile int status = 200;
    /** Whether a Worker answers instead, as where there is no Local Explorer. */
    volatile boolean plain;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);

    FakeExplorer() {
        Answers.await(server.listen(0, "127.0.0.1"));
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        Answers.await(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> reply(request, body));
    }

    private void reply(HttpServerRequest request, Buffer body) {
        requests.add(request.method() + " " + request.uri());
        if (body.length() > 0) {
            bodies.add(body.toString());
        }
        if (plain) {
            request.response().putHeader("content-type", "text/plain").end("hello from the Worker");
            return;
        }
        var result = switch (request.path().replace(BASE, "")) {
            case "/d1/database" ->
                "[{\"name\":\"DB\",\"uuid\":\"11111111-2222-3333-4444-555555555555\",\"version\":\"production\"}]";
            case "/storage/kv/namespaces" ->
                "[{\"id\":\"aaaabbbbccccddddeeeeffff00001111\",\"title\":\"KV\"},{\"id\":\"BARE\",\"title\":\"BARE\"}]";
            case "/r2/buckets" -> "{\"buckets\":[{\"name\":\"files\"}]}";
            default -> "";
        };
        var known = !result.isEmpty();
        request.response()
                .setStatusCode(known ? 200 : status)
                .putHeader("content-type", "application/json")
                .end(
                        known
                                ? "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + result + "}"
                                : answer.encode());
    }
}
