package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.backend.HttpFailure;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Quotation;

/**
 * What Cloudflare says went wrong.
 *
 * @param codes its codes
 * @param messages its messages, in the same order
 */
record ApiError(List<Integer> codes, List<String> messages) {

    static final ApiError NONE = new ApiError(List.of(), List.of());

    private static final int MOST = 3;
    private static final Set<Integer> REFUSED = Set.of(10000, 9109, 7403, 6003, 6111, 9106);
    private static final Set<Integer> CONFLICT = Set.of(7502, 10014);
    private static final Set<Integer> NOT_FOUND = Set.of(7404, 10009, 10013, 10006);
    private static final Set<Integer> INVALID = Set.of(7400, 7500, 7003);
    /** What D1 says when it moved a database in the middle of a statement. */
    private static final List<String> TRANSIENT = List.of(
            "network connection lost",
            "storage caused object to be reset",
            "code was updated",
            "internal error",
            "overloaded");

    ApiError {
        codes = List.copyOf(codes);
        messages = List.copyOf(messages);
    }

    static ApiError of(Fields answer) {
        var errors = answer.array("errors").stream()
                .filter(JsonObject.class::isInstance)
                .map(Fields::of)
                .limit(MOST)
                .toList();
        return new ApiError(
                errors.stream()
                        .map(error -> error.number("code").map(Number::intValue).orElse(0))
                        .toList(),
                errors.stream().map(error -> error.text("message").orElse("")).toList());
    }

    boolean hasAny(Set<Integer> of) {
        return codes.stream().anyMatch(of::contains);
    }

    /** The failure to tell; the permission is named where the token may lack one. */
    ToolException failure(HttpCall call, HttpReply reply, String permission) {
        var said = quoted(call);
        var reason = reason(reply.status());
        if (reason != Reason.REFUSED || reply.status() == 402) {
            return HttpFailure.status(call, reply, said, reason);
        }
        var lacks = reply.status() == 401
                ? "the token is not accepted any more; connect again"
                : "the token lacks the permission \"" + permission + "\", or does not reach this account";
        return HttpFailure.status(call, reply, said.isEmpty() ? lacks : lacks + " (" + said + ")", reason);
    }

    /** By the status first, and by the code where the status leaves it open. */
    private Reason reason(int status) {
        if (status >= 200 && status < 300) {
            return isTransient() ? Reason.UNAVAILABLE : byCode().orElse(Reason.UNAVAILABLE);
        }
        if (status == 400) {
            return isTransient() ? Reason.UNAVAILABLE : byCode().orElse(Reason.INVALID);
        }
        return HttpFailure.reason(status);
    }

    private Optional<Reason> byCode() {
        if (hasAny(REFUSED)) {
            return Optional.of(Reason.REFUSED);
        }
        if (hasAny(CONFLICT) || says("already exists")) {
            return Optional.of(Reason.CONFLICT);
        }
        if (hasAny(NOT_FOUND)) {
            return Optional.of(Reason.NOT_FOUND);
        }
        return hasAny(INVALID) ? Optional.of(Reason.INVALID) : Optional.empty();
    }

    private boolean isTransient() {
        return TRANSIENT.stream().anyMatch(this::says);
    }

    private boolean says(String words) {
        return messages.stream()
                .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains(words));
    }

    private String quoted(HttpCall call) {
        var all = new StringBuilder();
        for (var index = 0; index < codes.size(); index++) {
            all.append(all.isEmpty() ? "" : "; ")
                    .append(codes.get(index))
                    .append(' ')
                    .append(messages.get(index));
        }
        return Quotation.of(all.toString(), call.token());
    }
}
