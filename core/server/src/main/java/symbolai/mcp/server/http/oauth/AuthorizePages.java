package symbolai.mcp.server.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.http.Sites;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.Html;
import symbolai.mcp.server.http.page.Page;
import symbolai.mcp.server.http.page.PageProblem;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.http.page.SignedIn;
import symbolai.mcp.server.http.page.Visible;
import symbolai.mcp.server.identity.oauth.AuthorizationAsk;
import symbolai.mcp.server.identity.oauth.Authorizations;
import symbolai.mcp.server.identity.oauth.Misdirected;
import symbolai.mcp.server.identity.oauth.OAuthProblem;

/** The page to which a program sends its user, who agrees or does not. Nothing is done for a stranger, not even the request is looked at. */
public final class AuthorizePages implements PageRoutes {

    private static final String PATH = "/oauth/authorize";

    private final Browser browser;
    private final Leading leading;
    private final Sites sites;
    private final Authorizations authorizations;
    private final ConsentPage consent;

    public AuthorizePages(Browser browser, Sites sites, Authorizations authorizations) {
        this.browser = browser;
        this.leading = new Leading(browser);
        this.sites = sites;
        this.authorizations = authorizations;
        this.consent = new ConsentPage(browser);
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(context -> leading.signedIn(context, person -> read(context, person)));
        router.post(PATH)
                .handler(context -> leading.form(context, (person, fields) -> decided(context, person, fields)));
    }

    private Future<Void> read(RoutingContext context, SignedIn person) {
        Map<String, List<String>> parameters = new HashMap<>();
        context.queryParams()
                .names()
                .forEach(name -> parameters.put(name, context.queryParams().getAll(name)));
        return authorizations
                .read(parameters, sites.of(context), person.caller().id())
                .compose(ask -> go(context, person, ask))
                .recover(failure -> refuse(context, person, failure));
    }

    private Future<Void> go(RoutingContext context, SignedIn person, AuthorizationAsk ask) {
        var user = person.caller().id();
        return authorizations
                .agreed(ask, user)
                .compose(agreed -> agreed
                        ? authorizations.again(ask, user).compose(location -> Leading.toClient(context, location))
                        : ask(context, person, ask));
    }

    private Future<Void> ask(RoutingContext context, SignedIn person, AuthorizationAsk ask) {
        var sealed = authorizations.seal(ask, person.caller().id());
        browser.page(context, 200, consent.of(ask, sealed, browser.address(context, PATH), person));
        return Future.succeededFuture();
    }

    private Future<Void> refuse(RoutingContext context, SignedIn person, Throwable failure) {
        if (failure instanceof Misdirected misdirected) {
            return authorizations
                    .isKnown(misdirected, person.caller().id())
                    .compose(known -> known
                            ? Leading.toClient(context, misdirected.location())
                            : offer(context, person, misdirected));
        }
        return Future.failedFuture(failure instanceof OAuthProblem problem ? told(problem) : failure);
    }

    private Future<Void> offer(RoutingContext context, SignedIn person, Misdirected misdirected) {
        var texts = browser.texts();
        var body = new Html()
                .element(
                        "p", texts.text("consent.mistake", Visible.line(misdirected.description()), misdirected.code()))
                .open("p")
                .link(misdirected.location(), texts.text("consent.back", misdirected.host()))
                .close("p");
        browser.page(context, 400, new Page(texts.text("failed.title"), body).by(person));
        return Future.succeededFuture();
    }

    private static PageProblem told(OAuthProblem problem) {
        return problem.code().equals("temporarily_unavailable")
                ? new PageProblem(
                        503,
                        "The program that sent you here cannot be let in now: " + Visible.line(problem.description())
                                + ".")
                : new PageProblem(400, sentence(problem));
    }

    private static String sentence(OAuthProblem problem) {
        return "The program that sent you here has made a mistake, so you are not sent back: "
                + Visible.line(problem.description()) + " (" + problem.code() + ").";
    }

    private Future<Void> decided(RoutingContext context, SignedIn person, JsonObject fields) {
        var user = person.caller().id();
        var ask = authorizations
                .open(fields.getString("request", ""), user)
                .orElseThrow(() -> new PageProblem(400, browser.texts().text("consent.stale")));
        var address = Original.of(context).address();
        var location = ConsentPage.agrees(fields)
                ? authorizations.accept(ask, user, ConsentPage.scopes(fields), address)
                : authorizations.refuse(ask, user, address);
        return location.compose(where -> Leading.toClient(context, where));
    }
}
