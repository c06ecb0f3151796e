package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptOutcome;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceOutcome;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connections;

/** The one way to the plugins: every call is checked, allowed, limited, audited and timed here. */
public final class ToolInvoker {
    private final Vertx vertx;
    private final Catalogs catalogs;
    private final CallGate gate;
    private final Tasks tasks;
    private final ToolSteps steps;
    private final Slots slots;
    private final Recorder recorder;
    private final ReadingRights rights;
    private final Readings readings;
    private final Connections connections;
    private final AccountBinding binding;
    private final ApprovalGate approvals;

    public ToolInvoker(
            Vertx vertx,
            Catalogs catalogs,
            CallGate gate,
            AuditLog audit,
            Connections connections,
            Tasks tasks,
            ApprovalDesk desk,
            ToolsConfig config) {
        this.vertx = vertx;
        this.catalogs = catalogs;
        this.gate = gate;
        this.tasks = tasks;
        this.steps = new ToolSteps(catalogs, gate, connections, config);
        this.slots = new Slots(config.concurrency());
        this.recorder = new Recorder(audit, slots);
        this.connections = connections;
        this.binding = new AccountBinding(connections::identity);
        this.approvals = new ApprovalGate(gate, desk, connections, steps);
        this.rights = new ReadingRights(catalogs, gate);
        this.readings = new Readings(vertx, catalogs, rights, gate, steps, recorder);
    }

    /**
     * Calls a tool. Fails with {@link NotFound}, {@link CapabilityMissing}, {@link InternalFailure}, or a {@link ToolException} of the
     * reason NOT_CONNECTED; everything else that goes wrong is a result with isError.
     *
     * @param answers the client's answers to the questions of the call before
     * @param state the state that the call before gave
     */
    public Future<CallOutcome> call(
            String tool, JsonObject arguments, Map<String, JsonObject> answers, JsonObject state, Requester requester) {
        var loop = Loop.current(vertx);
        return loop.call(() -> begin(tool, arguments, answers, state, requester, loop))
                .recover(ToolInvoker::told);
    }

    /** Refuses a call of a tool that the caller may not see, before its arguments are read. Fails and ends like {@link #call}. */
    public Future<CallOutcome> refuse(Tool tool, Requester requester) {
        var closed = gate.unread(tool, requester);
        return Loop.current(vertx)
                .call(() -> recorder.<CallOutcome>refused(closed.record(), closed.why()))
                .recover(ToolInvoker::told);
    }

    /** What the model should read is a result; the rest is a failure. */
    static Future<CallOutcome> told(Throwable failure) {
        if (failure instanceof ToolException toTell && toTell.reason() != Reason.NOT_CONNECTED) {
            return Future.succeededFuture(new CallOutcome.Done(error(toTell), Optional.of(toTell)));
        }
        return Future.failedFuture(failure);
    }

    static ToolResult error(ToolException failure) {
        var retry = failure.retryAt().map(at -> " (try again at " + at + ")").orElse("");
        return ToolResult.error(String.valueOf(failure.getMessage()) + retry);
    }

    private Future<CallOutcome> begin(
            String name,
            JsonObject arguments,
            Map<String, JsonObject> answers,
            JsonObject state,
            Requester requester,
            Loop loop) {
        var record = CallRecord.of(new Target("tool", name), arguments, requester);
        var loaded = catalogs.current().loadedTool(name);
        if (loaded.isEmpty()) {
            return recorder.refused(record, new NotFound(NotFound.Kind.TOOL, name));
        }
        var progress = new RisingProgress(loop, requester.progress());
        var connection = connections.identity(requester.caller());
        var attempt = new Attempt(record, loaded.get(), arguments, answers, state, connection);
        return approvals
                .admit(attempt, loop)
                .compose(passage -> passed(attempt, passage, progress, loop))
                .onComplete(ended -> progress.end());
    }

    private Future<CallOutcome> passed(Attempt attempt, Passage passage, RisingProgress progress, Loop loop) {
        if (passage instanceof Passage.Closed closed) {
            return recorder.refused(closed.record(), closed.why());
        }
        if (passage instanceof Passage.Asks asks) {
            return recorder.waiting(asks.record(), asks.outcome());
        }
        var open = (Passage.Open) passage;
        var run =
                new ToolRun(open.record(), attempt.arguments(), open.redeeming().round(), attempt.connection());
        return recorder.recorded(
                open.record(),
                open.permit(),
                () -> open.redeeming().work().get().compose(redeemed -> run(run, open, progress, loop)));
    }

