package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Carries out the operations that start and stop builds. */
final class BuildControl implements Api {

    private final RestClient client;
    private final Scripts scripts;
    private final BuildsApi builds;

    BuildControl(RestClient client, Scripts scripts, BuildsApi builds) {
        this.client = client;
        this.scripts = scripts;
        this.builds = builds;
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("builds.trigger", this::trigger, "builds.cancel", this::cancel);
    }

    private Future<JsonObject> trigger(Operation operation) {
        return scripts.named(operation, operation.arguments().getString("worker"))
                .compose(worker -> triggers(operation, worker))
                .compose(triggers -> start(operation, triggers))
                .compose(id -> known(operation, id));
    }

    private Future<List<Fields>> triggers(Operation operation, JsonObject worker) {
        var request = RestRequest.get("builds", "workers", worker.getString("id"), "triggers")
                .asReading();
        return client.send(operation, request, envelope -> Fields.all(envelope.array()));
    }

    private Future<String> start(Operation operation, List<Fields> triggers) {
        var arguments = operation.arguments();
        var branch = Optional.ofNullable(arguments.getString("branch"));
        var commit = Optional.ofNullable(arguments.getString("commit"));
        var trigger = chosen(triggers, branch, arguments.getString("worker"));
        var body = new JsonObject();
        branch.ifPresent(name -> body.put("branch", name));
        commit.ifPresent(hash -> body.put("commit_hash", hash));
        if (body.isEmpty()) {
            body.put("branch", usual(trigger));
        }
        var request = RestRequest.post("builds", "triggers", trigger.required("trigger_uuid"), "builds")
                .json(body);
        return client.send(operation, request, envelope -> envelope.object().required("build_uuid"));
    }

    private static Fields chosen(List<Fields> triggers, Optional<String> branch, String worker) {
        return triggers.stream()
                .filter(trigger ->
                        branch.isPresent() && trigger.texts("branch_includes").contains(branch.get()))
                .findFirst()
                .or(() -> triggers.stream().findFirst())
                .orElseThrow(() -> new ToolException(
                        Reason.CONFLICT,
                        "the Worker \"" + worker + "\" is not connected to a repository, so it has no builds"));
    }

    /** The branch that the trigger is for, unless it is for several. */
    private static String usual(Fields trigger) {
        return trigger.texts("branch_includes").stream()
                .filter(name -> !name.contains("*"))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        Reason.INVALID, "builds of this Worker are for more than one branch; give branch or commit"));
    }

    /** The build has begun, whether it can be read by now or not. */
    private Future<JsonObject> known(Operation operation, String id) {
        return builds.get(operation, id)
                .otherwise(unknown -> BuildsApi.begun(id, operation.arguments().getString("worker")));
    }

    private Future<JsonObject> cancel(Operation operation) {
        var id = BuildsApi.id(operation);
        return builds.get(operation, id).compose(before -> cancel(operation, id, before));
    }

    private Future<JsonObject> cancel(Operation operation, String id, JsonObject before) {
        if (before.getString("status").equals("stopped")) {
            return Future.failedFuture(new ToolException(
                    Reason.CONFLICT, "the build " + id + " has stopped already; there is nothing to cancel"));
        }
        return client.send(operation, RestRequest.put("builds", "builds", id, "cancel"), done -> before)
                .compose(sent -> builds.get(operation, id).otherwise(before));
    }
}
