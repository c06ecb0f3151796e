package symbolai.mcp.bench.quarkus;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.IntStream;

/** The thirty tools of the bench, answered on the event loop. */
@ApplicationScoped
public final class BenchTools {

    private final ToolManager manager;

    BenchTools(ToolManager manager) {
        this.manager = manager;
    }

    @Startup
    void register() {
        manager.newTool("echo")
                .setDescription("Says what it was told. Use it to see that the server answers.")
                .addArgument("text", "What to say.", true, String.class)
                .setAsyncHandler(call -> text(call.args().get("text").toString()))
                .register();
        sums("add", "Adds two numbers. Use it when a sum is wanted.");
        IntStream.rangeClosed(1, 28)
                .forEach(i -> sums("tool_%02d".formatted(i), "Adds two numbers as tool number %d does.".formatted(i)));
    }

    private void sums(String name, String description) {
        manager.newTool(name)
                .setDescription(description)
                .addArgument("a", "The first number.", true, Integer.class)
                .addArgument("b", "The second number.", true, Integer.class)
                .setAsyncHandler(BenchTools::sum)
                .register();
    }

    private static Uni<ToolResponse> sum(ToolArguments call) {
        var sum = (int) call.args().get("a") + (int) call.args().get("b");
        return text("{\"sum\":" + sum + "}");
    }

    private static Uni<ToolResponse> text(String text) {
        return Uni.createFrom().item(ToolResponse.success(text));
    }
}
