package symbolai.mcp.server.http.page;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.server.http.Original;

/** Tells whether a request was sent by a page of ours, as browsers say it and pages cannot. */
final class OwnPages {

    private final Optional<String> publicOrigin;

    OwnPages(Optional<URI> publicUrl) {
        this.publicOrigin = publicUrl.map(OwnPages::originOf);
    }

    /** Whether a browser says that a page of ours sent it. A program says nothing, and has no cookies that somebody else could use. */
    boolean sent(RoutingContext context) {
        var origin = context.request().getHeader("Origin");
        return origin == null ? "same-origin".equals(site(context)) : isOurs(context, origin) && !isForeign(context);
    }

    /** Whether a browser says that a page sent it that is not ours. */
    boolean areForeignTo(RoutingContext context) {
        var origin = context.request().getHeader("Origin");
        return isForeign(context) || (origin != null && !isOurs(context, origin));
    }

    private static boolean isForeign(RoutingContext context) {
        var site = site(context);
        return !site.isEmpty() && !site.equals("same-origin") && !site.equals("none");
    }

    private boolean isOurs(RoutingContext context, String origin) {
        var lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals(Original.of(context).origin())
                || publicOrigin.filter(lower::equals).isPresent();
    }

    private static String site(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("Sec-Fetch-Site"))
                .orElse("");
    }

    private static String originOf(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
    }
}
