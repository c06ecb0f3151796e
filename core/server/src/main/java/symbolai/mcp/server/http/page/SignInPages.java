package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.identity.SignInRefused;
import symbolai.mcp.server.identity.SignIns;

/** The pages on which users sign in and out. */
public final class SignInPages implements PageRoutes {

    private static final String PATH = "/sign-in";
    private static final String HOME = "/account";

    private final Browser browser;
    private final SignIns signIns;
    private final IdentityConfig config;
    private final Clock clock;
    private final Texts texts;

    public SignInPages(Browser browser, SignIns signIns, IdentityConfig config, Clock clock) {
        this.browser = browser;
        this.signIns = signIns;
        this.config = config;
        this.clock = clock;
        this.texts = browser.texts();
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(this::show);
        router.post(PATH).handler(this::signIn);
        router.post("/sign-out").handler(this::signOut);
    }

    private void show(RoutingContext context) {
        var next = next(context.queryParams().get("next"));
        browser.current(context)
                .onSuccess(person -> person.ifPresentOrElse(
                        known -> browser.redirect(context, next), () -> ask(context, 200, "", next, Optional.empty())))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private void signIn(RoutingContext context) {
        context.request().pause();
        browser.strangerForm(context)
                .compose(fields -> signIn(context, fields))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> signIn(RoutingContext context, JsonObject fields) {
        var name = fields.getString("name", "");
        var next = next(fields.getString("next"));
        if (!browser.isSafe(context)) {
            throw new PageProblem(403, texts.text("failed.encryption"));
        }
        return signIns.signIn(name, new Secret(fields.getString("password", "")), browser.visitor(context))
                .onSuccess(open -> browser.enter(context, open))
                .onSuccess(open -> browser.redirect(context, next))
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof SignInRefused refused
                        ? refuse(context, name, next, refused)
                        : Future.failedFuture(failure));
    }

    private Future<Void> refuse(RoutingContext context, String name, String next, SignInRefused refused) {
        refused.retryAt()
                .map(moment -> Duration.between(clock.instant(), moment).toSeconds())
                .ifPresent(
                        seconds -> context.response().putHeader("Retry-After", String.valueOf(Math.max(1, seconds))));
        var status = refused.retryAt().isPresent() ? 429 : 403;
        ask(context, status, name, next, Optional.ofNullable(refused.getMessage()));
        return Future.succeededFuture();
    }

    private void ask(RoutingContext context, int status, String name, String next, Optional<String> problem) {
        var body = new Html();
        problem.ifPresent(text -> body.element("p", text, "class", "problem", "role", "alert"));
        if (!browser.isSafe(context)) {
            body.element("p", texts.text("failed.encryption"), "class", "problem", "role", "alert");
        }
        config.provider()
                .ifPresent(provider -> body.element(
                        "a",
                        texts.text("sign-in.provider", provider.name()),
                        "class",
                        "button",
                        "href",
                        browser.address(context, ProviderWay.toSignIn(next))));
        if (config.passwords()) {
            body.add(passwordForm(context, name, next));
        }
        browser.page(context, status, new Page(texts.text("sign-in.title"), body));
    }

    private Html passwordForm(RoutingContext context, String name, String next) {
        var html = new Html();
        config.provider().ifPresent(provider -> html.element("p", texts.text("sign-in.or"), "class", "or"));
        return html.add(new Form(browser.address(context, PATH), browser.strangerToken(context))
                        .hidden("next", next)
                        .text("name", texts.text("sign-in.name"), name, "username")
                        .password("password", texts.text("sign-in.password"), "current-password")
                        .button(texts.text("sign-in.button"))
                        .html())
                .open("p")
                .close("p")
                .element("p", texts.text("sign-in.hint"), "class", "quiet");
    }

    private void signOut(RoutingContext context) {
        browser.current(context)
                .compose(person -> person.map(known -> signOut(context, known)).orElseGet(Future::succeededFuture))
                .onSuccess(done -> browser.forget(context))
                .onSuccess(done -> browser.redirect(context, PATH))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> signOut(RoutingContext context, SignedIn person) {
        return browser.form(context, person)
                .compose(fields -> person.open()
                        .map(open -> fields.getString("everywhere", "").equals("yes")
                                ? signIns.endAll(person.caller()).<Void>mapEmpty()
                                : signIns.end(open.signIn(), browser.visitor(context)))
                        .orElseGet(Future::succeededFuture));
    }

    private static String next(@Nullable String given) {
        return Optional.ofNullable(given).flatMap(OwnPath::of).orElse(HOME);
    }
}
