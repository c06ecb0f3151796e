package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Operation.Access;

/** One call of an operation, to try a backend with. */
public record Sample(String operation, Access access, JsonObject arguments) {

    /** A read. */
    public static Sample read(String operation, String arguments) {
        return new Sample(operation, Access.READ, new JsonObject(arguments));
    }

    /** A write. */
    public static Sample write(String operation, String arguments) {
        return new Sample(operation, Access.WRITE, new JsonObject(arguments));
    }

    /** The operation with so much time. */
    public Operation within(Duration time) {
        return new Operation(operation, arguments, access, Deadline.after(time), Cancellation.NEVER);
    }

    @Override
    public String toString() {
        return operation + (access == Access.WRITE ? " (write)" : "");
    }
}
