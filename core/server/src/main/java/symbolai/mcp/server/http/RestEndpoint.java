package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.SignedIn;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.rest.ApiDocs;
import symbolai.mcp.server.rest.BodyUnread;
import symbolai.mcp.server.rest.RestAnswer;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.rest.RestRequest;
import symbolai.mcp.server.tools.CancelSignal;

/** The REST endpoint: who calls, then the room that answers, then the bytes. */
final class RestEndpoint {

    /** Where REST begins. */
    static final String ROOT = "/api/mcp/";

    private final Admission admission;
    private final Browser browser;
    private final RestApi api;
    private final ApiDocs docs;
    private final Refusals refusals;
    private final int maxBodyBytes;

    RestEndpoint(Admission admission, Browser browser, RestApi api, ApiDocs docs, Refusals refusals, int maxBodyBytes) {
        this.admission = admission;
        this.browser = browser;
        this.api = api;
        this.docs = docs;
        this.refusals = refusals;
        this.maxBodyBytes = maxBodyBytes;
    }

    void handle(RoutingContext context) {
        if (admission.hasKeyInUrl(context)) {
            refusals.refuse(context, 400, "a key belongs into the Authorization header, never into the URL");
            return;
        }
        context.request().pause();
        admission
                .admit(context)
                .onSuccess(authentication -> enter(context, authentication))
                .onFailure(context::fail);
    }

    /** The document of what the caller may call. */
    void document(RoutingContext context) {
        admission
                .admit(context)
                .onSuccess(authentication -> document(context, authentication))
                .onFailure(context::fail);
    }

    private void document(RoutingContext context, Authentication authentication) {
        if (authentication instanceof Authentication.Known known) {
            document(context, known.caller());
        } else if (authentication instanceof Authentication.Missing) {
            browser.current(context)
                    .onSuccess(person -> person.ifPresentOrElse(
                            known -> document(context, known.caller()), () -> challenge(context, false)))
                    .onFailure(context::fail);
        } else {
            challenge(context, true);
        }
    }

    private void document(RoutingContext context, Caller caller) {
        var tags = Optional.ofNullable(context.request().getHeader("If-None-Match"));
        write(context, api.document(caller, Gate.original(context).prefix(), tags));
    }

    private void challenge(RoutingContext context, boolean showedSomething) {
        context.request().resume();
        refusals.challenge(context, showedSomething);
    }

    /** The page that shows it. */
    void page(RoutingContext context) {
        docs.page(Gate.original(context).prefix())
                .onSuccess(answer -> write(context, answer))
                .onFailure(context::fail);
    }

    /** One of the page's files. */
    void file(RoutingContext context) {
        docs.file(String.valueOf(context.pathParam("file")))
                .ifPresentOrElse(
                        found -> found.onSuccess(answer -> write(context, answer))
                                .onFailure(context::fail),
                        () -> context.fail(404));
    }

    private void enter(RoutingContext context, Authentication authentication) {
        if (authentication instanceof Authentication.Known known) {
            serve(context, known.caller(), true);
        } else if (authentication instanceof Authentication.Missing) {
            browser.current(context)
                    .onSuccess(person -> person.ifPresentOrElse(
                            known -> enter(context, known), () -> turnAway(context, authentication)))
                    .onFailure(context::fail);
        } else {
            turnAway(context, authentication);
        }
    }

    private void enter(RoutingContext context, SignedIn person) {
        browser.objection(context, person)
                .ifPresentOrElse(
                        reason -> refusals.refuse(context, 403, reason),
                        () -> serve(context, person.caller(), person.isFresh()));
    }

    private void turnAway(RoutingContext context, Authentication authentication) {
        var open = api.forStrangers(context.request().method().name(), path(context));
        if (open.isPresent()) {
            write(context, open.get());
            return;
        }
        context.request().resume();
        refusals.challenge(context, authentication instanceof Authentication.Refused);
    }

    private static String path(RoutingContext context) {
        return context.normalizedPath().substring(ROOT.length());
    }

    private void serve(RoutingContext context, Caller caller, boolean fresh) {
        var gone = new CancelSignal();
        context.response().closeHandler(closed -> gone.cancel());
        Future.succeededFuture(request(context, caller, fresh, gone))
                .compose(api::answer)
                .onComplete(answered -> gone.end())
                .onSuccess(answer -> write(context, answer))
                .onFailure(failure -> fail(context, failure));
    }

    private RestRequest request(RoutingContext context, Caller caller, boolean fresh, CancelSignal gone) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        context.queryParams()
                .names()
                .forEach(name -> query.put(name, context.queryParams().getAll(name)));
        return new RestRequest(
                context.request().method().name(),
                path(context),
                query,
                context.request().headers(),
                caller,
                fresh,
                Gate.original(context).prefix(),
                () -> body(context),
                gone);
    }

    private Future<Buffer> body(RoutingContext context) {
        return new BodyReader(context, maxBodyBytes)
                .read()
                .recover(failure -> Future.failedFuture(new BodyUnread(failure)));
    }

    private static void write(RoutingContext context, RestAnswer answer) {
        var response = context.response();
        context.request().resume();
        if (response.ended() || response.closed()) {
            drop(answer);
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response::putHeader);
        if (answer instanceof RestAnswer.Whole whole) {
            response.end(whole.body());
        } else {
            new DownloadWriter(((RestAnswer.Download) answer).streamed()).write(context.request());
        }
    }

    private static void drop(RestAnswer answer) {
        if (answer instanceof RestAnswer.Download download) {
            download.streamed().body().close();
        }
    }

    private void fail(RoutingContext context, Throwable failure) {
        var cause = failure.getCause();
        if (cause instanceof BodyReader.TooLarge tooLarge) {
            refusals.refuse(context, 413, String.valueOf(tooLarge.getMessage()));
        } else if (cause instanceof TimeoutException) {
            refusals.refuse(context, 408, "the body did not arrive in time");
        } else {
            context.fail(failure);
        }
    }
}
