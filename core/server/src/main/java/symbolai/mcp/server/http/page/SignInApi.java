package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.http.BodyReader;
import symbolai.mcp.server.identity.CsrfTokens;
import symbolai.mcp.server.identity.OpenSignIn;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.rest.RestAnswer;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.rest.RestCode;
import symbolai.mcp.server.rest.RestProblem;

/** Signing in and out for scripts of our own pages, as JSON: what the pages do, and the cookie is the same. */
public final class SignInApi implements PageRoutes {

    private static final String ROOT = "/api/mcp/auth/";
    private static final int LARGEST = 64 << 10;

    private final Browser browser;
    private final SignIns signIns;
    private final CsrfTokens csrfTokens;
    private final RestApi rest;

    public SignInApi(Browser browser, SignIns signIns, CsrfTokens csrfTokens, RestApi rest) {
        this.browser = browser;
        this.signIns = signIns;
        this.csrfTokens = csrfTokens;
        this.rest = rest;
    }

    @Override
    public void mount(Router router) {
        router.post(ROOT + "sign-in").handler(context -> answer(context, signIn(context)));
        router.post(ROOT + "sign-out").handler(context -> answer(context, known(context, this::signOut)));
        router.post(ROOT + "password").handler(context -> answer(context, known(context, this::changePassword)));
        router.post(ROOT + "step-up").handler(context -> answer(context, known(context, this::stepUp)));
    }

    /** What somebody who is signed in asks for. */
    @FunctionalInterface
    private interface Wish {
        Future<JsonObject> fulfil(RoutingContext context, OpenSignIn open, JsonObject fields);
    }

    private Future<JsonObject> signIn(RoutingContext context) {
        context.request().pause();
        if (browser.isForeign(context)) {
            return refused("sign in on a page of this server");
        }
        if (!browser.isSafe(context)) {
            return refused(browser.texts().text("failed.encryption"));
        }
        return fields(context)
                .compose(fields -> signIns.signIn(
                        text(fields, "name"), new Secret(text(fields, "password")), browser.visitor(context)))
                .map(open -> entered(context, open));
    }

    private Future<JsonObject> signOut(RoutingContext context, OpenSignIn open, JsonObject fields) {
        return signIns.end(open.signIn(), browser.visitor(context))
                .onSuccess(ended -> browser.forget(context))
                .map(ended -> new JsonObject().put("signedOut", true));
    }

    private Future<JsonObject> changePassword(RoutingContext context, OpenSignIn open, JsonObject fields) {
        return signIns.changePassword(
                        open,
                        new Secret(text(fields, "current")),
                        new Secret(text(fields, "next")),
                        browser.visitor(context))
                .map(changed -> entered(context, changed));
    }

    private Future<JsonObject> stepUp(RoutingContext context, OpenSignIn open, JsonObject fields) {
        return signIns.stepUp(open, new Secret(text(fields, "password")), browser.visitor(context))
                .map(fresh -> entered(context, fresh));
    }

    private Future<JsonObject> known(RoutingContext context, Wish wish) {
        return browser.current(context)
                .compose(person -> person.flatMap(SignedIn::open)
                        .map(open -> allowed(context, person.get())
                                .compose(allowed -> fields(context))
                                .compose(fields -> wish.fulfil(context, open, fields)))
                        .orElseGet(() -> Future.failedFuture(new RestProblem(
                                RestCode.FORBIDDEN, "you are not signed in; POST auth/sign-in first"))));
    }

    private Future<Void> allowed(RoutingContext context, SignedIn person) {
        return browser.objection(context, person).map(SignInApi::<Void>refused).orElseGet(Future::succeededFuture);
    }

    private Future<JsonObject> fields(RoutingContext context) {
        return rest.object(
                Optional.ofNullable(context.request().getHeader("Content-Type")).orElse(""), () -> body(context));
    }

    private static Future<Buffer> body(RoutingContext context) {
        return new BodyReader(context, LARGEST)
                .read()
                .recover(failure -> Future.failedFuture(new RestProblem(
                        failure instanceof BodyReader.TooLarge ? RestCode.TOO_LARGE : RestCode.REQUEST_TIMEOUT,
                        "the body is too large, or did not arrive in time")));
    }

    private JsonObject entered(RoutingContext context, OpenSignIn open) {
        var person = browser.enter(context, open);
        return new JsonObject()
                .put("name", person.caller().name())
                .put("role", person.caller().role().text())
                .put("csrfToken", csrfTokens.of(person.caller()).reveal())
                .put("expiresAt", open.signIn().expires().toString());
    }

    private void answer(RoutingContext context, Future<JsonObject> result) {
        result.map(RestAnswer::ok)
                .otherwise(rest::failed)
                .onSuccess(answer -> write(context, (RestAnswer.Whole) answer))
                .onFailure(context::fail);
    }

    private static void write(RoutingContext context, RestAnswer.Whole answer) {
        context.request().resume();
        var response = context.response()
                .setStatusCode(answer.status())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private static String text(JsonObject fields, String name) {
        if (fields.getValue(name) instanceof String text) {
            return text;
        }
        throw new RestProblem(RestCode.INVALID, "the field " + name + " is missing; it is a text");
    }

    private static <T> Future<T> refused(String reason) {
        return Future.failedFuture(new RestProblem(RestCode.FORBIDDEN, reason));
    }
}
