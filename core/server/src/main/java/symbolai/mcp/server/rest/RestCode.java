package symbolai.mcp.server.rest;

import symbolai.mcp.api.ToolException.Reason;

/** What went wrong, as programs read it, with the HTTP status that says it best. */
public enum RestCode {
    /** The request is wrong. */
    INVALID(400),
    /** What was asked for gives more than is let through. */
    ANSWER_TOO_LARGE(400),
    /** The caller is not known. */
    UNAUTHENTICATED(401),
    /** Requests of this kind are not let in, whoever sends them. */
    FORBIDDEN(403),
    /** The outside system or a rule does not allow this. */
    REFUSED(403),
    /** The sign-in is too old for this; the password is to be given again. */
    STEP_UP_REQUIRED(403),
    /** There is no such thing. */
    NOT_FOUND(404),
    /** The path does not take the method. */
    METHOD_NOT_ALLOWED(405),
    /** The body did not arrive in time. */
    REQUEST_TIMEOUT(408),
    /** The thing exists already, or is in a state that does not allow this. */
    CONFLICT(409),
    /** The caller is not connected to the outside system. */
    MCP_NOT_CONNECTED(409),
    /** The tool asks; the call is to be repeated with answers. */
    INPUT_REQUIRED(409),
    /** The state of a connection flow was used before. */
    STATE_USED(409),
    /** The state of a connection flow is too old. */
    STATE_EXPIRED(409),
    /** The body is too large. */
    TOO_LARGE(413),
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** The tool says that it could not do it. */
    FAILED(422),
    /** Too many requests. */
    RATE_LIMITED(429),
    /** A bug. */
    INTERNAL(500),
    /** This cannot be done over REST, or not by the connected system. */
    UNSUPPORTED(501),
    /** Not now. */
    UNAVAILABLE(503),
    /** Nothing was sent to the outside system. */
    NOT_SENT(503),
    /** The call was cancelled. */
    CANCELLED(503),
    /** No answer in time. */
    TIMED_OUT(504);

    private final int status;

    RestCode(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code of a tool's failure. */
    public static RestCode of(Reason reason) {
        return reason == Reason.NOT_CONNECTED ? MCP_NOT_CONNECTED : valueOf(reason.name());
    }

    /** The code for a refusal before any tool, of which only the status is known. */
    public static RestCode ofStatus(int status) {
        return switch (status) {
            case 400 -> INVALID;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> INTERNAL;
        };
    }
}
