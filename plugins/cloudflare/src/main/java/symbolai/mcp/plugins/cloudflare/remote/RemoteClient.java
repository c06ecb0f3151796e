package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.cloudflare.backend.Account;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;

/** Speaks the Model Context Protocol with Cloudflare's servers, in the era that each of them knows. */
final class RemoteClient {

    private static final int MOST_PAGES = 20;

    private final HttpSender sender;
    private final Account account;
    private final RemoteSettings settings;
    private final ServerMemories memories;
    private final Map<Server, Optional<String>> sessions = new ConcurrentHashMap<>();

    RemoteClient(HttpSender sender, Account account, RemoteSettings settings, ServerMemories memories) {
        this.sender = sender;
        this.account = account;
        this.settings = settings;
        this.memories = memories;
    }

    /** What one request is part of. */
    private record Step(Server server, Operation operation, boolean reads, Judge judge) {

        Step plain() {
            return new Step(server, operation, true, Judge.NONE);
        }
    }

    /** Says whether a result is one, or how it failed. */
    private interface Judge {

        Judge NONE = (call, reply, answer) -> Future.succeededFuture(answer);

        Future<RpcAnswer> judge(HttpCall call, HttpReply reply, RpcAnswer answer);
    }

    /** Calls a tool that was found in the server's list. */
    Future<ToolText> call(Server server, String tool, JsonObject arguments, Operation operation) {
        var request =
                RpcRequest.of("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
        var reads = operation.access() == Operation.Access.READ;
        return call(request, new Step(server, operation, reads, this::judge));
    }

    /** The same for a call that changes nothing, inside an operation that does. */
    Future<ToolText> look(Server server, String tool, JsonObject arguments, Operation operation) {
        var request =
                RpcRequest.of("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
        return call(request, new Step(server, operation, true, this::judge));
    }

    /** The tools of a server, asked for again from time to time. */
    Future<ToolList> tools(Server server, Operation operation) {
        var memory = memories.of(server);
        return memory.freshTools().map(Future::succeededFuture).orElseGet(() -> learn(server, operation));
    }

    private Future<ToolText> call(RpcRequest request, Step step) {
        return tools(step.server, step.operation)
                .compose(listed -> exchange(request, step))
                .compose(answer -> answer.isSpoken() ? Future.succeededFuture(answer) : again(request, step, answer))
                .map(answer -> ToolText.of(
                        answer.result(), settings.origin(step.server).name()));
    }

    /** The server has changed its era. What reads is asked once more in the new one. */
    private Future<RpcAnswer> again(RpcRequest request, Step step, RpcAnswer strange) {
        memories.of(step.server).forget();
        sessions.remove(step.server);
        var failure = Future.<RpcAnswer>failedFuture(strange.notSpoken().orElseThrow());
        if (!step.reads) {
            return failure;
        }
        return learn(step.server, step.operation)
                .compose(listed -> exchange(request, step))
                .compose(answer -> answer.isSpoken() ? Future.succeededFuture(answer) : failure);
    }

    private Future<RpcAnswer> exchange(RpcRequest request, Step step) {
        return exchange(memories.of(step.server).era().orElse(Era.MODERN), request, step);
    }

    private Future<RpcAnswer> exchange(Era era, RpcRequest request, Step step) {
        return era == Era.SESSION
                ? session(step).compose(session -> send(era, session, request, step))
                : send(era, Optional.empty(), request, step);
    }

    /** Asks for the tools now, in the newest era first. Listing changes nothing, so a server may be asked until it understands. */
    Future<ToolList> learn(Server server, Operation operation) {
        var step = new Step(server, operation, true, Judge.NONE);
        return list(Era.MODERN, step)
                .recover(failure -> orElse(failure, () -> list(Era.PLAIN, step)))
                .recover(failure -> orElse(failure, () -> list(Era.SESSION, step)))
                .recover(failure -> Future.failedFuture(failure instanceof NotSpoken strange ? strange.why : failure));
    }

    private static Future<ToolList> orElse(Throwable failure, Supplier<Future<ToolList>> next) {
        return failure instanceof NotSpoken ? next.get() : Future.failedFuture(failure);
    }

    private Future<ToolList> list(Era era, Step step) {
        return page(era, step, Optional.empty(), new ArrayList<>(), 1)
                .map(ToolList::of)
                .onSuccess(listed -> memories.of(step.server).learn(era, listed));
    }

    private Future<List<Fields>> page(Era era, Step step, Optional<String> cursor, List<Fields> listed, int page) {
        var params = new JsonObject();
        cursor.ifPresent(given -> params.put("cursor", given));
        return exchange(era, RpcRequest.of("tools/list", params), step)
                .compose(RemoteClient::spoken)
                .onSuccess(answer -> listed.addAll(answer.result().each("tools")))
                .map(answer -> answer.result().filled("nextCursor").filter(next -> page < MOST_PAGES))
                .compose(next ->
                        next.isEmpty() ? Future.succeededFuture(listed) : page(era, step, next, listed, page + 1));
    }

    private static Future<RpcAnswer> spoken(RpcAnswer answer) {
        return answer.notSpoken()
                .map(why -> Future.<RpcAnswer>failedFuture(new NotSpoken(why)))
                .orElseGet(() -> Future.succeededFuture(answer));
    }

    /** A session belongs to these credentials, so it lives with this client. */
    private Future<Optional<String>> session(Step step) {
        var known = sessions.get(step.server);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        var plain = step.plain();
        return send(Era.SESSION, Optional.empty(), RpcRequest.initialize(), plain)
                .compose(RemoteClient::spoken)
                .compose(answer -> initialized(answer.session(), plain))
                .onSuccess(session -> sessions.put(step.server, session));
    }

    private Future<Optional<String>> initialized(Optional<String> session, Step step) {
        return send(Era.SESSION, session, RpcRequest.notification("notifications/initialized"), step)
                .map(done -> session);
    }

    private Future<RpcAnswer> send(Era era, Optional<String> session, RpcRequest request, Step step) {
        var call = httpCall(era, session, request, step);
        var reader = new RpcReader(sender, request);
        Function<HttpReply, Future<RpcAnswer>> read = reply -> reader.read(call, reply)
                .compose(answer ->
                        answer.isSpoken() ? step.judge.judge(call, reply, answer) : Future.succeededFuture(answer));
        return sender.send(call, read);
    }

    private HttpCall httpCall(Era era, Optional<String> session, RpcRequest request, Step step) {
        var origin = settings.origin(step.server);
        var path = origin.path().isEmpty() ? "/" : "";
        var body = Buffer.buffer(request.message(era).encode());
        var call = HttpCall.of(step.operation, origin, HttpMethod.POST, path)
                .header("accept", "application/json, text/event-stream")
                .header("cf-account-id", account.id())
                .token(account.token())
                .body("application/json", body);
        var versioned =
                request.method().equals("initialize") ? call : call.header("mcp-protocol-version", era.version());
        var named = era == Era.MODERN ? modern(versioned, request) : versioned;
        var joined = session.map(id -> named.header("mcp-session-id", id)).orElse(named);
        return step.reads ? joined.reading() : joined;
    }

    private static HttpCall modern(HttpCall call, RpcRequest request) {
        var named = call.header("mcp-method", request.method());
        return request.tool().map(tool -> named.header("mcp-name", tool)).orElse(named);
    }

    private Future<RpcAnswer> judge(HttpCall call, HttpReply reply, RpcAnswer answer) {
        return answer.result().fact("isError").orElse(false)
                ? Future.failedFuture(new RemoteError(call, reply, account.token())
                        .of(ToolText.of(answer.result(), call.origin().name()).all()))
                : Future.succeededFuture(answer);
    }

    /** A server did not understand an era; the next one is tried. */
    private static final class NotSpoken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ToolException why;

        NotSpoken(ToolException why) {
            super(why.getMessage());
            this.why = why;
        }
    }
}
