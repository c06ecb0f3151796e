package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.identity.OpenSignIn;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.oidc.Arrival;
import symbolai.mcp.server.identity.oidc.Departure;
import symbolai.mcp.server.identity.oidc.OpenIdProvider;
import symbolai.mcp.server.identity.oidc.ProviderRefused;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** The way to an OpenID provider and back, at whose end somebody is signed in. */
public final class ProviderPages implements PageRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
    private static final String BACK = ProviderWay.PATH + "/callback";
    private static final String HOME = "/account";
    /** A longer one does not fit into a cookie with all else. */
    private static final int LONGEST_NEXT = 2_000;

    private static final Map<Kind, Integer> STATUSES = Map.of(
            Kind.BROKEN_OFF, 400,
            Kind.DECLINED, 403,
            Kind.UNAVAILABLE, 502,
            Kind.INVALID, 502,
            Kind.NO_ROLE, 403,
            Kind.NO_ACCOUNT, 403);

    private final Browser browser;
    private final OpenIdProvider provider;
    private final SignIns signIns;
    private final Optional<URI> publicUrl;
    private final Cookies journeys;
    private final Texts texts;

    public ProviderPages(Browser browser, OpenIdProvider provider, SignIns signIns, HttpConfig config) {
        this.browser = browser;
        this.provider = provider;
        this.signIns = signIns;
        this.publicUrl = config.publicUrl();
        this.journeys = browser.cookies("symbolai-provider", "[0-9A-Za-z_-]{43,3800}");
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get(ProviderWay.PATH).handler(this::depart);
        router.get(BACK).handler(this::arrive);
    }

    /** A page of somebody else may not send people there without asking. */
    private void depart(RoutingContext context) {
        var next = Optional.ofNullable(context.queryParams().get("next"))
                .flatMap(OwnPath::of)
                .filter(path -> path.length() <= LONGEST_NEXT)
                .orElse(HOME);
        if (browser.isForeign(context)) {
            browser.redirect(context, "/sign-in");
        } else if (!browser.isSafe(context)) {
            browser.fail(context, new PageProblem(403, texts.text("failed.encryption")));
        } else {
            provider.depart(
                            back(context),
                            next,
                            "yes".equals(context.queryParams().get("again")))
                    .onSuccess(departure -> leave(context, departure))
                    .onFailure(failure -> fail(context, failure));
        }
    }

    private void leave(RoutingContext context, Departure departure) {
        journeys.set(context, new Secret(departure.journey()));
        browser.leave(context, departure.provider());
    }

    private void arrive(RoutingContext context) {
        var journey = journeys.read(context).map(Secret::reveal);
        journeys.clear(context);
        provider.arrive(parameters(context), journey, Original.of(context).address())
                .compose(arrival -> enter(context, arrival))
                .onFailure(failure -> fail(context, failure));
    }

    /** The sign-in that there was ends, or every confirmation would leave one behind. */
    private Future<Void> enter(RoutingContext context, Arrival arrival) {
        var visitor = browser.visitor(context);
        return browser.current(context)
                .compose(before -> signIns.provided(arrival.user(), arrival.fresh(), visitor)
                        .compose(open ->
                                end(context, before.flatMap(SignedIn::open)).map(open)))
                .onSuccess(open -> browser.enter(context, open))
                .onSuccess(open -> browser.redirect(context, arrival.next()))
                .mapEmpty();
    }

    private Future<Void> end(RoutingContext context, Optional<OpenSignIn> before) {
        return before.map(open -> signIns.end(open.signIn(), browser.visitor(context)))
                .orElseGet(Future::succeededFuture);
    }

    private void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof ProviderRefused refused) {
            var kind = refused.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            LOG.atWarn()
                    .addKeyValue("provider", provider.name())
                    .addKeyValue("kind", kind)
                    .addKeyValue("why", refused.getMessage())
                    .log("sign-in by the provider refused");
            signIns.refused("provider: " + kind, browser.visitor(context));
            show(context, refused.kind(), kind);
        } else {
            browser.fail(context, failure);
        }
    }

    private void show(RoutingContext context, Kind kind, String text) {
        var body = new Html()
                .element("p", texts.text("provider." + text, provider.name()), "class", "problem", "role", "alert")
                .open("p")
                .element("a", texts.text("provider.back"), "href", browser.address(context, "/sign-in"))
                .close("p");
        browser.page(context, STATUSES.getOrDefault(kind, 502), new Page(texts.text("provider.title"), body));
    }

    /** The address that the provider knows: the public one, unless the browser is on this machine. */
    private URI back(RoutingContext context) {
        var original = Original.of(context);
        var here = original.origin() + original.prefix();
        return URI.create(publicUrl
                        .filter(url -> !original.isOnLoopback())
                        .map(URI::toString)
                        .orElse(here)
                + BACK);
    }

    private static Map<String, List<String>> parameters(RoutingContext context) {
        var parameters = new HashMap<String, List<String>>();
        context.queryParams()
                .forEach((name, value) -> parameters
                        .computeIfAbsent(name, none -> new ArrayList<>())
                        .add(value));
        return parameters;
    }
}
