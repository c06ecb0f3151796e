package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;

/** Makes an answer, or an honest failure, of what came back over HTTP. */
final class RpcReader {

    /** What a server may say to a request in an era that it does not know. */
    private static final Set<Integer> STRANGE = Set.of(400, 404, 405, 406, 410, 415, 422);

    private static final Set<Integer> STRANGE_CODES = Set.of(-32000, -32001, -32020, -32021, -32022, -32600, -32601);
    /** SDKs say this of a connection that was closed, too, when the tool may have run. */
    private static final int CLOSED = -32000;
    /** SDKs say this of a request that ran out of time, too. */
    private static final int LATE = -32001;

    private static final int WRONG_PARAMETERS = -32602;

    private final HttpSender sender;
    private final RpcRequest request;

    RpcReader(HttpSender sender, RpcRequest request) {
        this.sender = sender;
        this.request = request;
    }

    Future<RpcAnswer> read(HttpCall call, HttpReply reply) {
        if (reply.status() == 401 || reply.status() == 403) {
            return Future.failedFuture(refused(call, reply));
        }
        if (STRANGE.contains(reply.status())) {
            return Future.succeededFuture(RpcAnswer.notSpoken(strange(call, reply, "HTTP " + reply.status())));
        }
        if (!reply.isSuccess()) {
            return Future.failedFuture(HttpFailure.status(call, reply, ""));
        }
        if (request.isNotification()) {
            return Future.succeededFuture(RpcAnswer.result(Fields.loose(null), Optional.empty()));
        }
        return message(call, reply).compose(message -> answer(call, reply, message));
    }

    private Future<Fields> message(HttpCall call, HttpReply reply) {
        if (reply.isJson()) {
            return sender.json(call, reply).compose(value -> own(call, reply, List.of(Fields.loose(value.orElse("")))));
        }
        if (!reply.mediaType().equals("text/event-stream")) {
            return Future.failedFuture(HttpFailure.unreadable(call, reply, "it is neither JSON nor events"));
        }
        var messages = new ArrayList<Future<Fields>>();
        for (var data : EventFrames.data(reply.body().toString())) {
            messages.add(json(call, reply, data));
        }
        return Future.all(messages).compose(all -> own(call, reply, all.list()));
    }

    private Future<Fields> json(HttpCall call, HttpReply reply, String text) {
        var part = new HttpReply(reply.status(), reply.headers(), Buffer.buffer(text), Optional.empty());
        return sender.json(call, part).map(value -> Fields.loose(value.orElse("")));
    }

    /** Notifications and requests of the server stand beside the answer, and nothing else. */
    private Future<Fields> own(HttpCall call, HttpReply reply, List<Fields> messages) {
        return messages.stream()
                .filter(message -> message.filled("method").isEmpty())
                .filter(message -> request.isAnsweredBy(message.json()))
                .findFirst()
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(
                        HttpFailure.unreadable(call, reply, "the answer to our request is missing")));
    }

    private Future<RpcAnswer> answer(HttpCall call, HttpReply reply, Fields message) {
        if (message.json().getValue("error") instanceof JsonObject error) {
            return error(
                    call,
                    reply,
                    Fields.loose(error).number("code").map(Number::intValue).orElse(0));
        }
        if (!(message.json().getValue("result") instanceof JsonObject result)) {
            return Future.failedFuture(HttpFailure.unreadable(call, reply, "it holds neither a result nor an error"));
        }
        if (!Fields.loose(result).filled("resultType").orElse("complete").equals("complete")) {
            return Future.failedFuture(
                    HttpFailure.unreadable(call, reply, "it asks for something that we cannot give"));
        }
        return Future.succeededFuture(RpcAnswer.result(Fields.loose(result), reply.header("mcp-session-id")));
    }

    private Future<RpcAnswer> error(HttpCall call, HttpReply reply, int code) {
        if (STRANGE_CODES.contains(code)) {
            return Future.succeededFuture(RpcAnswer.notSpoken(failed(call, reply, code)));
        }
        if (code == WRONG_PARAMETERS) {
            return Future.failedFuture(new ToolException(
                    Reason.INVALID,
                    call.origin().name() + " does not take these arguments, or has lost the tool"
                            + HttpFailure.id(reply)));
        }
        return Future.failedFuture(
                HttpFailure.unreadable(call, reply, "it failed with the error " + code + " of JSON-RPC"));
    }

    /** Two of the codes leave open whether a write was made. */
    private static ToolException failed(HttpCall call, HttpReply reply, int code) {
        if (call.writes() && code == LATE) {
            return HttpFailure.status(call, reply, "error " + code, Reason.TIMED_OUT);
        }
        return call.writes() && code == CLOSED
                ? HttpFailure.unreadable(call, reply, "it failed with the error " + code + " of JSON-RPC")
                : strange(call, reply, "error " + code);
    }

    private static ToolException strange(HttpCall call, HttpReply reply, String what) {
        return new ToolException(
                Reason.UNAVAILABLE,
                call.origin().name()
                        + " did not understand the request (" + what
                        + "): it speaks another revision of MCP now, has ended our session, or is not at the address that is set up;"
                        + " nothing was done" + HttpFailure.id(reply));
    }

    /** Cloudflare's servers say 403 for a wrong token as for one with too few permissions. */
    private static ToolException refused(HttpCall call, HttpReply reply) {
        return new ToolException(
                Reason.REFUSED,
                call.origin().name()
                        + " did not accept the token (HTTP " + reply.status()
                        + "): it is wrong or has ended, lacks user:read or account:read, or is bound to certain IP addresses"
                        + HttpFailure.id(reply));
    }
}
