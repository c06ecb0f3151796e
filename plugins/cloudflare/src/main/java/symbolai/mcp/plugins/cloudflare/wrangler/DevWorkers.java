package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.cloudflare.backend.Shape;
import symbolai.mcp.plugins.wrangler.WranglerProject;
import symbolai.mcp.plugins.wrangler.WranglerWorker;

/** Tells of the Workers of wrangler projects, and of those that run. */
final class DevWorkers {

    private static final Map<String, String> TYPES = Map.of("kv", "kv_namespace", "d1", "d1", "r2", "r2_bucket");

    private final Explorer explorer;
    private final Projects projects;
    private final List<Origin> urls;

    DevWorkers(Explorer explorer, Projects projects, List<Origin> urls) {
        this.explorer = explorer;
        this.projects = projects;
        this.urls = urls;
    }

    Future<JsonObject> list(Operation operation) {
        return settings(operation)
                .map(found -> found.keySet().stream().map(DevWorkers::worker).toList())
                .map(workers -> new JsonObject().put("workers", new JsonArray(workers)));
    }

    Future<JsonObject> get(Operation operation) {
        return one(operation).map(found -> worker(operation.arguments().getString("name")));
    }

    Future<JsonObject> one(Operation operation) {
        var name = operation.arguments().getString("name");
        return settings(operation)
                .map(found -> Optional.ofNullable(found.get(name))
                        .orElseThrow(() -> new ToolException(
                                Reason.NOT_FOUND,
                                "neither a running wrangler dev nor a project that is set up has the Worker " + name)));
    }

    /** What a server runs, or why that is not known. */
    private record Look(List<Fields> workers, Optional<ToolException> failure) {}

    /** The settings of every Worker by its name. What a project says goes before what runs. Fails when a server fails and there is nothing else. */
    private Future<Map<String, JsonObject>> settings(Operation operation) {
        var looks = urls.stream().map(url -> look(url, operation)).toList();
        return Future.all(looks).compose(all -> projects.all().compose(known -> settings(all.<Look>list(), known)));
    }

    private Future<Look> look(Origin url, Operation operation) {
        return explorer.workers(url, operation)
                .map(workers -> new Look(workers, Optional.empty()))
                .recover(failure -> failure instanceof ToolException known && known.reason() != Reason.CANCELLED
                        ? Future.succeededFuture(
                                new Look(List.of(), Optional.of(known).filter(why -> !NotRunning.says(why, operation))))
                        : Future.failedFuture(failure));
    }

    private static Future<Map<String, JsonObject>> settings(List<Look> looks, List<WranglerProject> projects) {
        Map<String, JsonObject> found = new TreeMap<>();
        for (var look : looks) {
            look.workers.forEach(worker -> found.put(worker.required("name"), settings(worker.at("bindings"))));
        }
        for (var project : projects) {
            project.workers().forEach(worker -> worker.name().ifPresent(name -> found.put(name, settings(worker))));
        }
        var failure =
                looks.stream().map(Look::failure).flatMap(Optional::stream).findFirst();
        return found.isEmpty() && failure.isPresent()
                ? Future.failedFuture(failure.get())
                : Future.succeededFuture(found);
    }

    private static JsonObject worker(String name) {
        var tag = UUID.nameUUIDFromBytes(("worker " + name).getBytes(StandardCharsets.UTF_8));
        return new JsonObject().put("name", name).put("id", tag.toString().replace("-", ""));
    }

    private static JsonObject settings(Fields bindings) {
        var list = new JsonArray();
        TYPES.forEach((kind, type) -> bindings.each(kind)
                .forEach(entry -> entry.filled("bindingName")
                        .ifPresent(name -> list.add(binding(name, type, entry.filled("id"), Optional.empty())))));
        return new JsonObject().put("bindings", list);
    }

    private static JsonObject settings(WranglerWorker worker) {
        var list = new ArrayList<JsonObject>();
        worker.databases()
                .forEach(each -> list.add(binding(each.binding(), "d1", each.databaseId(), each.databaseName())));
        worker.namespaces()
                .forEach(each -> list.add(binding(each.binding(), "kv_namespace", each.id(), Optional.empty())));
        worker.buckets()
                .forEach(
                        each -> list.add(binding(each.binding(), "r2_bucket", each.bucketName(), each.jurisdiction())));
        worker.variables().forEach(name -> list.add(binding(name, "plain_text", Optional.empty(), Optional.empty())));
        return new Shape()
                .put("bindings", new JsonArray(list))
                .maybe("compatibilityDate", worker.compatibilityDate())
                .put("compatibilityFlags", new JsonArray(worker.compatibilityFlags()))
                .put("observability", worker.observability())
                .json();
    }

    private static JsonObject binding(String name, String type, Optional<String> id, Optional<String> detail) {
        return new Shape()
                .put("name", name)
                .put("type", type)
                .maybe("id", id)
                .maybe("detail", detail)
                .json();
    }
}
