package symbolai.mcp.testkit;

import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Runs the tools of one family without a server, and holds arguments, answers and the connection to their schemas. */
public final class ToolBench {

    private static final int MOST_ROUNDS = 1_000;

    private final Map<String, Tool> tools;
    private final FakeCall call;

    public ToolBench(List<Tool> tools, Connection connection) {
        this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
        this.call = FakeCall.on(new CheckedConnection(connection));
    }

    /** A tool by its name. */
    public Tool tool(String name) {
        var tool = tools.get(name);
        if (tool == null) {
            throw new AssertionError("there is no tool " + name);
        }
        return tool;
    }

    /** A call to change and to pass on; its connection is the family's. */
    public FakeCall call() {
        return call;
    }

    /** The structured content of a tool that is done. */
    public JsonObject json(String name, JsonObject arguments) {
        return structured(name, outcome(name, arguments));
    }

    /** The text of a tool that is done. */
    public String text(String name, JsonObject arguments) {
        var outcome = outcome(name, arguments);
        structured(name, outcome);
        return ((Content.Text) ((ToolResult) outcome).content().get(0)).text();
    }

    /** What a tool answers, called again as long as it works; the pauses are left out. */
    public ToolOutcome outcome(String name, JsonObject arguments) {
        new SchemaCheck(tool(name).inputSchema()).verify("the arguments of " + name, arguments);
        return finish(name, call.arguments(arguments).texts(name, Map.of()));
    }

    /** The failure that a model would read. */
    public ToolException failure(String name, JsonObject arguments) {
        try {
            outcome(name, arguments);
        } catch (ToolException expected) {
            return expected;
        }
        throw new AssertionError(name + " did not fail with " + arguments);
    }

    /** One entry into a tool's handler. */
    public ToolOutcome enter(ToolCall entered) {
        return await(Future.succeededFuture(entered)
                .compose(tool(entered.tool()).handler()::call)
                .map(outcome -> outcome));
    }

    /** Whether the arguments match a tool's input schema. */
    public boolean takes(String name, JsonObject arguments) {
        try {
            new SchemaCheck(tool(name).inputSchema()).verify(name, arguments);
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    /** The structured content, held to the output schema. */
    public JsonObject structured(String name, ToolOutcome outcome) {
        var json = (JsonObject) ((ToolResult) outcome).structured().orElseThrow();
        new SchemaCheck(tool(name).outputSchema().orElseThrow()).verify("the answer of " + name, json);
        return json;
    }

    /** What is missing in the descriptions of the tools; empty when all is there. */
    public List<String> omissions(String read, String edit) {
        var omissions = new ArrayList<String>();
        for (var tool : tools.values()) {
            require(omissions, tool, "description", tool.description().strip().endsWith("."));
            require(
                    omissions,
                    tool,
                    "permission",
                    tool.permission().orElse("").equals(tool.annotations().readOnly() ? read : edit));
            require(omissions, tool, "REST binding", tool.rest().isPresent());
            require(omissions, tool, "closed input schema", isClosed(tool.inputSchema()));
            require(
                    omissions,
                    tool,
                    "closed output schema",
                    isClosed(tool.outputSchema().orElse(new JsonObject())));
            require(
                    omissions,
                    tool,
                    "output",
                    !tool.outputSchema().orElse(new JsonObject()).isEmpty());
        }
        return omissions;
    }

    private ToolOutcome finish(String name, FakeCall first) {
        var outcome = enter(first.tool());
        for (int round = 0; outcome instanceof Working working && round < MOST_ROUNDS; round++) {
            outcome = enter(first.answers(Map.of(), working.state()).tool());
        }
        if (outcome instanceof Working) {
            throw new AssertionError(name + " works on and on");
        }
        return outcome;
    }

    private static void require(List<String> omissions, Tool tool, String what, boolean there) {
        if (!there) {
            omissions.add(tool.name() + ": " + what);
        }
    }

    /** Every object says what may be in it; one that says so explicitly may be open. */
    private static boolean isClosed(Object schema) {
        if (schema instanceof JsonArray list) {
            return list.stream().allMatch(ToolBench::isClosed);
        }
        if (!(schema instanceof JsonObject object)) {
            return true;
        }
        return (!"object".equals(object.getValue("type")) || object.containsKey("additionalProperties"))
                && object.stream().allMatch(entry -> isClosed(entry.getValue()));
    }
}
