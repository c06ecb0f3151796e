package symbolai.mcp.server.http;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.identity.oauth.Site;

/** Tells by which of its names the server was called. Only names that the gate has let in come here. */
public final class Sites {

    private final Optional<URI> publicUrl;

    public Sites(HttpConfig config) {
        this.publicUrl = config.publicUrl();
    }

    /** The server by the name that the request has for it. */
    public Site of(RoutingContext context) {
        var original = Gate.original(context);
        var called = Authority.parse(original.hosts().get(0))
                .orElseThrow(() -> new IllegalStateException("the gate lets only names in"));
        return publicUrl
                .filter(url -> url.getHost().equalsIgnoreCase(called.host()))
                .map(Site::of)
                .orElseGet(() -> new Site(
                        Site.origin(
                                original.scheme(), called.host(), called.port().orElse(-1)),
                        original.prefix()));
    }
}
