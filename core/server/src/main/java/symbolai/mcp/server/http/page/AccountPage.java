package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.temporal.ChronoUnit;
import java.util.List;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.identity.OpenSignIn;
import symbolai.mcp.server.identity.SignIn;
import symbolai.mcp.server.identity.SignIns;

/** The page that says who is signed in, and leads on. */
public final class AccountPage implements PageRoutes {

    private final Browser browser;
    private final SignIns signIns;
    private final IdentityConfig config;
    private final Texts texts;

    public AccountPage(Browser browser, SignIns signIns, IdentityConfig config) {
        this.browser = browser;
        this.signIns = signIns;
        this.config = config;
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get("/account").handler(this::show);
    }

    private void show(RoutingContext context) {
        browser.current(context)
                .compose(person -> person.map(known -> show(context, known)).orElseGet(() -> toSignIn(context)))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> toSignIn(RoutingContext context) {
        browser.toSignIn(context);
        return Future.succeededFuture();
    }

    private Future<Void> show(RoutingContext context, SignedIn person) {
        return person.open()
                .map(open -> signIns.list(open.signIn().user()).map(all -> body(context, person, open, all)))
                .orElseGet(() -> Future.succeededFuture(
                        new Html().element("p", texts.text("account.local")).add(links(context, false))))
                .onSuccess(body -> browser.page(
                        context,
                        200,
                        new Page(texts.text("account.title", person.caller().name()), body).by(person)))
                .mapEmpty();
    }

    private Html body(RoutingContext context, SignedIn person, OpenSignIn open, List<SignIn> all) {
        var body = new Html()
                .element("p", texts.text("account.role", person.caller().role().text()), "class", "quiet")
                .add(links(context, config.passwords() && open.signIn().user().hasPassword()))
                .element("h2", texts.text("account.sign-ins"))
                .open("ul", "class", "plain");
        all.forEach(
                signIn -> body.add(item(signIn, signIn.id().equals(open.signIn().id()))));
        return body.close("ul")
                .add(new Form(browser.address(context, "/sign-out"), browser.csrfToken(person))
                        .button(texts.text("sign-out.button"), "everywhere", "no", "second")
                        .button(texts.text("account.end"), "everywhere", "yes", "second")
                        .html());
    }

    private Html links(RoutingContext context, boolean hasPassword) {
        var links = new Html().open("ul", "class", "plain");
        link(links, browser.address(context, "/docs"), texts.text("account.docs"));
        link(links, browser.address(context, "/approvals"), texts.text("account.approvals"));
        if (hasPassword) {
            link(links, browser.address(context, "/password"), texts.text("account.password"));
        }
        return links.close("ul");
    }

    private static void link(Html html, String address, String text) {
        html.open("li").element("a", text, "href", address).close("li");
    }

    private Html item(SignIn signIn, boolean isThis) {
        var seen = signIn.seen().truncatedTo(ChronoUnit.MINUTES).toString();
        var item = new Html()
                .open("li")
                .text(texts.text("account.last", signIn.address(), seen))
                .text(isThis ? " · " + texts.text("account.this") : "");
        return item.element("div", signIn.agent(), "class", "quiet").close("li");
    }
}
