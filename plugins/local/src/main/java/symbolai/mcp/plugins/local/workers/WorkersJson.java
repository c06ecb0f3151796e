package symbolai.mcp.plugins.local.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.plugins.local.projects.ProjectWorker;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Row;

/** Writes the JSON of the operations of Workers. */
final class WorkersJson {

    private WorkersJson() {}

    /** The columns of {@link Uploaded#find}. */
    static JsonObject worker(Row row) {
        return new JsonObject()
                .put("name", row.text(0))
                .put("id", row.text(1))
                .put("createdAt", row.time(2).toString())
                .put("modifiedAt", row.time(3).toString())
                .put("handlers", new JsonArray(row.text(4)))
                .put("hasAssets", false)
                .put("etag", row.text(5));
    }

    static JsonObject worker(ProjectWorker project) {
        return new JsonObject()
                .put("name", project.name())
                .put("id", project.id())
                .put("hasAssets", project.worker().assets().isPresent());
    }

    static JsonObject settings(ProjectWorker project) {
        var settings = new JsonObject()
                .put("bindings", Bindings.of(project))
                .put("compatibilityFlags", new JsonArray(project.worker().compatibilityFlags()))
                .put("observability", project.worker().observability());
        project.worker().compatibilityDate().ifPresent(date -> settings.put("compatibilityDate", date));
        return settings;
    }

    static JsonObject schedules(ProjectWorker project) {
        var schedules = new JsonArray();
        project.worker().crons().forEach(cron -> schedules.add(new JsonObject().put("cron", cron)));
        return new JsonObject().put("schedules", schedules);
    }

    /** The modules that fit, the main one first; what does not fit is left out. */
    static JsonObject code(String main, List<Row> rows, int most) {
        var modules = new JsonArray();
        var room = (long) most;
        for (var row : rows) {
            var body = row.bytes(2);
            if (body.length <= room) {
                room -= body.length;
                modules.add(
                        Payload.write(new JsonObject().put("name", row.text(0)).put("contentType", row.text(1)), body));
            }
        }
        return new JsonObject()
                .put("modules", modules)
                .put("truncated", modules.size() < rows.size())
                .put("mainModule", main);
    }

    /** Id, number, time, message. */
    static JsonObject version(Row row) {
        var json = new JsonObject()
                .put("id", row.text(0))
                .put("number", row.number(1))
                .put("createdAt", row.time(2).toString())
                .put("source", "api");
        row.optionalText(3).ifPresent(message -> json.put("message", message));
        return json;
    }

    /** Id, version, time, message. */
    static JsonObject deployment(Row row) {
        var all = new JsonObject().put("versionId", row.text(1)).put("percentage", 100);
        var json = new JsonObject()
                .put("id", row.text(0))
                .put("createdAt", row.time(2).toString())
                .put("versions", new JsonArray().add(all))
                .put("source", "api")
                .put("strategy", "percentage");
        row.optionalText(3).ifPresent(message -> json.put("message", message));
        return json;
    }

    static JsonObject secrets(JsonArray bindings) {
        var secrets = new JsonArray();
        bindings.forEach(each -> {
            if (each instanceof JsonObject binding && Bindings.isSecret(binding)) {
                secrets.add(
                        new JsonObject().put("name", binding.getString("name")).put("type", binding.getString("type")));
            }
        });
        return new JsonObject().put("secrets", secrets);
    }
}
