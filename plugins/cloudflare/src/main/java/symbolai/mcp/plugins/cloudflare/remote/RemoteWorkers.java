package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Carries out the operations on Workers by tools that the bindings and the builds server have. */
final class RemoteWorkers {

    private final RemoteClient client;
    private final Server server;

    RemoteWorkers(RemoteClient client, Server server) {
        this.client = client;
        this.server = server;
    }

    /** The Workers by name, each with the tag that builds know it by. */
    Future<List<JsonObject>> all(Operation operation) {
        return client.look(server, ToolTable.WORKERS_LIST, new JsonObject(), operation)
                .map(RemoteWorkers::workers);
    }

    Future<JsonObject> list(Operation operation) {
        return all(operation).map(found -> new JsonObject().put("workers", new JsonArray(found)));
    }

    /** The list says more of a Worker than the tool that gets one. */
    Future<JsonObject> get(Operation operation) {
        return named(operation.arguments().getString("name"), operation);
    }

    /** The Worker of a name. */
    Future<JsonObject> named(String name, Operation operation) {
        return all(operation)
                .map(found -> found.stream()
                        .filter(worker -> worker.getString("name").equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, "there is no Worker " + name)));
    }

    Future<JsonObject> code(Operation operation) {
        var name = operation.arguments().getString("name");
        var maxBytes = operation.arguments().getInteger("maxBytes");
        return client.call(server, ToolTable.WORKERS_CODE, new JsonObject().put("scriptName", name), operation)
                .map(text -> code(ModuleText.modules(text.all()), maxBytes));
    }

    private static JsonObject code(List<JsonObject> modules, int maxBytes) {
        var kept = new JsonArray();
        var left = (long) maxBytes;
        for (var module : modules) {
            left -= module.getString("text").getBytes(StandardCharsets.UTF_8).length;
            if (left < 0) {
                break;
            }
            kept.add(module);
        }
        return new JsonObject()
                .put("modules", kept)
                .put("truncated", kept.size() < modules.size())
                .put("mainModule", modules.get(0).getString("name"));
    }

    private static List<JsonObject> workers(ToolText text) {
        if (!(text.object().json().getValue("workers") instanceof JsonArray)) {
            throw text.unusable("a list of Workers is expected");
        }
        return text.object().each("workers").stream()
                .map(RemoteWorkers::worker)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(worker -> worker.getString("name")))
                .toList();
    }

    /** Cloudflare gives the tag inside an object; a plain one is taken too. */
    private static Optional<JsonObject> worker(Fields found) {
        var tag = found.at("id").filled("tag").or(() -> found.filled("id"));
        return found.filled("name").flatMap(name -> tag.map(id -> worker(name, id, found)));
    }

    private static JsonObject worker(String name, String id, Fields found) {
        var worker = new JsonObject().put("name", name).put("id", id);
        found.time("created_on").ifPresent(time -> worker.put("createdAt", time));
        found.time("modified_on").ifPresent(time -> worker.put("modifiedAt", time));
        return worker;
    }
}
