package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.Progress;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connections;

/** Enters a handler once, with arguments that match the schema of the version entered, and looks at what it answers. */
final class ToolSteps {
    private final Catalogs catalogs;
    private final CallGate callGate;
    private final Connections connections;
    private final ToolsConfig config;
    private final PluginGate gate = new PluginGate();

    ToolSteps(Catalogs catalogs, CallGate callGate, Connections connections, ToolsConfig config) {
        this.catalogs = catalogs;
        this.callGate = callGate;
        this.connections = connections;
        this.config = config;
    }

    /** The time of one entry. */
    Duration time() {
        return config.deadline();
    }

    PluginGate gate() {
        return gate;
    }

    Future<ToolOutcome> step(
            ToolRun run, Map<String, JsonObject> answers, JsonObject state, Progress progress, CallScope scope) {
        if (scope.isCancelled()) {
            return Future.failedFuture(CallScope.cancelled());
        }
        return gate.<LoadedTool, ToolOutcome>enter(
                () -> loaded(run.tool()),
                new NotFound(NotFound.Kind.TOOL, run.tool()),
                scope,
                tool -> entered(run, tool, request(run, tool, answers, state, progress, scope), scope));
    }

    private ToolRequest request(
            ToolRun run,
            LoadedTool tool,
            Map<String, JsonObject> answers,
            JsonObject state,
            Progress progress,
            CallScope scope) {
        var connection = callGate.policed().of(connections, run, tool.entry().value());
        var common = common(run.requester(), connection, answers, state, progress, scope);
        return new ToolRequest(
                common, run.tool(), run.arguments(), run.requester().takesStream());
    }

    /** One last entry, to stop what was begun; its answer does not matter. */
    Future<Void> stop(ToolRun run, JsonObject state, Loop loop) {
        var scope = new CallScope(loop, config.deadline());
        scope.cancel();
        var silent = new RisingProgress(loop, (done, total, text) -> {});
        return gate.<LoadedTool, ToolOutcome>enter(
                        () -> loaded(run.tool()),
                        new NotFound(NotFound.Kind.TOOL, run.tool()),
                        scope,
                        tool -> tool.entry().value().handler().call(request(run, tool, Map.of(), state, silent, scope)))
                .otherwiseEmpty()
                .mapEmpty();
    }

    /** What the call would do, as its tool says that looks with a connection on which nothing can be changed. */
    Future<Preview> preview(Attempt attempt, CallScope scope) {
        var requester = attempt.requester();
        var looking = new CommonCall(
                requester.caller(),
                new ReadingConnection(callGate.policed().looking(connections, attempt)),
                Set.of(),
                Map.of(),
                new JsonObject(),
                (done, total, text) -> {},
                (level, text) -> {},
                scope,
                scope.deadline());
        var name = attempt.tool().name();
        var request = new ToolRequest(looking, name, attempt.arguments(), false);
        return gate.<LoadedTool, Preview>enter(
                () -> loaded(name),
                new NotFound(NotFound.Kind.TOOL, name),
                scope,
                tool -> tool.entry().value().preview().orElseThrow().preview(request));
    }

    /** A call that reads a prompt or a resource that these tools show. */
    Call reading(
            CallRecord record,
            List<Tool> tools,
            Map<String, JsonObject> answers,
            JsonObject state,
            Progress progress,
            CallScope scope) {
        var connection = callGate.policed().of(connections, record, tools);
        return common(record.requester(), connection, answers, state, progress, scope);
    }

    private static Call common(
            Requester requester,
            Connection connection,
            Map<String, JsonObject> answers,
            JsonObject state,
            Progress progress,
            CallScope scope) {
        return new CommonCall(
                requester.caller(),
                connection,
                requester.capabilities(),
                answers,
                state,
                progress,
                (level, message) -> scope.loop().run(() -> log(requester, scope, level, message)),
                scope,
                scope.deadline());
    }

    private static void log(Requester requester, CallScope scope, CallLog.Level level, String message) {
        if (!scope.hasEnded()) {
            requester.log().log(level, message);
        }
    }

    private Optional<Entry<LoadedTool>> loaded(String name) {
        return catalogs.current()
                .loadedTool(name)
                .map(tool ->
                        new Entry<>(tool.entry().plugin(), tool, tool.entry().lease()));
    }

    /** Each entry is decided about anew: what was allowed when the call came in may not be allowed any more. */
    private Future<ToolOutcome> entered(ToolRun run, LoadedTool tool, ToolRequest request, CallScope scope) {
        var objection = callGate.objection(run, tool.entry().value());
        if (objection.isPresent()) {
            return Future.failedFuture(objection.get());
        }
        var problems = tool.input().problems(request.arguments());
        if (!problems.isEmpty()) {
            return Future.failedFuture(invalid(request.tool(), problems));
        }
        Future<? extends ToolOutcome> outcome = tool.entry().value().handler().call(request);
        return outcome == null
                ? Future.failedFuture(new IllegalStateException("the handler returned null"))
                : callGate.watched(run, tool.entry().value(), scope, outcome)
                        .map(answered -> checked(tool, request, answered, scope.loop()));
    }

    static ToolException invalid(String tool, List<String> problems) {
        return new ToolException(
                Reason.INVALID,
                "the arguments of " + tool + " are wrong, so nothing was done:\n" + String.join("\n", problems));
    }

    private ToolOutcome checked(LoadedTool tool, ToolCall call, ToolOutcome outcome, Loop loop) {
        if (outcome instanceof InputRequired questions) {
            requireAnswerable(questions, call.clientCapabilities());
        }
        if (outcome instanceof Streamed download) {
            return held(call, download, loop);
        }
        return outcome instanceof ToolResult result ? complete(tool, result) : outcome;
    }

    private static Streamed held(ToolCall call, Streamed download, Loop loop) {
        if (!call.takesStream()) {
            download.body().close();
            throw new IllegalStateException(call.tool() + " gave a stream to a caller who takes none");
        }
        return new Streamed(download.mediaType(), download.fileName(), HeldStream.of(loop, download.body()));
    }

    /** Questions that the client did not say it can answer must not reach it. */
    static void requireAnswerable(InputRequired questions, Set<ClientCapability> able) {
        var missing = EnumSet.noneOf(ClientCapability.class);
        questions.requests().values().stream()
                .map(InputRequest::needs)
                .filter(needs -> !able.contains(needs))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            throw new CapabilityMissing(missing);
        }
    }

    private ToolResult complete(LoadedTool tool, ToolResult result) {
        if (config.checkOutput() && !result.isError()) {
            tool.output().ifPresent(schema -> requireOutput(tool, schema, result));
        }
        return result.content().isEmpty() && result.structured().isPresent() ? withText(result) : result;
    }

    private static void requireOutput(LoadedTool tool, CompiledSchema schema, ToolResult result) {
        var problems = result.structured().isEmpty()
                ? List.of("there is no structured content")
                : schema.problems(result.structured().get());
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "the structured content of " + tool.entry().value().name() + " does not match its output schema: "
                            + String.join("; ", problems));
        }
    }

    private static ToolResult withText(ToolResult result) {
        var text = Json.encode(result.structured().orElseThrow());
        return new ToolResult(List.of(new Content.Text(text)), result.structured(), result.isError(), result.meta());
    }
}
