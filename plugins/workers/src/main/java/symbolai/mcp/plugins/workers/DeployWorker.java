package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Deploys code after it was shown what that changes. */
final class DeployWorker {

    private final FamilyContext context;
    private final Fence fence;
    private final Clock clock;

    DeployWorker(FamilyContext context, Fence fence, Clock clock) {
        this.context = context;
        this.fence = fence;
        this.clock = clock;
    }

    Future<ToolOutcome> call(ToolCall call) {
        var upload = Upload.from(call.arguments());
        var client = new WorkersClient(call);
        return deployed(client, call.arguments().getString("name"))
                .compose(deployed -> deploy(call, client, upload, deployed));
    }

    private static Future<Deployed> deployed(WorkersClient client, String name) {
        return client.find(name)
                .compose(worker -> worker.isEmpty()
                        ? Future.succeededFuture(Deployed.nothing())
                        : Future.all(client.code(name), client.settings(name))
                                .map(read -> new Deployed(worker, read.resultAt(0), read.resultAt(1))));
    }

    /** Comparing large modules takes a while. */
    private Future<ToolOutcome> deploy(ToolCall call, WorkersClient client, Upload upload, Deployed deployed) {
        var operation = operation(call.arguments(), upload, deployed);
        return context.blocking(() -> plan(call.arguments(), operation, upload, deployed))
                .compose(plan -> plan.showOrDo(call, fence, () -> upload(client, operation)));
    }

    /** What is not said stays as it is; a new Worker begins with today's date. */
    private JsonObject operation(JsonObject arguments, Upload upload, Deployed deployed) {
        var operation = new JsonObject().put("name", arguments.getString("name"));
        operation.put(
                "modules",
                new JsonArray(
                        upload.modules().stream().map(WorkerModule::toJson).toList()));
        if (upload.script()) {
            operation.put("script", true);
        } else {
            operation.put("mainModule", upload.mainModule());
        }
        operation
                .put("compatibilityDate", compatibilityDate(arguments, deployed))
                .put("compatibilityFlags", arguments.getJsonArray("compatibilityFlags", deployed.compatibilityFlags()))
                .put("bindings", arguments.getJsonArray("bindings", new JsonArray()))
                .put("keepBindings", keepBindings(arguments));
        if (arguments.containsKey("message")) {
            operation.put("message", arguments.getString("message"));
        }
        return operation;
    }

    private String compatibilityDate(JsonObject arguments, Deployed deployed) {
        return arguments.getString(
                "compatibilityDate",
                deployed.compatibilityDate()
                        .orElseGet(() -> LocalDate.now(clock).toString()));
    }

    private static boolean keepBindings(JsonObject arguments) {
        return arguments.getBoolean("keepBindings", true);
    }

    private static Plan plan(JsonObject arguments, JsonObject operation, Upload upload, Deployed deployed) {
        var modules = new ModuleChanges(deployed.code(), upload.code());
        var bindings = new BindingChanges(
                deployed.bindings(), objects(operation.getJsonArray("bindings")), keepBindings(arguments));
        var shown = new JsonObject()
                .put("name", arguments.getString("name"))
                .put("isNew", deployed.worker().isEmpty())
                .put("modules", modules.toJson())
                .put("mainModule", upload.mainModule())
                .put("bindings", bindings.toJson())
                .put("compatibilityDate", operation.getString("compatibilityDate"))
                .put("compatibilityFlags", operation.getJsonArray("compatibilityFlags"));
        deployed.compatibilityDate().ifPresent(date -> shown.put("compatibilityDateBefore", date));
        if (deployed.worker().isPresent()) {
            shown.put("compatibilityFlagsBefore", deployed.compatibilityFlags());
        }
        shown.put("truncated", modules.truncated() || deployed.code().truncated());
        return new Plan(shown, new JsonObject().put("operation", operation).put("deployed", deployed.basis()));
    }

    private Future<ToolOutcome> upload(WorkersClient client, JsonObject operation) {
        return client.deploy(operation)
                .onSuccess(done -> context.resourceUpdated(WorkersResources.uri(operation.getString("name"))))
                .map(done -> new JsonObject().put(Plan.DRY_RUN, false).mergeIn(done))
                .map(json -> ToolResult.json(json, fence.around(json.encode())));
    }

    private static List<JsonObject> objects(JsonArray list) {
        return list.stream().map(JsonObject.class::cast).toList();
    }
}
