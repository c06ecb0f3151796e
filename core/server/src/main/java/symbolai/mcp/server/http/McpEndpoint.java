package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.mcp.HttpFront;
import symbolai.mcp.server.mcp.ModernHttp;
import symbolai.mcp.server.mcp.RequestHead;

/** The MCP endpoint: who calls, then the body, then the era that answers. */
final class McpEndpoint {

    private static final String SESSION_ID = "sessionId";

    private final Vertx vertx;
    private final Admission admission;
    private final Revocations revocations;
    private final HttpFront legacy;
    private final ModernHttp modern;
    private final Ticker ticker;
    private final Refusals refusals;
    private final Challenge challenge;
    private final int maxBodyBytes;
    private final JsonRpcCodec codec = new JsonRpcCodec();

    McpEndpoint(
            Vertx vertx,
            Admission admission,
            Revocations revocations,
            HttpFront legacy,
            ModernHttp modern,
            Ticker ticker,
            Refusals refusals,
            Challenge challenge,
            int maxBodyBytes) {
        this.vertx = vertx;
        this.admission = admission;
        this.revocations = revocations;
        this.legacy = legacy;
        this.modern = modern;
        this.ticker = ticker;
        this.refusals = refusals;
        this.challenge = challenge;
        this.maxBodyBytes = maxBodyBytes;
    }

    void handle(RoutingContext context) {
        if (admission.hasTokenInUrl(context)) {
            refusals.refuse(context, 400, "a key belongs into the Authorization header, never into the URL");
            return;
        }
        context.request().pause();
        admission
                .admit(context)
                .onSuccess(authentication -> enter(context, authentication))
                .onFailure(failure -> fail(context, failure));
    }

    private void enter(RoutingContext context, Authentication authentication) {
        if (authentication instanceof Authentication.Known known) {
            dispatch(context, known.caller());
            return;
        }
        context.request().resume();
        refusals.challenge(context, authentication instanceof Authentication.Refused);
    }

    private void dispatch(RoutingContext context, Caller caller) {
        var head = head(context, caller);
        var method = context.request().method();
        if (method.equals(HttpMethod.POST)) {
            post(context, head);
            return;
        }
        context.request().resume();
        if (method.equals(HttpMethod.GET)) {
            legacy.get(head, reply(context, caller));
        } else if (method.equals(HttpMethod.DELETE)) {
            legacy.delete(head, reply(context, caller));
        } else {
            context.response().putHeader("Allow", "GET, POST, DELETE, OPTIONS");
            refusals.refuse(context, 405, "this endpoint takes POST, GET and DELETE");
        }
    }

    private void post(RoutingContext context, RequestHead head) {
        new BodyReader(context, maxBodyBytes)
                .read()
                .compose(body -> answer(context, head, body))
                .onFailure(failure -> fail(context, failure));
    }

    private Future<Void> answer(RoutingContext context, RequestHead head, Buffer body) {
        var input = codec.decode(body);
        if (Era.of(head, input) == Era.MODERN) {
            modern.post(head, ((JsonRpcInput.Single) input).message(), reply(context, head.caller()));
        } else {
            legacy.post(head, input, reply(context, head.caller()));
        }
        return Future.succeededFuture();
    }

    private void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof JsonRpcException problem) {
            refusals.refuse(context.response(), 400, problem);
        } else if (failure instanceof BodyReader.TooLarge tooLarge) {
            refusals.refuse(context, 413, String.valueOf(tooLarge.getMessage()));
        } else if (failure instanceof TimeoutException) {
            refusals.refuse(context, 408, "the body did not arrive in time");
        } else {
            context.fail(failure);
        }
    }

    private WebReply reply(RoutingContext context, Caller caller) {
        var reply = new WebReply(
                vertx.getOrCreateContext(),
                context.request(),
                ticker,
                scopes -> challenge.lacking(context, scopes),
                ended -> revocations.onEnded(caller, ended));
        reply.start();
        return reply;
    }

    private static RequestHead head(RoutingContext context, Caller caller) {
        Map<String, List<String>> headers = new HashMap<>();
        context.request()
                .headers()
                .forEach((name, value) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), first -> new ArrayList<>(1))
                        .add(value));
        var path = Gate.original(context).prefix() + context.normalizedPath();
        var sessionId = Optional.ofNullable(context.queryParams().get(SESSION_ID));
        return new RequestHead(path, headers, sessionId, caller);
    }
}
