package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.Completer;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptCall;
import symbolai.mcp.api.PromptHandler;
import symbolai.mcp.api.PromptOutcome;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.ResourceContents;

/** A prompt for each kind of message and argument. */
final class FixturePrompts {

    List<Prompt> prompts() {
        return List.of(
                prompt("test_simple_prompt", "A prompt without arguments.", List.of(), Map.of(), this::simple),
                prompt(
                        "test_prompt_with_arguments",
                        "A prompt with two arguments.",
                        List.of(argument("arg1"), argument("arg2")),
                        Map.of("arg1", this::complete),
                        this::withArguments),
                prompt(
                        "test_prompt_with_embedded_resource",
                        "A prompt that embeds a resource.",
                        List.of(argument("resourceUri")),
                        Map.of(),
                        this::withResource),
                prompt("test_prompt_with_image", "A prompt with an image.", List.of(), Map.of(), this::withImage),
                prompt(
                        "test_input_required_result_prompt",
                        "A prompt that asks the user first.",
                        List.of(),
                        Map.of(),
                        this::asking));
    }

    private static Prompt prompt(
            String name,
            String description,
            List<Prompt.Argument> arguments,
            Map<String, Completer> completers,
            PromptHandler handler) {
        return new Prompt(name, name, description, arguments, completers, handler);
    }

    private static Prompt.Argument argument(String name) {
        return new Prompt.Argument(name, "The argument " + name + ".", true);
    }

    private Future<Completion> complete(CompletionCall call) {
        return Future.succeededFuture(
                Completion.startingWith(call.value(), List.of("test one", "test two", "paris", "park", "party")));
    }

    private Future<PromptOutcome> simple(PromptCall call) {
        return Future.succeededFuture(PromptResult.user("A simple prompt.", "This is a simple prompt for testing."));
    }

    private Future<PromptOutcome> withArguments(PromptCall call) {
        var text = "Prompt with arguments: arg1='" + call.arguments().get("arg1") + "', arg2='"
                + call.arguments().get("arg2") + "'";
        return Future.succeededFuture(PromptResult.user("A prompt with arguments.", text));
    }

    private Future<PromptOutcome> withResource(PromptCall call) {
        var uri = call.arguments().getOrDefault("resourceUri", "");
        var resource = new ResourceContents.Text(uri, "text/plain", "Embedded resource content for testing.");
        return messages(
                new Content.Embedded(resource), new Content.Text("Please process the embedded resource above."));
    }

    private Future<PromptOutcome> withImage(PromptCall call) {
        return messages(Samples.IMAGE, new Content.Text("Please analyze the image above."));
    }

    private Future<PromptOutcome> asking(PromptCall call) {
        return Future.succeededFuture(new Answers(call)
                .text("user_context", "context")
                .<PromptOutcome>map(
                        context -> PromptResult.user("A prompt in a context.", "Use the following context: " + context))
                .orElseGet(() -> InputRequired.ask(
                        "user_context", Samples.askFor("What context should the prompt use?", "context"))));
    }

    private static Future<PromptOutcome> messages(Content first, Content second) {
        return Future.succeededFuture(new PromptResult(
                "A prompt with two messages.",
                List.of(
                        new PromptResult.Message(PromptResult.Speaker.USER, first),
                        new PromptResult.Message(PromptResult.Speaker.USER, second))));
    }
}
