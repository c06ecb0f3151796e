package symbolai.mcp.server.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.SignedIn;

/** Takes a request to a page on which users decide: strangers sign in first. */
final class Leading {

    private final Browser browser;

    Leading(Browser browser) {
        this.browser = browser;
    }

    /** What a page does for somebody who is signed in. */
    @FunctionalInterface
    interface Step {
        Future<Void> take(SignedIn person);
    }

    /** What a page does with a form. */
    @FunctionalInterface
    interface FormStep {
        Future<Void> take(SignedIn person, JsonObject fields);
    }

    /** Goes on with who is signed in. */
    void signedIn(RoutingContext context, Step step) {
        browser.current(context)
                .compose(person -> person.map(step::take).orElseGet(() -> toSignIn(context)))
                .onFailure(failure -> browser.fail(context, failure));
    }

    /** Goes on with who is signed in, and the form that was sent. */
    void form(RoutingContext context, FormStep step) {
        signedIn(context, person -> browser.form(context, person).compose(fields -> step.take(person, fields)));
    }

    /** Sends the browser to a client. */
    static Future<Void> toClient(RoutingContext context, String location) {
        context.request().resume();
        return context.response()
                .setStatusCode(303)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .end();
    }

    private Future<Void> toSignIn(RoutingContext context) {
        browser.toSignIn(context);
        return Future.succeededFuture();
    }
}
