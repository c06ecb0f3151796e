package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Progress;
import symbolai.mcp.api.ToolCall;

/** A call that keeps what the tool tells on the way, and that may be cancelled already. */
public record ListeningCall(ToolCall call, boolean isCancelled, List<String> logged, List<String> reported)
        implements ToolCall {

    /** A call that nobody has cancelled. */
    public ListeningCall(ToolCall call) {
        this(call, false, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    /** The same, cancelled. */
    public ListeningCall cancelled() {
        return new ListeningCall(call, true, logged, reported);
    }

    @Override
    public String tool() {
        return call.tool();
    }

    @Override
    public JsonObject arguments() {
        return call.arguments();
    }

    @Override
    public boolean takesStream() {
        return call.takesStream();
    }

    @Override
    public Caller caller() {
        return call.caller();
    }

    @Override
    public Connection connection() {
        return call.connection();
    }

    @Override
    public Set<ClientCapability> clientCapabilities() {
        return call.clientCapabilities();
    }

    @Override
    public Map<String, JsonObject> answers() {
        return call.answers();
    }

    @Override
    public JsonObject state() {
        return call.state();
    }

    @Override
    public Progress progress() {
        return (done, total, message) -> reported.add(message);
    }

    @Override
    public CallLog log() {
        return (level, message) -> logged.add(message);
    }

    @Override
    public Cancellation cancellation() {
        return new Cancellation() {
            @Override
            public boolean isCancelled() {
                return isCancelled;
            }

            @Override
            public void onCancel(Runnable action) {
                if (isCancelled) {
                    action.run();
                }
            }
        };
    }

    @Override
    public Deadline deadline() {
        return call.deadline();
    }
}
