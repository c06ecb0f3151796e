package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Lists the scripts of an account, by which the names of Workers are matched with their ids. */
final class Scripts {

    private final RestClient client;

    Scripts(RestClient client) {
        this.client = client;
    }

    /** All Workers, by name. This list has no pages. */
    Future<List<JsonObject>> all(Operation operation) {
        return client.send(
                operation,
                RestRequest.get("workers", "scripts").asReading(),
                envelope -> Fields.all(envelope.array()).stream()
                        .map(Scripts::worker)
                        .sorted(Comparator.comparing(worker -> worker.getString("name")))
                        .toList());
    }

    /** One Worker. Fails with {@link Reason#NOT_FOUND} when there is none. */
    Future<JsonObject> named(Operation operation, String name) {
        return all(operation)
                .map(workers -> find(workers, "name", name)
                        .orElseThrow(() -> new ToolException(
                                Reason.NOT_FOUND, "there is no Worker \"" + name + "\" in the account")));
    }

    /** The name of the Worker with an id; the id itself when there is no such Worker any more. */
    Future<String> nameOf(Operation operation, String id) {
        return all(operation)
                .map(workers -> find(workers, "id", id)
                        .map(worker -> worker.getString("name"))
                        .orElse(id));
    }

    private static Optional<JsonObject> find(List<JsonObject> workers, String field, String value) {
        return workers.stream()
                .filter(worker -> worker.getString(field).equals(value))
                .findFirst();
    }

    private static JsonObject worker(Fields script) {
        var handlers = script.texts("handlers");
        return new Shape()
                .put("name", script.required("id"))
                .put("id", script.filled("tag").orElseGet(() -> script.required("id")))
                .maybe("createdAt", script.time("created_on"))
                .maybe("modifiedAt", script.time("modified_on"))
                .maybe("handlers", handlers.isEmpty() ? Optional.empty() : Optional.of(handlers))
                .maybe("hasAssets", script.fact("has_assets"))
                .maybe("etag", script.filled("etag"))
                .json();
    }
}
