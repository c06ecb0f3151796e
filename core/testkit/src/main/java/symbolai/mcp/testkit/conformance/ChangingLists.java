package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;

/** A tool and a prompt that come and go, and the tools that make them. */
final class ChangingLists {

    private final AtomicBoolean toolShown = new AtomicBoolean();
    private final AtomicBoolean promptShown = new AtomicBoolean();

    List<Tool> tools(FamilyContext context) {
        var toolChange = trigger("test_trigger_tool_change", "Changes the list of tools.", toolShown, context);
        var promptChange = trigger("test_trigger_prompt_change", "Changes the list of prompts.", promptShown, context);
        return toolShown.get() ? List.of(toolChange, promptChange, changing()) : List.of(toolChange, promptChange);
    }

    List<Prompt> prompts() {
        if (!promptShown.get()) {
            return List.of();
        }
        return List.of(new Prompt(
                "test_changing_prompt",
                "Changing prompt",
                "Comes and goes.",
                List.of(),
                Map.of(),
                call -> Future.succeededFuture(PromptResult.user("Comes and goes.", "I am here for now."))));
    }

    private static Tool changing() {
        return Tool.named("test_changing_tool")
                .description("Comes and goes.")
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(call -> Future.succeededFuture(ToolResult.text("I am here for now.")));
    }

    private static Tool trigger(String name, String description, AtomicBoolean shown, FamilyContext context) {
        return Tool.named(name)
                .description(description)
                .annotations(ToolAnnotations.ADDITIVE)
                .handler(call -> change(shown, context));
    }

    private static Future<ToolResult> change(AtomicBoolean shown, FamilyContext context) {
        shown.set(!shown.get());
        context.changed();
        return Future.succeededFuture(ToolResult.text("The list was changed"));
    }
}
