package symbolai.mcp.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** What every handler is told. */
public interface Call {

    /** Who calls. */
    Caller caller();

    /**
     * The caller's connection to the outside system. It is always there: where the caller is not connected, each operation fails with
     * {@link ToolException.Reason#NOT_CONNECTED}.
     */
    Connection connection();

    /** Carries out an operation that changes nothing on the caller's connection, within the call's deadline. */
    default Future<JsonObject> read(String operation, JsonObject arguments) {
        return connection().invoke(Operation.read(operation, arguments, this)).map(Reply::json);
    }

    /** Carries out an operation that changes something on the caller's connection, within the call's deadline. */
    default Future<JsonObject> write(String operation, JsonObject arguments) {
        return connection().invoke(Operation.write(operation, arguments, this)).map(Reply::json);
    }

    /** What the client can be asked for. */
    Set<ClientCapability> clientCapabilities();

    /** The client's answers, by the names of the questions; empty at the first call. */
    Map<String, JsonObject> answers();

    /** The state that the handler gave at the call before; empty at the first call. */
    JsonObject state();

    /** Reports progress to the client; silent when the client did not ask for it. */
    Progress progress();

    /** Sends log messages to the client; silent below the level that the client asked for. */
    CallLog log();

    /** Tells whether the caller still wants the answer. */
    Cancellation cancellation();

    /** When the call must be done. */
    Deadline deadline();
}
