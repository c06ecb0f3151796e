package symbolai.mcp.server.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.Form;
import symbolai.mcp.server.http.page.Html;
import symbolai.mcp.server.http.page.Page;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.http.page.SignedIn;
import symbolai.mcp.server.http.page.Texts;
import symbolai.mcp.server.identity.oauth.Devices;

/** The page on which a user types the code that a program without a browser shows. A link never fills the code in. */
public final class DevicePages implements PageRoutes {

    private final Browser browser;
    private final Leading leading;
    private final Devices devices;
    private final ConsentPage consent;
    private final Texts texts;

    public DevicePages(Browser browser, Devices devices) {
        this.browser = browser;
        this.leading = new Leading(browser);
        this.devices = devices;
        this.consent = new ConsentPage(browser);
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get(Devices.PAGE)
                .handler(context -> leading.signedIn(context, person -> type(context, 200, person, "")));
        router.post(Devices.PAGE)
                .handler(context -> leading.form(context, (person, fields) -> typed(context, person, fields)));
    }

    private Future<Void> type(RoutingContext context, int status, SignedIn person, String problem) {
        var body = new Html();
        if (!problem.isEmpty()) {
            body.element("p", problem, "class", "problem", "role", "alert");
        }
        var form = new Form(browser.address(context, Devices.PAGE), browser.csrfToken(person))
                .text("code", texts.text("device.code"), "", "off")
                .button(texts.text("device.button"));
        body.element("p", texts.text("device.intro")).add(form.html());
        browser.page(context, status, new Page(texts.text("device.title"), body).by(person));
        return Future.succeededFuture();
    }

    private Future<Void> typed(RoutingContext context, SignedIn person, JsonObject fields) {
        var code = fields.getString("code", "");
        return devices.find(code, person.caller().id())
                .compose(found -> found.isPresent()
                        ? known(context, person, fields, found.get())
                        : type(context, 400, person, texts.text("device.wrong")));
    }

    private Future<Void> known(RoutingContext context, SignedIn person, JsonObject fields, Devices.Pending pending) {
        if (ConsentPage.isDecision(fields)) {
            return decide(context, person, fields, pending);
        }
        var action = browser.address(context, Devices.PAGE);
        browser.page(
                context,
                200,
                consent.of(pending.client(), pending.scopes(), fields.getString("code", ""), action, person));
        return Future.succeededFuture();
    }

    private Future<Void> decide(RoutingContext context, SignedIn person, JsonObject fields, Devices.Pending pending) {
        boolean agrees = ConsentPage.agrees(fields);
        var user = person.caller().id();
        return devices.decide(
                        pending,
                        agrees,
                        ConsentPage.scopes(fields),
                        user,
                        Original.of(context).address())
                .compose(decided -> decided
                        ? done(context, person, agrees)
                        : type(context, 400, person, texts.text("device.wrong")));
    }

    private Future<Void> done(RoutingContext context, SignedIn person, boolean agrees) {
        var body = new Html().element("p", texts.text(agrees ? "device.allowed" : "device.denied"));
        browser.page(context, 200, new Page(texts.text("device.done"), body).by(person));
        return Future.succeededFuture();
    }
}
