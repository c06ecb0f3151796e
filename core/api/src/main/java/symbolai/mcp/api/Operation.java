package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;

/**
 * One operation to carry out.
 *
 * @param name such as {@code d1.query}
 * @param arguments as the operation's schema says
 * @param access whether it changes anything
 * @param deadline when it must be done
 * @param cancellation whether the caller still wants the answer
 */
public record Operation(
        String name, JsonObject arguments, Access access, Deadline deadline, Cancellation cancellation) {

    /** Whether an operation changes anything. A write that may have run is never tried again. */
    public enum Access {
        READ,
        WRITE
    }

    public Operation {
        arguments = arguments.copy();
    }

    /** An operation that reads, within the call's deadline. */
    public static Operation read(String name, JsonObject arguments, Call call) {
        return new Operation(name, arguments, Access.READ, call.deadline(), call.cancellation());
    }

    /** An operation that writes, within the call's deadline. */
    public static Operation write(String name, JsonObject arguments, Call call) {
        return new Operation(name, arguments, Access.WRITE, call.deadline(), call.cancellation());
    }
}
