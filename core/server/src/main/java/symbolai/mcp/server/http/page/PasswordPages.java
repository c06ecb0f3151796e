package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.identity.OpenSignIn;
import symbolai.mcp.server.identity.SignInRefused;
import symbolai.mcp.server.identity.SignIns;

/** The pages on which users who are signed in give their password again, or change it. */
public final class PasswordPages implements PageRoutes {

    private static final String PASSWORD = "/password";
    private static final String STEP_UP = "/step-up";

    private final Browser browser;
    private final SignIns signIns;
    private final IdentityConfig config;
    private final Texts texts;

    public PasswordPages(Browser browser, SignIns signIns, IdentityConfig config) {
        this.browser = browser;
        this.signIns = signIns;
        this.config = config;
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get(PASSWORD).handler(context -> signedIn(context, person -> askPassword(context, 200, person, "")));
        router.post(PASSWORD).handler(context -> signedIn(context, person -> change(context, person)));
        router.get(STEP_UP)
                .handler(context -> signedIn(context, person -> askStepUp(context, 200, person, next(context), "")));
        router.post(STEP_UP).handler(context -> signedIn(context, person -> stepUp(context, person)));
    }

    /** What a page does for somebody who is signed in. */
    @FunctionalInterface
    private interface Step {
        Future<Void> take(SignedIn person);
    }

    private void signedIn(RoutingContext context, Step step) {
        browser.current(context)
                .compose(person -> person.filter(known -> known.open().isPresent())
                        .map(step::take)
                        .orElseGet(() -> toSignIn(context)))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> toSignIn(RoutingContext context) {
        browser.toSignIn(context);
        return Future.succeededFuture();
    }

    private Future<Void> change(RoutingContext context, SignedIn person) {
        return browser.form(context, person).compose(fields -> change(context, person, fields));
    }

    private Future<Void> change(RoutingContext context, SignedIn person, JsonObject fields) {
        var next = fields.getString("next", "");
        if (!next.equals(fields.getString("again", ""))) {
            return askPassword(context, 400, person, texts.text("setup.different"));
        }
        return signIns.changePassword(
                        open(person),
                        new Secret(fields.getString("current", "")),
                        new Secret(next),
                        browser.visitor(context))
                .compose(changed -> enter(context, changed, "/account"))
                .recover(failure -> problem(failure)
                        .map(text -> askPassword(context, 403, person, text))
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    private Future<Void> stepUp(RoutingContext context, SignedIn person) {
        return browser.form(context, person).compose(fields -> stepUp(context, person, fields));
    }

    private Future<Void> stepUp(RoutingContext context, SignedIn person, JsonObject fields) {
        var next = OwnPath.of(fields.getString("next", "")).orElse("/account");
        return signIns.stepUp(open(person), new Secret(fields.getString("password", "")), browser.visitor(context))
                .compose(fresh -> enter(context, fresh, next))
                .recover(failure -> problem(failure)
                        .map(text -> askStepUp(context, 403, person, next, text))
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    private Future<Void> enter(RoutingContext context, OpenSignIn open, String next) {
        browser.enter(context, open);
        browser.redirect(context, next);
        return Future.succeededFuture();
    }

    private static Optional<String> problem(Throwable failure) {
        return failure instanceof SignInRefused || failure instanceof ToolException
                ? Optional.ofNullable(failure.getMessage())
                : Optional.empty();
    }

    private Future<Void> askPassword(RoutingContext context, int status, SignedIn person, String problem) {
        var form = new Form(browser.address(context, PASSWORD), browser.csrfToken(person))
                .password("current", texts.text("password.current"), "current-password")
                .password("next", texts.text("password.next"), "new-password")
                .password("again", texts.text("password.again"), "new-password")
                .button(texts.text("password.button"));
        var body = new Html();
        if (!problem.isEmpty()) {
            body.element("p", problem, "class", "problem", "role", "alert");
        }
        body.element("p", texts.text("password.intro")).add(form.html());
        browser.page(context, status, new Page(texts.text("password.title"), body).by(person));
        return Future.succeededFuture();
    }

    private Future<Void> askStepUp(RoutingContext context, int status, SignedIn person, String next, String problem) {
        var body = new Html();
        if (!problem.isEmpty()) {
            body.element("p", problem, "class", "problem", "role", "alert");
        }
        config.provider().ifPresent(known -> body.add(provider(context, known.name(), next)));
        if (hasPassword(person)) {
            config.provider().ifPresent(known -> body.element("p", texts.text("sign-in.or"), "class", "or"));
            body.add(password(context, person, next));
        } else if (config.provider().isEmpty()) {
            body.element("p", texts.text("step-up.no-password"), "class", "problem", "role", "alert");
        }
        browser.page(context, status, new Page(texts.text("step-up.title"), body).by(person));
        return Future.succeededFuture();
    }

    private boolean hasPassword(SignedIn person) {
        return config.passwords() && open(person).signIn().user().hasPassword();
    }

    private Html provider(RoutingContext context, String name, String next) {
        return new Html()
                .element("p", texts.text("step-up.provider-intro", name))
                .element(
                        "a",
                        texts.text("step-up.provider", name),
                        "class",
                        "button",
                        "href",
                        browser.address(context, ProviderWay.again(next)));
    }

    private Html password(RoutingContext context, SignedIn person, String next) {
        var form = new Form(browser.address(context, STEP_UP), browser.csrfToken(person))
                .hidden("next", next)
                .password(
                        "password",
                        texts.text("step-up.password", person.caller().name()),
                        "current-password")
                .button(texts.text("step-up.button"));
        return new Html().element("p", texts.text("step-up.intro")).add(form.html());
    }

    private static String next(RoutingContext context) {
        return Optional.ofNullable(context.queryParams().get("next"))
                .flatMap(OwnPath::of)
                .orElse("/account");
    }

    private static OpenSignIn open(SignedIn person) {
        return person.open().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }
}
