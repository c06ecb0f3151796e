package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Family;

/** Publishes tools of a test, as a plugin would. */
final class Probe {

    private final Catalogs catalogs;

    Probe(TestServer server) {
        this.catalogs = server.server().catalogs();
    }

    /** Publishes the tools in place of those before. */
    void publish(Tool... tools) {
        catalogs.publish(
                new Family("probe", "1", List.of(tools), List.of(), List.of(), List.of(), List.of(), new Lease()));
    }

    /** Publishes so many tools that do nothing. */
    void publishMany(int count) {
        publish(IntStream.range(0, count)
                .mapToObj(i -> tool("probe_" + i, call -> Future.succeededFuture(ToolResult.text("done"))))
                .toArray(Tool[]::new));
    }

    /** A tool that takes no arguments. */
    static Tool tool(String name, ToolHandler handler) {
        return Tool.named(name).description("Probes.").handler(handler);
    }
}
