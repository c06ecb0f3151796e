package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.http.DownloadWriter;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.mcp.McpJson;
import symbolai.mcp.server.tools.CallOutcome;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.CancelSignal;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Questions;
import symbolai.mcp.server.tools.Requester;
import symbolai.mcp.server.tools.ToolInvoker;

/** Tools: what there is, and a call. */
public final class ToolRoutes implements ControlRoutes {

    private final Catalogs catalogs;
    private final ToolInvoker invoker;
    private final CallStates states;
    private final McpJson json = new McpJson();
    private final Questions questions = new Questions();

    /**
     * @param states seals what a call must not change that answers questions: what was approved is in it
     */
    public ToolRoutes(Catalogs catalogs, ToolInvoker invoker, CallStates states) {
        this.catalogs = catalogs;
        this.invoker = invoker;
        this.states = states;
    }

    @Override
    public void mount(Router router) {
        router.get("/tools")
                .handler(context -> ControlAnswer.json(
                        context, Future.succeededFuture(catalogs.current().tools()), this::list));
        router.post("/tools/:name/call").handler(ControlBody.handler()).handler(this::call);
    }

    private JsonObject list(List<Tool> tools) {
        return new JsonObject()
                .put("tools", new JsonArray(tools.stream().map(this::tool).toList()));
    }

    private JsonObject tool(Tool tool) {
        var written = json.tool(tool);
        tool.rest().ifPresent(rest -> written.put("rest", rest.method() + " /api/mcp/" + rest.path()));
        tool.permission().ifPresent(permission -> written.put("permission", permission));
        return written;
    }

    /** The call is cancelled when the command is gone. */
    private void call(RoutingContext context) {
        var body = ControlBody.of(context);
        var cancel = new CancelSignal();
        context.response().closeHandler(closed -> cancel.cancel());
        var requester = requester(body.flag("interactive"), body.flag("waits"), cancel);
        var subject = new JsonArray()
                .add(requester.caller().id())
                .add(context.pathParam("name"))
                .add(body.object("arguments"));
        var outcome = invoker.call(
                context.pathParam("name"),
                body.object("arguments"),
                answers(body.object("answers")),
                body.optionalText("state").map(kept -> state(kept, subject)).orElseGet(JsonObject::new),
                body.flag("stream") ? requester.takingStream() : requester);
        outcome.onSuccess(ended -> answer(context, ended, subject)).onFailure(context::fail);
    }

    private JsonObject state(String kept, JsonArray subject) {
        return states.open(kept, subject)
                .map(CallStates.Asked::state)
                .orElseThrow(() -> new ToolException(
                        Reason.INVALID,
                        "The state has expired, was changed, or belongs to another call; begin again without it."));
    }

    private void answer(RoutingContext context, CallOutcome outcome, JsonArray subject) {
        if (outcome instanceof CallOutcome.Download download) {
            new DownloadWriter(download.streamed()).write(context.request());
        } else {
            ControlAnswer.json(context, Future.succeededFuture(outcome), ended -> json(ended, subject));
        }
    }

    private static Requester requester(boolean interactive, boolean waits, Cancellation cancellation) {
        var capabilities = EnumSet.noneOf(ClientCapability.class);
        if (interactive) {
            capabilities.add(ClientCapability.ELICITATION_FORM);
        }
        if (interactive || waits) {
            capabilities.add(ClientCapability.ELICITATION_URL);
        }
        return new Requester(
                Authenticator.localAdmin(),
                "symbolai-mcp",
                "cli",
                capabilities,
                (done, total, message) -> {},
                (level, message) -> {},
                cancellation,
                false,
                Requester.LONGEST,
                Requester.LONGEST);
    }

    private static Map<String, JsonObject> answers(JsonObject answers) {
        return answers.fieldNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> answer(answers, name)));
    }

    private static JsonObject answer(JsonObject answers, String name) {
        if (answers.getValue(name) instanceof JsonObject answer) {
            return answer;
        }
        throw new ToolException(Reason.INVALID, "The answer " + name + " must be an object.");
    }

    private JsonObject json(CallOutcome outcome, JsonArray subject) {
        if (outcome instanceof CallOutcome.Done done) {
            return new JsonObject().put("result", json.toolResult(done.result()));
        }
        if (outcome instanceof CallOutcome.Asks asks) {
            var asked = new CallStates.Asked(
                    asks.questions().state(), questions.json(asks.questions().requests()), new JsonObject());
            return new JsonObject().put("questions", asked.questions()).put("state", states.seal(asked, subject));
        }
        throw new IllegalStateException("a caller that cannot follow tasks was given one");
    }
}
