package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Tools that have something to say while they run. */
final class RunningTools {

    private static final int STEP_MILLIS = 50;
    private static final Duration LONG_PAUSE = Duration.ofSeconds(3);

    private final Pause pause;

    RunningTools(Pause pause) {
        this.pause = pause;
    }

    List<Tool> tools() {
        return List.of(
                running("test_tool_with_logging", "Logs three messages while it runs.")
                        .handler(this::logs),
                running("test_logging_tool", "Logs one message.").handler(this::logsOnce),
                running("test_tool_with_progress", "Reports its progress in three steps.")
                        .handler(this::progresses),
                running("test_streaming_elicitation", "Reports its progress and asks nothing.")
                        .handler(this::progresses),
                running("test_reconnection", "Goes on while its client reconnects.")
                        .handler(this::outlivesItsStream));
    }

    private static Tool.Builder running(String name, String description) {
        return Tool.named(name).description(description).annotations(ToolAnnotations.READ_ONLY);
    }

    private Future<ToolResult> logs(ToolCall call) {
        info(call, "Tool execution started");
        return pause.of(STEP_MILLIS)
                .onSuccess(over -> info(call, "Tool processing data"))
                .compose(over -> pause.of(STEP_MILLIS))
                .onSuccess(over -> info(call, "Tool execution completed"))
                .map(ToolResult.text("Tool with logging executed successfully"));
    }

    private Future<ToolResult> logsOnce(ToolCall call) {
        info(call, "Seen only by a client that asked for log messages");
        return Future.succeededFuture(ToolResult.text("Logged once"));
    }

    private Future<ToolResult> progresses(ToolCall call) {
        report(call, 0);
        return pause.of(STEP_MILLIS)
                .onSuccess(over -> report(call, 50))
                .compose(over -> pause.of(STEP_MILLIS))
                .onSuccess(over -> report(call, 100))
                .map(ToolResult.text("Tool with progress executed successfully"));
    }

    /** A pause this long lets the host end the stream and have the client come back for the answer. */
    private Future<ToolOutcome> outlivesItsStream(ToolCall call) {
        if (!call.state().getBoolean("paused", false)) {
            var state = new JsonObject().put("paused", true);
            return Future.succeededFuture(new Working(state, LONG_PAUSE, "Come back later"));
        }
        return Future.succeededFuture(ToolResult.text("Reconnection test completed successfully."
                + " If you received this, the client properly reconnected after stream closure."));
    }

    private static void info(ToolCall call, String message) {
        call.log().log(CallLog.Level.INFO, message);
    }

    private static void report(ToolCall call, int done) {
        call.progress().report(done, OptionalDouble.of(100), "Completed step " + done + " of 100");
    }
}
