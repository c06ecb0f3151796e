package symbolai.mcp.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A failure that the model should read. The message says what was wrong, with which value, and what would be right; never a secret, a stack
 * trace or an upstream's body.
 */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why it failed; decides whether it may be tried again. */
    public enum Reason {
        /** The arguments or the SQL are wrong. */
        INVALID,
        /** There is no such thing. */
        NOT_FOUND,
        /** The thing exists already, or is in a state that does not allow this. */
        CONFLICT,
        /** The caller is not connected to the outside system. */
        NOT_CONNECTED,
        /** The outside system or a rule does not allow this. */
        REFUSED,
        /** The connection's system has no such operation. */
        UNSUPPORTED,
        /** Too many requests; see {@link ToolException#retryAt()}. */
        RATE_LIMITED,
        /** Nothing was sent, so even a write may be tried again. */
        NOT_SENT,
        /** A read gave more than is let through; to ask again for the same is of no use. */
        ANSWER_TOO_LARGE,
        /** No answer in time; a write may have happened. */
        TIMED_OUT,
        /** The caller cancelled. */
        CANCELLED,
        /** The outside system or this server cannot do it now. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final Optional<Instant> retryAt;

    /** A failure with a message for the model. */
    public ToolException(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    /** A failure that may be tried again at a known time. */
    public ToolException(Reason reason, String message, Optional<Instant> retryAt) {
        super(message);
        this.reason = reason;
        this.retryAt = retryAt;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** When it may be tried again, where that is known. */
    public Optional<Instant> retryAt() {
        return retryAt;
    }
}
