package symbolai.mcp.server.http.oauth;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.server.http.Sites;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.identity.oauth.ServerMetadata;
import symbolai.mcp.server.identity.oauth.Site;

/** The documents by which clients find out how to get a token; pages of any origin may read them. */
public final class DocumentRoutes implements PageRoutes {

    private static final String HOLD = "no-cache";

    private final Sites sites;

    public DocumentRoutes(Sites sites) {
        this.sites = sites;
    }

    @Override
    public void mount(Router router) {
        router.get(ServerMetadata.RESOURCE).handler(this::resource);
        router.get(ServerMetadata.RESOURCE + "/*").handler(this::resource);
        router.get(ServerMetadata.SERVER).handler(context -> write(context, ServerMetadata.server(sites.of(context))));
    }

    private void resource(RoutingContext context) {
        var site = sites.of(context);
        resource(site, context.normalizedPath().substring(ServerMetadata.RESOURCE.length()))
                .ifPresentOrElse(
                        resource -> write(context, ServerMetadata.resource(site, resource)), () -> context.fail(404));
    }

    /** The resource whose path follows that of the document. */
    private static Optional<String> resource(Site site, String path) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var own =
                plain.startsWith(site.prefix()) ? plain.substring(site.prefix().length()) : plain;
        return own.isEmpty() || Site.MCP_PATHS.contains(own) ? Optional.of(site.url(own)) : Optional.empty();
    }

    private static void write(RoutingContext context, JsonObject document) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", HOLD)
                .putHeader("Vary", "Host")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(document.toBuffer());
    }
}
