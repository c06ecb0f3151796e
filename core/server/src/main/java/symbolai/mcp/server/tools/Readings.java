package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.Completer;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptOutcome;
import symbolai.mcp.api.ResourceOutcome;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.policy.Limits;

/** The way to what is read rather than called: prompts, resources and completions. */
final class Readings {
    private final Vertx vertx;
    private final Catalogs catalogs;
    private final ReadingRights rights;
    private final CallGate gate;
    private final ToolSteps steps;
    private final Recorder recorder;

    Readings(Vertx vertx, Catalogs catalogs, ReadingRights rights, CallGate gate, ToolSteps steps, Recorder recorder) {
        this.vertx = vertx;
        this.catalogs = catalogs;
        this.rights = rights;
        this.gate = gate;
        this.steps = steps;
        this.recorder = recorder;
    }

    /**
     * What is read, and how.
     *
     * @param tool the tool that shows the same, where one is named
     */
    private record Reading<H, R>(
            Target target,
            JsonObject arguments,
            Map<String, JsonObject> answers,
            JsonObject state,
            NotFound missing,
            Supplier<Optional<Entry<H>>> lookup,
            Function<H, Optional<String>> tool,
            BiFunction<H, Call, Future<? extends R>> code) {}

    Future<PromptOutcome> prompt(
            String name,
            Map<String, String> arguments,
            Map<String, JsonObject> answers,
            JsonObject state,
            Requester requester) {
        return read(
                new Reading<Prompt, PromptOutcome>(
                        new Target("prompt", name),
                        new JsonObject(new HashMap<>(arguments)),
                        answers,
                        state,
                        new NotFound(NotFound.Kind.PROMPT, name),
                        () -> catalogs.current().prompt(name),
                        Prompt::tool,
                        (prompt, call) -> get(prompt, arguments, call)),
                requester);
    }

    private static Future<? extends PromptOutcome> get(Prompt prompt, Map<String, String> arguments, Call call) {
        var problems = problems(prompt, arguments);
        if (!problems.isEmpty()) {
            return Future.failedFuture(new ToolException(
                    Reason.INVALID,
                    "the arguments of the prompt " + prompt.name() + " are wrong: " + String.join("; ", problems)));
        }
        return prompt.handler().get(new PromptRequest(call, arguments));
    }

    private static List<String> problems(Prompt prompt, Map<String, String> arguments) {
        var problems = new ArrayList<String>();
        var known = prompt.arguments().stream().map(Prompt.Argument::name).toList();
        prompt.arguments().stream()
                .filter(argument -> argument.required() && !arguments.containsKey(argument.name()))
                .forEach(argument -> problems.add(argument.name() + ": is missing"));
        arguments.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(Shown.plain(name) + ": is not known" + KnownNames.hint(name, known)));
        return problems;
    }

    Future<ResourceOutcome> resource(
            String uri, Map<String, JsonObject> answers, JsonObject state, Requester requester) {
        var missing = new NotFound(NotFound.Kind.RESOURCE, uri);
        return read(
                        new Reading<ResourceMatch, ResourceOutcome>(
                                new Target("resource", uri),
                                new JsonObject(),
                                answers,
                                state,
                                missing,
                                () -> catalogs.current().resource(uri).map(ResourceMatch::asEntry),
                                ResourceMatch::tool,
                                (match, call) ->
                                        match.entry().value().read(new ResourceRequest(call, uri, match.variables()))),
                        requester)
                .recover(failure -> Future.failedFuture(isNotFound(failure) ? missing : failure));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ToolException told && told.reason() == Reason.NOT_FOUND;
    }

    Future<Completion> completePrompt(
            String name, String argument, String value, Map<String, String> others, Requester requester) {
        return complete(
                new Target("completion", name),
                new NotFound(NotFound.Kind.PROMPT, name),
                () -> catalogs.current()
                        .prompt(name)
                        .map(entry -> completer(entry, entry.value().completers(), argument)),
                value,
                others,
                requester);
    }

    Future<Completion> completeTemplate(
            String uriTemplate, String variable, String value, Map<String, String> others, Requester requester) {
        return complete(
                new Target("completion", uriTemplate),
                new NotFound(NotFound.Kind.TEMPLATE, uriTemplate),
                () -> catalogs.current()
                        .resourceTemplate(uriTemplate)
                        .map(entry -> completer(entry, entry.value().completers(), variable)),
                value,
                others,
                requester);
    }

    private static Entry<Completer> completer(Entry<?> entry, Map<String, Completer> completers, String name) {
        var completer = completers.getOrDefault(name, call -> Future.succeededFuture(new Completion(List.of())));
        return new Entry<>(entry.plugin(), completer, entry.lease());
    }

    private Future<Completion> complete(
            Target target,
            NotFound missing,
            Supplier<Optional<Entry<Completer>>> lookup,
            String value,
            Map<String, String> others,
            Requester requester) {
        return read(
                new Reading<Completer, Completion>(
                        target,
                        new JsonObject(new HashMap<>(others)).put("value", value),
                        Map.of(),
                        new JsonObject(),
                        missing,
                        lookup,
                        completer -> Optional.empty(),
                        (completer, call) -> completer.complete(new CompletionRequest(call, value, others))),
                requester);
    }

    private <H, R> Future<R> read(Reading<H, R> reading, Requester requester) {
        var loop = Loop.current(vertx);
        return loop.call(() -> read(reading, requester, loop));
    }

    private <H, R> Future<R> read(Reading<H, R> reading, Requester requester, Loop loop) {
        var record = CallRecord.of(reading.target(), reading.arguments(), requester);
        var entry = reading.lookup().get();
        if (entry.isEmpty()) {
            return recorder.refused(record, reading.missing());
        }
        var tools = rights.readers(entry.get(), reading.tool());
        var decision = gate.reading(requester.caller(), tools);
        if (!decision.allowed()) {
            var what = reading.target().kind() + " " + reading.target().name();
            return recorder.refused(
                    record.decided(decision.rule()),
                    new ToolException(
                            Reason.REFUSED, "you may not use the " + what + ": " + ReadingRights.why(decision)));
        }
        Limits.Permit permit;
        try {
            permit = gate.enter(requester.caller());
        } catch (ToolException tooMany) {
            return recorder.refused(record.decided("limits"), tooMany);
        }
        var progress = new RisingProgress(loop, requester.progress());
        var decided = record.decided(decision.rule());
        return recorder.recorded(decided, permit, () -> entered(reading, decided, tools, progress, loop))
                .onComplete(ended -> progress.end());
    }

    private <H, R> Future<R> entered(
            Reading<H, R> reading, CallRecord record, List<Tool> tools, RisingProgress progress, Loop loop) {
        var requester = record.requester();
        var scope = new CallScope(loop, steps.time());
        requester.cancellation().onCancel(scope::abandon);
        if (scope.isCancelled()) {
            return Future.failedFuture(CallScope.cancelled());
        }
        var call = steps.reading(record, tools, reading.answers(), reading.state(), progress, scope);
        return steps.gate()
                .<H, R>enter(
                        reading.lookup(),
                        reading.missing(),
                        scope,
                        handler -> reading.code().apply(handler, call))
                .map(outcome -> answerable(outcome, requester));
    }

    private static <R> R answerable(R outcome, Requester requester) {
        if (outcome instanceof InputRequired questions) {
            ToolSteps.requireAnswerable(questions, requester.capabilities());
        }
        return outcome;
    }
}
