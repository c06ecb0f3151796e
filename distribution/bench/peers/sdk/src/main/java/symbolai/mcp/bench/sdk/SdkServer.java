package symbolai.mcp.bench.sdk;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The thirty tools of the bench behind the stateless servlet of the MCP Java SDK on Jetty, with the SDK's defaults. */
public final class SdkServer {

    private SdkServer() {}

    /** Takes the port. */
    public static void main(String[] arguments) throws Exception {
        var transport = HttpServletStatelessServerTransport.builder().messageEndpoint("/mcp").build();
        McpServer.sync(transport)
                .serverInfo("bench-sdk", "0.1.0")
                .capabilities(ServerCapabilities.builder().tools(true).build())
                .tools(tools())
                .build();
        var jetty = new Server();
        var connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        jetty.addConnector(connector);
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(transport), "/*");
        jetty.setHandler(context);
        jetty.start();
        jetty.join();
    }

    private static List<SyncToolSpecification> tools() {
        var tools = new ArrayList<SyncToolSpecification>();
        tools.add(tool(
                "echo",
                "Says what it was told. Use it to see that the server answers.",
                Map.of("text", Map.of("type", "string", "description", "What to say.")),
                (context, call) -> text(call.arguments().get("text").toString())));
        tools.add(sums("add", "Adds two numbers. Use it when a sum is wanted."));
        for (int i = 1; i <= 28; i++) {
            tools.add(sums("tool_%02d".formatted(i), "Adds two numbers as tool number %d does.".formatted(i)));
        }
        return tools;
    }

    private static SyncToolSpecification sums(String name, String description) {
        return tool(
                name,
                description,
                Map.of(
                        "a", Map.of("type", "integer", "description", "The first number."),
                        "b", Map.of("type", "integer", "description", "The second number.")),
                (context, call) -> text("{\"sum\":" + (number(call, "a") + number(call, "b")) + "}"));
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> properties,
            BiFunction<McpTransportContext, CallToolRequest, CallToolResult> handler) {
        var schema = Map.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
        var tool = new Tool.Builder().name(name).description(description).inputSchema(schema).build();
        return new SyncToolSpecification.Builder().tool(tool).callHandler(handler).build();
    }

    private static int number(CallToolRequest call, String name) {
        return ((Number) call.arguments().get(name)).intValue();
    }

    private static CallToolResult text(String text) {
        return new CallToolResult.Builder().addTextContent(text).build();
    }
}
