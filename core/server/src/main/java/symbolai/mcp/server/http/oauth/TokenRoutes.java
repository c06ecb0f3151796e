package symbolai.mcp.server.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.http.BodyReader;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.http.Sites;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.identity.oauth.OAuthProblem;
import symbolai.mcp.server.identity.oauth.Registrations;
import symbolai.mcp.server.identity.oauth.TokenRequests;
import symbolai.mcp.server.identity.oauth.TokenRequests.Posted;

/** What clients call without a browser: they register, get tokens and codes for devices, and give tokens back. */
public final class TokenRoutes implements PageRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRoutes.class);
    private static final int MOST_BYTES = 16 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final Sites sites;
    private final TokenRequests requests;
    private final Registrations registrations;

    public TokenRoutes(Sites sites, TokenRequests requests, Registrations registrations) {
        this.sites = sites;
        this.requests = requests;
        this.registrations = registrations;
    }

    @Override
    public void mount(Router router) {
        router.post("/oauth/token")
                .handler(context -> answer(context, 200, posted(context).compose(requests::token)));
        router.post("/oauth/device")
                .handler(context -> answer(context, 200, posted(context).compose(requests::device)));
        router.post("/oauth/revoke")
                .handler(context -> answer(
                        context, 200, posted(context).compose(requests::revoke).map(new JsonObject())));
        router.post("/oauth/register").handler(context -> answer(context, 201, register(context)));
    }

    private Future<JsonObject> register(RoutingContext context) {
        return body(context, JSON)
                .compose(body ->
                        registrations.register(body, Original.of(context).address()));
    }

    private Future<Posted> posted(RoutingContext context) {
        var headers = context.request().headers().getAll("Authorization");
        return body(context, FORM)
                .map(body -> new Posted(
                        headers.stream().findFirst(),
                        body,
                        sites.of(context),
                        Original.of(context).address()));
    }

    private static Future<String> body(RoutingContext context, String type) {
        context.request().pause();
        return type(context).equals(type)
                ? new BodyReader(context, MOST_BYTES).read().map(bytes -> bytes.toString(StandardCharsets.UTF_8))
                : Future.failedFuture(new Unread(415, "the body must be of the type " + type));
    }

    private static String type(RoutingContext context) {
        var header =
                Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
        return header.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static void answer(RoutingContext context, int status, Future<JsonObject> work) {
        work.onSuccess(json -> write(context, status, json)).onFailure(failure -> refuse(context, failure));
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        context.request().resume();
        if (failure instanceof OAuthProblem problem) {
            refuse(context, problem);
        } else if (failure instanceof Unread unread) {
            write(context, unread.status, problem("invalid_request", String.valueOf(unread.getMessage())));
        } else if (failure instanceof BodyReader.TooLarge tooLarge) {
            write(context, 413, problem("invalid_request", String.valueOf(tooLarge.getMessage())));
        } else if (failure instanceof TimeoutException) {
            write(context, 408, problem("invalid_request", "the body did not arrive in time"));
        } else {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("path", context.normalizedPath())
                    .log("oauth request failed");
            context.response().putHeader("Retry-After", "1");
            write(context, 503, problem("temporarily_unavailable", "the server cannot do this now; try again"));
        }
    }

    private static void refuse(RoutingContext context, OAuthProblem problem) {
        var busy = problem.code().equals("temporarily_unavailable");
        if (busy) {
            context.response().putHeader("Retry-After", "60");
        }
        if (problem.status() == 401 && context.request().headers().contains("Authorization")) {
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"symbolai-mcp\"");
        }
        write(context, busy ? 429 : problem.status(), problem.json());
    }

    private static JsonObject problem(String code, String description) {
        return new JsonObject().put("error", code).put("error_description", description);
    }

    private static void write(RoutingContext context, int status, JsonObject json) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Buffer body = json.toBuffer();
        response.setStatusCode(status)
                .putHeader("Content-Type", JSON)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Pragma", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body);
    }

    /** A body that was not looked at. */
    private static final class Unread extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Unread(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }
}
