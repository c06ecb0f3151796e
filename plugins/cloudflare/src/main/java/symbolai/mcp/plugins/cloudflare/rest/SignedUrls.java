package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/** Reads and writes at URLs that Cloudflare gives for a while; the token is never sent there. */
final class SignedUrls {

    private static final String NAME = "Cloudflare's storage";

    private final HttpSender sender;
    private final boolean insecure;

    /**
     * A way to the URLs.
     *
     * @param insecure whether they may be plain http, which only an API on this machine gives
     */
    SignedUrls(HttpSender sender, boolean insecure) {
        this.sender = sender;
        this.insecure = insecure;
    }

    /** Reads what lies there, as a stream. */
    Future<HttpReply> read(Operation operation, String url) {
        var call = call(operation, HttpMethod.GET, url);
        return sender.download(call, reply -> judged(call, reply));
    }

    /** Puts bytes there. That may be done twice, since nothing happens by it alone. */
    Future<HttpReply> write(Operation operation, String url, Buffer bytes) {
        var call = call(operation, HttpMethod.PUT, url).reading().body("application/octet-stream", bytes);
        return sender.send(call, reply -> judged(call, reply));
    }

    private HttpCall call(Operation operation, HttpMethod method, String url) {
        try {
            var uri = URI.create(url);
            var origin = Origin.of(NAME, new URI(uri.getScheme(), uri.getAuthority(), null, null, null).toString());
            if (!origin.secure() && !insecure) {
                throw new Malformed("it names a URL without TLS");
            }
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return HttpCall.of(operation, origin, method, uri.getRawPath() + query);
        } catch (IllegalArgumentException | java.net.URISyntaxException wrong) {
            throw new Malformed("it names no URL where one is due");
        }
    }

    private static Future<HttpReply> judged(HttpCall call, HttpReply reply) {
        return reply.isSuccess()
                ? Future.succeededFuture(reply)
                : Future.failedFuture(HttpFailure.status(call, reply, ""));
    }
}
