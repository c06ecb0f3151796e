package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.tools.InternalFailure;

/**
 * The codes that one of Cloudflare's services has for what can go wrong.
 *
 * @param invalid for wrong arguments
 * @param notFound for a thing that is not there
 * @param conflict for a thing that is there already
 * @param conflictStatus the HTTP status of a conflict, in which the services differ
 */
record ErrorCodes(int invalid, int notFound, int conflict, int conflictStatus) {

    static final ErrorCodes D1 = new ErrorCodes(7400, 7404, 7502, 400);
    /** Cloudflare answers everything that a statement does wrong with one code. */
    static final ErrorCodes SQL = new ErrorCodes(7500, 7404, 7500, 400);

    static final ErrorCodes KV = new ErrorCodes(10012, 10013, 10014, 400);
    static final ErrorCodes KV_KEY = new ErrorCodes(10012, 10009, 10014, 400);
    static final ErrorCodes R2 = new ErrorCodes(10001, 10006, 10004, 409);
    static final ErrorCodes R2_FULL = new ErrorCodes(10001, 10006, 10008, 409);
    static final ErrorCodes R2_OBJECT = new ErrorCodes(10001, 10007, 10004, 409);
    static final ErrorCodes WORKERS = new ErrorCodes(10021, 10007, 10057, 409);
    static final ErrorCodes BUILDS = new ErrorCodes(12002, 12006, 12013, 409);
    static final ErrorCodes TELEMETRY = new ErrorCodes(10001, 10004, 10001, 409);

    private static final int AUTHENTICATION = 10000;
    private static final int INTERNAL = 10002;

    /** Turns an operation's failure into Cloudflare's answer to it. */
    <T> Future<T> failed(Throwable failure) {
        if (failure instanceof ToolException known) {
            return Future.failedFuture(error(known));
        }
        if (failure instanceof InternalFailure bug) {
            return Future.failedFuture(
                    new V4Error(500, INTERNAL, "internal error; the server's log has it under " + bug.id()));
        }
        return Future.failedFuture(failure);
    }

    private V4Error error(ToolException failure) {
        var message = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case INVALID, ANSWER_TOO_LARGE -> new V4Error(400, invalid, message);
            case NOT_FOUND -> new V4Error(404, notFound, message);
            case CONFLICT -> new V4Error(conflictStatus, conflict, message);
            case REFUSED -> refused(message);
            case UNSUPPORTED -> new V4Error(501, 7001, message);
            case RATE_LIMITED -> new V4Error(429, 971, message);
            case TIMED_OUT -> new V4Error(504, INTERNAL, message);
            case CANCELLED -> new V4Error(499, INTERNAL, message);
            case NOT_CONNECTED, NOT_SENT, UNAVAILABLE -> new V4Error(503, INTERNAL, message);
        };
    }

    /** A statement that D1 does not allow is a wrong statement; the rest is a matter of rights. */
    private V4Error refused(String message) {
        return equals(SQL) ? new V4Error(400, invalid, message) : new V4Error(403, AUTHENTICATION, message);
    }
}
