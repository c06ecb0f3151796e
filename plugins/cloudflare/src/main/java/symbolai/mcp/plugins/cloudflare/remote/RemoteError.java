package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Quotation;
import symbolai.mcp.plugins.cloudflare.backend.StrictJson;

/** Finds out from the text of a tool that failed why it did. */
final class RemoteError {

    private static final Pattern STATUS = Pattern.compile("\\b([1-5]\\d\\d)\\s*$");
    private static final Pattern STATUS_ALONE = Pattern.compile(": ([1-5]\\d\\d)\\b");
    private static final String SAFE = "; nothing was changed";

    private final HttpCall call;
    private final HttpReply reply;
    private final Secret token;

    RemoteError(HttpCall call, HttpReply reply, Secret token) {
        this.call = call;
        this.reply = reply;
        this.token = token;
    }

    ToolException of(String text) {
        var brace = text.indexOf('{');
        var json = brace < 0 ? Fields.loose(null) : embedded(text.substring(brace));
        if (json.json().getValue("available_accounts") instanceof JsonArray) {
            return accounts(json);
        }
        // Of observability the whole text is such an object, and the words are inside.
        var words = json.filled("error").orElse(brace < 0 ? text : text.substring(0, brace));
        var status = status(words);
        if (status.isPresent()) {
            return HttpFailure.status(call, with(status.get()), said(json));
        }
        if (words.contains("unavailable")) {
            return HttpFailure.status(call, with(502), "");
        }
        if (words.contains("request failed")) {
            return new ToolException(
                    Reason.INVALID,
                    call.origin().name()
                            + " was refused by Cloudflare's API and does not say why: there is no such thing, or the token lacks"
                            + " a permission" + HttpFailure.id(reply) + SAFE);
        }
        return HttpFailure.unreadable(call, reply, "the tool failed and does not say why in a way that is known here");
    }

    private static Optional<Integer> status(String words) {
        var last = STATUS.matcher(words.strip());
        if (last.find()) {
            return Optional.of(Integer.parseInt(last.group(1)));
        }
        var alone = STATUS_ALONE.matcher(words);
        return alone.find() ? Optional.of(Integer.parseInt(alone.group(1))) : Optional.empty();
    }

    private ToolException accounts(Fields json) {
        var names = json.each("available_accounts").stream()
                .limit(20)
                .map(account -> account.filled("name").orElse("") + " ("
                        + account.filled("id").orElse("") + ")")
                .collect(Collectors.joining(", "));
        return new ToolException(
                Reason.REFUSED,
                "the token does not open the account of this connection; it opens "
                        + Quotation.of(names, Optional.of(token)) + HttpFailure.id(reply));
    }

    /** Only what stands in Cloudflare's own envelope is passed on. */
    private String said(Fields json) {
        var said = json.each("errors").stream()
                .limit(5)
                .map(error -> error.number("code").map(code -> code + " ").orElse("")
                        + error.filled("message").orElse(""))
                .collect(Collectors.joining("; "));
        return Quotation.of(said, Optional.of(token));
    }

    /** The status that Cloudflare's API gave to its server, which is not the one that we got. */
    private HttpReply with(int status) {
        return new HttpReply(status, reply.headers(), reply.body(), reply.stream());
    }

    private static Fields embedded(String text) {
        try {
            return Fields.loose(StrictJson.read(Buffer.buffer(text)));
        } catch (IOException none) {
            return Fields.loose(null);
        }
    }
}
