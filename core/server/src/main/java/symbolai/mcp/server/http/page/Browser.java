package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.crypto.Signer;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.CsrfTokens;
import symbolai.mcp.server.identity.OpenSignIn;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.Visitor;

/** The door for pages: who sits at the browser, what its forms say, and how it is answered. All on the request's event loop. */
public final class Browser {

    private static final String COOKIE = "symbolai";
    private static final String STRANGER_COOKIE = "symbolai-form";

    private final SignIns signIns;
    private final Auth auth;
    private final CsrfTokens csrfTokens;
    private final Clock clock;
    private final Cookies cookies;
    private final StrangerTokens strangers;
    private final OwnPages ownPages;
    private final boolean encrypted;
    private final FormReader forms = new FormReader();
    private final Texts texts = new Texts();
    private final PageWriter writer = new PageWriter(texts);

    public Browser(SignIns signIns, Auth auth, HttpConfig config, CsrfTokens csrfTokens, Signer signer, Clock clock) {
        this.encrypted = config.publicUrl()
                .filter(url -> "https".equals(url.getScheme()))
                .isPresent();
        this.signIns = signIns;
        this.auth = auth;
        this.csrfTokens = csrfTokens;
        this.clock = clock;
        this.cookies = new Cookies(COOKIE, encrypted);
        this.strangers = new StrangerTokens(new Cookies(STRANGER_COOKIE, encrypted), signer, clock);
        this.ownPages = new OwnPages(config.publicUrl());
    }

    /** Who is signed in; empty for strangers. The body of the request waits meanwhile. */
    public Future<Optional<SignedIn>> current(RoutingContext context) {
        context.request().pause();
        if (auth == Auth.NONE) {
            return Future.succeededFuture(Optional.of(local()));
        }
        return cookies.read(context)
                .map(cookie -> signIns.find(cookie).map(found -> found.map(open -> known(context, open))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /** Sends a stranger to sign in, and back to this page afterwards. */
    public void toSignIn(RoutingContext context) {
        var here = String.valueOf(context.request().uri());
        redirect(context, "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8));
    }

    /** Sends somebody to give the password again, and back to this page afterwards. */
    public void toStepUp(RoutingContext context) {
        var here = String.valueOf(context.request().uri());
        redirect(context, "/step-up?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8));
    }

    /** What goes into each form of this person, as {@link Form} puts it there. */
    public String csrfToken(SignedIn person) {
        return csrfTokens.of(person.caller()).reveal();
    }

    /**
     * The fields of a form that was sent, all of them texts; fails with a {@link PageProblem} when a page of ours did not send it, or when it is
     * not the form of this person.
     */
    public Future<JsonObject> form(RoutingContext context, SignedIn person) {
        return read(context, token -> csrfTokens.isGood(token, person.caller()));
    }

    /** The same of a form for strangers, which carries what {@link #strangerToken} gave. */
    Future<JsonObject> strangerForm(RoutingContext context) {
        return read(context, token -> strangers.isGood(context, token));
    }

    /** What goes into a form for somebody who is not signed in. */
    String strangerToken(RoutingContext context) {
        return strangers.issue(context);
    }

    /** Answers with a page. */
    public void page(RoutingContext context, int status, Page page) {
        writer.page(context, status, page);
    }

    /**
     * Answers with another place of ours to go to.
     *
     * @param path begins with a slash
     */
    public void redirect(RoutingContext context, String path) {
        writer.redirect(context, path);
    }

    /** Answers with a page that says what went wrong; what we did not foresee is logged, not shown. */
    public void fail(RoutingContext context, Throwable failure) {
        writer.fail(context, failure);
    }

    /** The address of a path of ours, for links and forms. */
    public String address(RoutingContext context, String path) {
        return Original.of(context).prefix() + path;
    }

    /** What the pages say. */
    public Texts texts() {
        return texts;
    }

    /** Why this person's request that came with a cookie is not carried out; empty when it is. */
    public Optional<String> objection(RoutingContext context, SignedIn person) {
        var method = context.request().method().name();
        if (method.equals("GET") || method.equals("HEAD")) {
            return ownPages.areForeignTo(context)
                    ? Optional.of("pages of other origins may not ask with the cookie of a sign-in")
                    : Optional.empty();
        }
        if (!ownPages.sent(context)) {
            return Optional.of("a request with the cookie of a sign-in must come from a page of this server");
        }
        var token = Optional.ofNullable(context.request().getHeader("X-CSRF-Token"));
        return token.filter(given -> csrfTokens.isGood(given, person.caller())).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "send the csrfToken of GET auth/status as X-CSRF-Token with a request that changes something");
    }

    /** Lets the browser have a sign-in from now on. */
    SignedIn enter(RoutingContext context, OpenSignIn open) {
        return known(context, open);
    }

    /** Lets the browser forget its sign-in. */
    void forget(RoutingContext context) {
        cookies.clear(context);
    }

    /** Cookies of this name whose values have this form. */
    Cookies cookies(String name, String values) {
        return new Cookies(name, values, encrypted);
    }

    /** Answers with a place of somebody else's to go to. */
    void leave(RoutingContext context, URI place) {
        writer.leave(context, place);
    }

    /** Whether the way is safe for cookies. */
    boolean isSafe(RoutingContext context) {
        return cookies.areSafe(context);
    }

    /** Whether a browser says that a page of somebody else sent this. */
    boolean isForeign(RoutingContext context) {
        return ownPages.areForeignTo(context);
    }

    Visitor visitor(RoutingContext context) {
        return new Visitor(
                Original.of(context).address(),
                Optional.ofNullable(context.request().getHeader("User-Agent")).orElse(""));
    }

    private SignedIn known(RoutingContext context, OpenSignIn open) {
        if (open.isNew()) {
            cookies.set(context, open.cookie());
        }
        var caller = open.signIn().caller(Original.of(context).address());
        return new SignedIn(caller, open.signIn().isFresh(clock.instant()), Optional.of(open));
    }

    /** Everybody on this machine; what keeps other pages out is where the request came from. */
    private SignedIn local() {
        return new SignedIn(Authenticator.localAdmin(), true, Optional.empty());
    }

    private Future<JsonObject> read(RoutingContext context, Predicate<String> isOurs) {
        if (!ownPages.sent(context)) {
            return Future.failedFuture(new PageProblem(403, texts.text("failed.foreign")));
        }
        return forms.read(context).map(fields -> checked(fields, isOurs));
    }

    private JsonObject checked(JsonObject fields, Predicate<String> isOurs) {
        if (fields.remove(Form.CSRF) instanceof String token && isOurs.test(token)) {
            return fields;
        }
        throw new PageProblem(403, texts.text("failed.stale"));
    }
}
