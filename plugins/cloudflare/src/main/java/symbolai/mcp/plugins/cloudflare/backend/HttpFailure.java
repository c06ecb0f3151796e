package symbolai.mcp.plugins.cloudflare.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Says in words and with a reason how a request failed, and never more than is known. */
public final class HttpFailure {

    private static final String MAYBE = "; the change may have been made all the same, so look before trying again";
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private HttpFailure() {}

    /** No connection was made, so nothing was sent. */
    static ToolException notSent(HttpCall call, String why) {
        return new ToolException(
                Reason.NOT_SENT, "%s could not be reached (%s); nothing was sent".formatted(name(call), why));
    }

    /** The time was over before an answer was there. */
    static ToolException timedOut(HttpCall call) {
        return new ToolException(Reason.TIMED_OUT, name(call) + " did not answer in time" + maybe(call));
    }

    /** The connection ended in the middle. */
    static ToolException broken(HttpCall call, String why) {
        return new ToolException(
                Reason.UNAVAILABLE, "the connection to %s broke (%s)%s".formatted(name(call), why, maybe(call)));
    }

    /** Nobody wants the answer any more. */
    static ToolException cancelled(HttpCall call, boolean sent) {
        return new ToolException(
                Reason.CANCELLED, "the call was cancelled" + (sent ? maybe(call) : "; nothing was sent"));
    }

    /** The answer is not of the form that was agreed on. */
    public static ToolException unreadable(HttpCall call, HttpReply reply, String what) {
        return new ToolException(
                Reason.UNAVAILABLE,
                "%s gave an answer that cannot be used: %s%s%s".formatted(name(call), what, id(reply), maybe(call)));
    }

    /**
     * The answer is larger than what is read. To ask again for the same would not help, so what was to be read has to be asked for
     * differently, and the breaker counts it; a failure that is too long to be read is a failure as any.
     *
     * @param success whether it is a good answer by its status
     * @param most how many bytes would have been read
     */
    static ToolException tooLarge(HttpCall call, boolean success, long most) {
        var reason = call.writes() || !success ? Reason.UNAVAILABLE : Reason.ANSWER_TOO_LARGE;
        return new ToolException(
                reason,
                "%s gave an answer of more than %d bytes, which is too much; ask for less%s"
                        .formatted(name(call), most, maybe(call)));
    }

    /**
     * The status says that it failed. The reason follows from the status.
     *
     * @param said what the other side said, fit to be quoted; may be empty
     */
    public static ToolException status(HttpCall call, HttpReply reply, String said) {
        return status(call, reply, said, reason(reply.status()));
    }

    /** The same with a reason that is known better. */
    public static ToolException status(HttpCall call, HttpReply reply, String said, Reason reason) {
        var unsure = reason == Reason.UNAVAILABLE || reason == Reason.TIMED_OUT ? maybe(call) : "";
        var quoted = said.isEmpty() ? "" : ": " + said;
        var retryAt = reason == Reason.RATE_LIMITED ? retryAt(reply) : Optional.<Instant>empty();
        return new ToolException(
                reason, name(call) + " " + words(reply.status(), reason) + quoted + id(reply) + unsure, retryAt);
    }

    /** What a status means for another try. */
    public static Reason reason(int status) {
        return switch (status) {
            case 400, 405, 406, 410, 411, 413, 414, 415, 416, 422, 431 -> Reason.INVALID;
            case 401, 402, 403, 451 -> Reason.REFUSED;
            case 404 -> Reason.NOT_FOUND;
            case 408 -> Reason.TIMED_OUT;
            case 409, 412, 423 -> Reason.CONFLICT;
            case 429 -> Reason.RATE_LIMITED;
            default -> Reason.UNAVAILABLE;
        };
    }

    /** The words of the id, for messages. */
    public static String id(HttpReply reply) {
        return reply.requestId().map(id -> " (request " + id + ")").orElse("");
    }

    private static String words(int status, Reason reason) {
        return switch (reason) {
            case INVALID -> "calls this invalid";
            case REFUSED -> "refused this";
            case NOT_FOUND -> "has no such thing";
            case CONFLICT -> "sees a conflict";
            case RATE_LIMITED -> "got too many requests";
            case TIMED_OUT -> "ran out of time";
            default ->
                status >= 300 && status < 400
                        ? "sent us elsewhere (HTTP " + status + "), where we do not go"
                        : "cannot do it now (HTTP " + status + ")";
        };
    }

    /** A wait that makes no sense is not believed. */
    private static Optional<Instant> retryAt(HttpReply reply) {
        return RateHeaders.retryAfter(reply)
                .filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0)
                .map(Instant.now()::plus);
    }

    private static String name(HttpCall call) {
        return call.origin().name();
    }

    private static String maybe(HttpCall call) {
        return call.writes() ? MAYBE : "";
    }
}
