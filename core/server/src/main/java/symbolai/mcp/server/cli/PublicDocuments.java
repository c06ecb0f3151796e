package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.server.identity.oauth.ServerMetadata;
import symbolai.mcp.server.identity.oauth.Site;

/** Asks the public address, as a client would, for the documents by which clients find out how to get a token. */
final class PublicDocuments implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;
    private static final String RESOURCE = "/mcp";

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final HttpClient client = vertx.createHttpClient();
    private final Site site;

    PublicDocuments(URI publicUrl) {
        this.site = Site.of(publicUrl);
    }

    /** What is wrong with them, and what is right. */
    List<Examination.Finding> findings() {
        return List.of(
                compare(
                        site.origin() + ServerMetadata.RESOURCE + site.prefix() + RESOURCE,
                        "resource",
                        site.url(RESOURCE)),
                compare(site.origin() + ServerMetadata.SERVER, "issuer", site.origin()));
    }

    private Examination.Finding compare(String url, String member, String right) {
        return Waiting.on(ask(url).map(answer -> compare(url, answer, member, right))
                .otherwise(failure -> new Examination.Finding(
                        true,
                        url + " cannot be asked from here, which says nothing about clients elsewhere: "
                                + failure.getMessage())));
    }

    private static Examination.Finding compare(String url, Answer answer, String member, String right) {
        var found = answer.document().map(document -> String.valueOf(document.getValue(member)));
        if (found.isEmpty()) {
            return new Examination.Finding(
                    false,
                    url + " answers " + answer.status() + " and not with the document of this server; a proxy must"
                            + " pass /.well-known/ on, with the Host that it was called by");
        }
        return found.get().equals(right)
                ? new Examination.Finding(true, url + " names the " + member + " " + right)
                : new Examination.Finding(
                        false,
                        url + " names the " + member + " " + found.get() + " where server.publicUrl makes it " + right
                                + "; clients refuse that");
    }

    /** What came; the document only when it is one. */
    private record Answer(int status, Optional<JsonObject> document) {}

    /** On the event loop from the first step on: elsewhere a body may have passed before it is asked for. */
    private Future<Answer> ask(String url) {
        Promise<Answer> done = Promise.promise();
        vertx.runOnContext(on -> client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(url)
                        .putHeader("Accept", "application/json"))
                .compose(HttpClientRequest::send)
                .compose(PublicDocuments::read)
                .onComplete(done));
        return done.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body().map(body -> {
            try {
                var isThere = response.statusCode() == 200;
                return new Answer(response.statusCode(), isThere ? Optional.of(body.toJsonObject()) : Optional.empty());
            } catch (DecodeException | ClassCastException other) {
                return new Answer(response.statusCode(), Optional.empty());
            }
        });
    }

    @Override
    public void close() {
        Waiting.on(vertx.close());
    }
}
