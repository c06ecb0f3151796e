package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.identity.SetupLinks;

/** The page where the first admin, or somebody whose password was lost, sets one by a link. */
public final class SetupPages implements PageRoutes {

    private final Browser browser;
    private final SetupLinks links;
    private final Texts texts;

    public SetupPages(Browser browser, SetupLinks links) {
        this.browser = browser;
        this.links = links;
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get(SetupLinks.PATH).handler(context -> ask(context, 200, "", Optional.empty()));
        router.post(SetupLinks.PATH).handler(this::set);
    }

    private void set(RoutingContext context) {
        context.request().pause();
        browser.strangerForm(context)
                .compose(fields -> set(context, fields))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> set(RoutingContext context, JsonObject fields) {
        var token = fields.getString("token", "").strip();
        var password = fields.getString("next", "");
        if (!browser.isSafe(context)) {
            throw new PageProblem(403, texts.text("failed.encryption"));
        }
        if (!password.equals(fields.getString("again", ""))) {
            ask(context, 400, token, Optional.of(texts.text("setup.different")));
            return Future.succeededFuture();
        }
        return links.redeem(new Secret(token), new Secret(password), browser.visitor(context))
                .onSuccess(open -> browser.enter(context, open))
                .onSuccess(open -> browser.redirect(context, "/account"))
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof ToolException refused
                        ? refuse(context, token, refused)
                        : Future.failedFuture(failure));
    }

    private Future<Void> refuse(RoutingContext context, String token, ToolException refused) {
        ask(context, 400, token, Optional.ofNullable(refused.getMessage()));
        return Future.succeededFuture();
    }

    /** The token comes back into the form that was sent in vain, as the address has lost it. */
    private void ask(RoutingContext context, int status, String token, Optional<String> problem) {
        var body = new Html();
        problem.ifPresent(text -> body.element("p", text, "class", "problem", "role", "alert"));
        body.element("p", texts.text("setup.intro"));
        var noToken = new Html();
        if (token.isEmpty()) {
            noToken.element("p", texts.text("setup.no-token"), "class", "quiet", "data-without-token", "");
        }
        var form = new Form(browser.address(context, SetupLinks.PATH), browser.strangerToken(context))
                .add(noToken)
                .text("token", texts.text("setup.token"), token, "off")
                .password("next", texts.text("setup.next"), "new-password")
                .password("again", texts.text("setup.again"), "new-password")
                .add(new Html().open("p").close("p").element("p", texts.text("setup.rules"), "class", "quiet"))
                .button(texts.text("setup.button"));
        body.add(form.html());
        browser.page(context, status, new Page(texts.text("setup.title"), body).with("setup.js"));
    }
}