    private Future<CallOutcome> run(ToolRun run, Passage.Open open, RisingProgress progress, Loop loop) {
        var scope = new CallScope(loop, steps.time());
        run.requester().cancellation().onCancel(scope::abandon);
        var own = binding.untied(open.state(), run.requester().caller());
        return steps.step(run, open.answers(), own, progress, scope)
                .compose(outcome -> outcome(run, outcome, progress, loop));
    }

    private Future<CallOutcome> outcome(ToolRun run, ToolOutcome outcome, RisingProgress progress, Loop loop) {
        if (outcome instanceof ToolResult result) {
            return Future.succeededFuture(new CallOutcome.Done(result));
        }
        if (outcome instanceof InputRequired questions) {
            return Future.succeededFuture(new CallOutcome.Asks(tied(run, questions)));
        }
        if (outcome instanceof Streamed download) {
            return Future.succeededFuture(new CallOutcome.Download(download));
        }
        var working = (Working) outcome;
        return run.requester().capabilities().contains(ClientCapability.TASKS)
                ? tasks.create(run, working).map(CallOutcome.AsTask::new)
                : new PatientCall(steps, run, progress, loop)
                        .goOn(working)
                        .compose(end -> outcome(run, end, progress, loop));
    }

    private InputRequired tied(ToolRun run, InputRequired questions) {
        var tied = binding.tied(questions, run.requester().caller());
        var approval = run.record().approval();
        return approval.isEmpty() ? tied : new ApprovalMark(approval, run.round()).on(tied);
    }

    /** Gets a prompt. Fails like {@link #call}, and with a {@link ToolException} of any reason. */
    public Future<PromptOutcome> prompt(
            String name,
            Map<String, String> arguments,
            Map<String, JsonObject> answers,
            JsonObject state,
            Requester requester) {
        return readings.prompt(name, arguments, answers, state, requester);
    }

    /** Reads a resource. Fails like {@link #prompt}; a resource that its handler does not find is {@link NotFound} too. */
    public Future<ResourceOutcome> read(
            String uri, Map<String, JsonObject> answers, JsonObject state, Requester requester) {
        return readings.resource(uri, answers, state, requester);
    }

    /** Proposes values for an argument of a prompt; none for an argument without a completer. Fails like {@link #prompt}. */
    public Future<Completion> completePrompt(
            String name, String argument, String value, Map<String, String> others, Requester requester) {
        return readings.completePrompt(name, argument, value, others, requester);
    }

    /** Proposes values for a variable of a template; none for a variable without a completer. Fails like {@link #prompt}. */
    public Future<Completion> completeTemplate(
            String uriTemplate, String variable, String value, Map<String, String> others, Requester requester) {
        return readings.completeTemplate(uriTemplate, variable, value, others, requester);
    }

    /** Succeeds when no call is under way, now or later; calls that come meanwhile are waited for too. */
    public Future<Void> idle() {
        return slots.idle();
    }

    /** Whether the caller may call the tool, so that lists show it. */
    public boolean visible(Caller caller, Tool tool) {
        return gate.visible(caller, tool);
    }

    /** Stands for all that decides which tools the caller is shown: with equal views they are the same. */
    public Object view(Caller caller) {
        return gate.view(caller);
    }

    /** Whether the caller may get the prompt. */
    public boolean visible(Caller caller, Prompt prompt) {
        return rights.readable(caller, catalogs.current().prompt(prompt.name()), Prompt::tool);
    }

    /** Whether the caller may read the resource. */
    public boolean visible(Caller caller, Resource resource) {
        return rights.readable(caller, catalogs.current().fixedResource(resource.uri()), Resource::tool);
    }

    /** Whether the caller may read the resources of the template. */
    public boolean visible(Caller caller, ResourceTemplate template) {
        return rights.readable(
                caller, catalogs.current().resourceTemplate(template.uriTemplate()), ResourceTemplate::tool);
    }

    /** Whether the caller may be told that what has this URI changed: who may not read it may not. */
    public boolean hears(Caller caller, String uri) {
        return rights.hears(caller, uri);
    }
}
