package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ToolsConfig;

/** The way to single operations for a door that speaks no tools: each is allowed, limited, audited and timed as a call is. */
public final class OperationInvoker {
    private final Vertx vertx;
    private final CallGate gate;
    private final ToolsConfig config;
    private final Recorder recorder;

    public OperationInvoker(Vertx vertx, CallGate gate, AuditLog audit, ToolsConfig config) {
        this.vertx = vertx;
        this.gate = gate;
        this.config = config;
        this.recorder = new Recorder(audit, new Slots(config.concurrency()));
    }

    /** Carries the operation out; fails with a {@link ToolException} or with {@link InternalFailure}. */
    public Future<Reply> invoke(
            Connection connection, String name, JsonObject arguments, Access access, Requester requester) {
        var loop = Loop.current(vertx);
        return loop.call(() -> begin(connection, name, arguments, access, requester, loop));
    }

    private Future<Reply> begin(
            Connection connection, String name, JsonObject arguments, Access access, Requester requester, Loop loop) {
        var record = CallRecord.of(new Target("operation", name), arguments, requester);
        var decision = gate.operation(requester.caller(), name, access == Access.WRITE);
        var decided = record.decided(decision.rule());
        if (!decision.allowed()) {
            return recorder.refused(
                    decided, new ToolException(Reason.REFUSED, "you may not do " + name + ": " + decision.reason()));
        }
        var policed = gate.policed().of(connection, decided, name);
        return recorder.recorded(decided, () -> run(policed, name, arguments, access, requester, loop));
    }

    private Future<Reply> run(
            Connection connection, String name, JsonObject arguments, Access access, Requester requester, Loop loop) {
        var scope = new CallScope(loop, config.deadline());
        requester.cancellation().onCancel(scope::abandon);
        var operation = new Operation(name, arguments, access, scope.deadline(), scope);
        return scope.limit(name, loop.<Reply>land(connection.invoke(operation)), OperationInvoker::close);
    }

    /** Nobody waits any more for what comes too late. */
    private static void close(Reply late) {
        late.body().ifPresent(ByteStream::close);
    }
}
