package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Tools that return one kind of content each. */
final class ContentTools {

    List<Tool> tools() {
        return List.of(
                returning(
                        "test_simple_text",
                        "Returns a text.",
                        ToolResult.text("This is a simple text response for testing.")),
                returning("test_image_content", "Returns an image.", ToolResult.of(Samples.IMAGE)),
                returning("test_audio_content", "Returns a sound.", ToolResult.of(Samples.AUDIO)),
                returning("test_embedded_resource", "Returns an embedded resource.", ToolResult.of(embedded())),
                returning("test_multiple_content_types", "Returns three kinds of content.", mixed()),
                returning(
                        "test_error_handling",
                        "Always fails.",
                        ToolResult.error("This tool intentionally returns an error for testing")),
                Tool.named("greet")
                        .description("Greets a person, at once and never as a task.")
                        .input(Schemas.object()
                                .required("name", Schemas.string("Who to greet."))
                                .build())
                        .annotations(ToolAnnotations.READ_ONLY)
                        .handler(this::greet));
    }

    private Future<ToolResult> greet(ToolCall call) {
        return Future.succeededFuture(
                ToolResult.text("Hello, " + call.arguments().getString("name") + "!"));
    }

    private static Tool returning(String name, String description, ToolResult result) {
        return Tool.named(name)
                .description(description)
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(call -> Future.succeededFuture(result));
    }

    private static Content embedded() {
        return new Content.Embedded(new ResourceContents.Text(
                "test://embedded-resource", "text/plain", "This is an embedded resource content."));
    }

    private static ToolResult mixed() {
        var data = new JsonObject().put("test", "data").put("value", 123);
        var resource = new ResourceContents.Text("test://mixed-content-resource", "application/json", data.encode());
        return ToolResult.of(
                new Content.Text("Multiple content types test:"), Samples.IMAGE, new Content.Embedded(resource));
    }
}
