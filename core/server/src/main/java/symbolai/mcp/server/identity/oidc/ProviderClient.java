package symbolai.mcp.server.identity.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** Asks the provider: by https, or on this machine; without following redirects, and for a bounded time and answer. */
final class ProviderClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 5_000;

    private final HttpClient http;

    ProviderClient(Vertx vertx) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setIdleTimeout((int) PATIENCE.toSeconds()));
    }

    /** What a URL holds; anything but a success is a failure. */
    Future<String> get(URI url) {
        return send(new HTTPRequest(HTTPRequest.Method.GET, url))
                .compose(answer -> answer.getStatusCode() == HTTPResponse.SC_OK
                        ? Future.succeededFuture(answer.getBody())
                        : unavailable(url, "it answered with the status " + answer.getStatusCode()));
    }

    Future<HTTPResponse> send(HTTPRequest request) {
        var url = request.getURI();
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.getMethod().name()))
                .setAbsoluteURI(url.toString())
                .setTimeout(PATIENCE.toMillis())
                .setFollowRedirects(false);
        headers(request).forEach(options::addHeader);
        return http.request(options)
                .compose(opened -> exchange(opened, Optional.ofNullable(request.getBody()))
                        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(failure -> opened.reset()))
                .recover(failure -> unavailable(url, "it cannot be reached: " + failure));
    }

    Future<Void> close() {
        return http.close();
    }

    /** Nimbus made them; each has one value. */
    private static Map<String, String> headers(HTTPRequest request) {
        var headers = new HashMap<String, String>();
        for (var name : request.getHeaderMap().keySet()) {
            headers.put(String.valueOf(name), request.getHeaderValue(String.valueOf(name)));
        }
        return headers;
    }

    private static Future<HTTPResponse> exchange(HttpClientRequest request, Optional<String> body) {
        return request.send(body.orElse("")).compose(ProviderClient::read);
    }

    private static Future<HTTPResponse> read(HttpClientResponse response) {
        var body = new BoundedText(response);
        return response.end().map(ended -> answer(response, body.text()));
    }

    private static HTTPResponse answer(HttpClientResponse response, String body) {
        var answer = new HTTPResponse(response.statusCode());
        try {
            Optional.ofNullable(response.getHeader("Content-Type"))
                    .ifPresent(type -> answer.setHeader("Content-Type", type));
            answer.ensureEntityContentType();
        } catch (ParseException notNamed) {
            answer.setHeader("Content-Type", "application/octet-stream");
        }
        answer.setBody(body);
        return answer;
    }

    private static <T> Future<T> unavailable(URI url, String why) {
        return Future.failedFuture(new ProviderRefused(Kind.UNAVAILABLE, url + ": " + why));
    }
}
