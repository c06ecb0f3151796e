package symbolai.mcp.testkit;

import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ResourceOutcome;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolFamily;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.CompiledSchema;
import symbolai.mcp.server.tools.Family;
import symbolai.mcp.server.tools.FamilyCheck;
import symbolai.mcp.server.tools.Finding;

/** Calls one whole family without a server: arguments and answers are held to the schemas as the server holds them. */
public final class FamilyBench {

    private final Family family;
    private final Catalogs catalogs = new Catalogs();
    private final FakeCall call;

    public FamilyBench(ToolFamily plugin, FamilyContext context, Connection connection) {
        this.family = new Family(
                context.plugin(),
                "0.1.0",
                plugin.tools(context),
                plugin.resources(context),
                plugin.resourceTemplates(context),
                plugin.prompts(context),
                plugin.connectors(context),
                new Lease());
        this.call = FakeCall.on(connection);
        catalogs.publish(family);
    }

    /** What the server would find wrong with the family. */
    public List<Finding> findings() {
        return new FamilyCheck().check(family, new Catalogs().current());
    }

    /** The family as the server sees it. */
    public Family family() {
        return family;
    }

    /** A call without arguments, to be changed. */
    public FakeCall call() {
        return call;
    }

    /** Calls a tool; its arguments match the schema, or it fails as it would in the server. */
    public Future<ToolOutcome> run(String name, FakeCall with) {
        var tool = catalogs.current().tool(name).orElseThrow().value();
        var problems = CompiledSchema.of(tool.inputSchema()).problems(with.arguments());
        if (!problems.isEmpty()) {
            return Future.failedFuture(new ToolException(ToolException.Reason.INVALID, String.join("\n", problems)));
        }
        return Future.succeededFuture(with.texts(name, Map.of()).tool())
                .compose(tool.handler()::call)
                .map(outcome -> outcome);
    }

    /** The structured content of a tool's result, which matches the schema. */
    public JsonObject json(String name, JsonObject arguments) {
        return structured(name, await(run(name, call.arguments(arguments))));
    }

    /** The structured content of this outcome of a tool, which matches the schema. */
    public JsonObject structured(String name, ToolOutcome outcome) {
        var json = (JsonObject) ((ToolResult) outcome).structured().orElseThrow();
        var schema = catalogs.current().tool(name).orElseThrow().value().outputSchema();
        new SchemaCheck(schema.orElseThrow()).verify("the answer of " + name, json);
        return json;
    }

    /** The text of a tool's result. */
    public String text(String name, JsonObject arguments) {
        var result = (ToolResult) await(run(name, call.arguments(arguments)));
        return ((Content.Text) result.content().get(0)).text();
    }

    /** How a tool fails. */
    public ToolException failure(String name, JsonObject arguments) {
        return Answers.failure(run(name, call.arguments(arguments)));
    }

    /** Reads the resource that the server would find under this URI. */
    public Future<ResourceOutcome> read(String uri) {
        var found =
                catalogs.current().resource(uri).orElseThrow(() -> new AssertionError("no template matches " + uri));
        return Future.succeededFuture(call.texts(uri, found.variables()).resource())
                .compose(found.entry().value()::read)
                .map(outcome -> outcome);
    }

    /** What is proposed for a variable of a template. */
    public List<String> proposals(String template, String variable, String typed, Map<String, String> others) {
        var completers = catalogs.current()
                .resourceTemplate(template)
                .orElseThrow()
                .value()
                .completers();
        return await(completers
                        .getOrDefault(variable, nobody -> Future.failedFuture("nobody completes " + variable))
                        .complete(call.texts(typed, others).completion()))
                .values();
    }
}
