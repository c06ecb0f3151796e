package symbolai.mcp.bench.plugin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolFamily;
import symbolai.mcp.api.ToolResult;

/** Tools that cost next to nothing, so that what is measured is the server. */
@Extension
public final class BenchFamily implements ToolFamily {

    private static final int NUMBERED = 28;

    @Override
    public List<Tool> tools(FamilyContext context) {
        var numbered = IntStream.rangeClosed(1, NUMBERED)
                .mapToObj(i -> sums("tool_%02d".formatted(i), "Adds two numbers as tool number %d does.".formatted(i)));
        return Stream.concat(Stream.of(echo(), sums("add", "Adds two numbers. Use it when a sum is wanted.")), numbered)
                .toList();
    }

    private static Tool echo() {
        return Tool.named("echo")
                .description("Says what it was told. Use it to see that the server answers.")
                .input(Schemas.object()
                        .required("text", Schemas.string("What to say."))
                        .build())
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(call -> text(call.arguments().getString("text")));
    }

    private static Tool sums(String name, String description) {
        return Tool.named(name)
                .description(description)
                .input(numbers())
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(BenchFamily::sum);
    }

    private static JsonObject numbers() {
        return Schemas.object()
                .required("a", Schemas.integer("The first number."))
                .required("b", Schemas.integer("The second number."))
                .build();
    }

    private static Future<ToolResult> sum(ToolCall call) {
        var arguments = call.arguments();
        return text("{\"sum\":" + (arguments.getInteger("a") + arguments.getInteger("b")) + "}");
    }

    private static Future<ToolResult> text(String text) {
        return Future.succeededFuture(ToolResult.text(text));
    }
}
