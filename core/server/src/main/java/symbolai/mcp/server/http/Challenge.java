package symbolai.mcp.server.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import symbolai.mcp.server.identity.oauth.Scopes;
import symbolai.mcp.server.identity.oauth.ServerMetadata;
import symbolai.mcp.server.identity.oauth.Site;

/**
 * What a client is told that must show a credential, or a better one: one challenge, every value in double quotes. Without discovery it
 * names no document about OAuth, because some clients then forget the API key that they were given.
 */
final class Challenge {

    private final Sites sites;
    private final boolean discovery;

    Challenge(Sites sites, boolean discovery) {
        this.sites = sites;
        this.discovery = discovery;
    }

    /** The caller is not known. */
    String unknown(RoutingContext context, boolean showedSomething) {
        var error = showedSomething ? ", error=\"invalid_token\"" : "";
        return discovery
                ? "Bearer resource_metadata=\"" + document(context) + "\", scope=\"" + Scopes.READING.text() + "\""
                        + error
                : "Bearer realm=\"symbolai-mcp\"" + error;
    }

    /** The caller's token is good, but not for this. */
    String lacking(RoutingContext context, Set<String> scopes) {
        var lacking = "Bearer error=\"insufficient_scope\", scope=\""
                + Scopes.of(scopes).text() + "\"";
        return discovery ? lacking + ", resource_metadata=\"" + document(context) + "\"" : lacking;
    }

    /** Where the resource that was called is described; what is below one of REST's paths belongs to the path above it. */
    private String document(RoutingContext context) {
        var path = context.normalizedPath();
        var site = sites.of(context);
        var known = Site.MCP_PATHS.contains(path) ? path : "/api/mcp";
        return site.origin() + ServerMetadata.RESOURCE + site.prefix() + known;
    }
}
