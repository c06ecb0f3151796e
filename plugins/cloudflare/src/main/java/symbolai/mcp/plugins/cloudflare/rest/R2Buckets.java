package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of R2 on buckets. */
final class R2Buckets implements Api {

    private final RestClient client;

    R2Buckets(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("r2.buckets.list", this::list, "r2.buckets.get", this::get);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("r2.buckets.create", this::create, "r2.buckets.delete", this::delete);
    }

    /** The request in the jurisdiction that the operation names. */
    static RestRequest placed(Operation operation, RestRequest request) {
        return jurisdiction(operation)
                .map(given -> request.header("cf-r2-jurisdiction", given))
                .orElse(request);
    }

    private static Optional<String> jurisdiction(Operation operation) {
        return Optional.ofNullable(operation.arguments().getString("jurisdiction"));
    }

    private Future<JsonObject> list(Operation operation) {
        var arguments = operation.arguments();
        var cursor = Optional.ofNullable(arguments.getString("cursor"));
        var request = RestRequest.get("r2", "buckets")
                .with("order", "name")
                .with("direction", "asc")
                .maybe("name_contains", Optional.ofNullable(arguments.getString("nameContains")))
                .maybe("per_page", Optional.ofNullable(arguments.getInteger("perPage")))
                .maybe("cursor", cursor);
        return client.send(operation, placed(operation, request), envelope -> page(operation, envelope, cursor));
    }

    private static JsonObject page(Operation operation, Envelope envelope, Optional<String> cursor) {
        var buckets = new JsonArray();
        envelope.object().objects("buckets").stream()
                .map(bucket -> bucket(operation, bucket))
                .forEach(buckets::add);
        var next = envelope.info()
                .filled("cursor")
                .filter(given -> !Optional.of(given).equals(cursor));
        return new Shape()
                .put("buckets", buckets)
                .maybe("cursor", buckets.isEmpty() ? Optional.empty() : next)
                .json();
    }

    private Future<JsonObject> get(Operation operation) {
        var request = RestRequest.get("r2", "buckets", name(operation));
        return client.send(operation, placed(operation, request), envelope -> bucket(operation, envelope.object()));
    }

    private Future<JsonObject> create(Operation operation) {
        var arguments = operation.arguments();
        var body = new Shape()
                .put("name", name(operation))
                .maybe("locationHint", Optional.ofNullable(arguments.getString("locationHint")))
                .maybe("storageClass", Optional.ofNullable(arguments.getString("storageClass")))
                .json();
        var request = RestRequest.post("r2", "buckets").json(body);
        return client.send(operation, placed(operation, request), envelope -> bucket(operation, envelope.object()));
    }

    private Future<JsonObject> delete(Operation operation) {
        var request = RestRequest.delete("r2", "buckets", name(operation));
        return client.send(operation, placed(operation, request), done -> new JsonObject());
    }

    private static String name(Operation operation) {
        return operation.arguments().getString("bucket");
    }

    private static JsonObject bucket(Operation operation, Fields bucket) {
        return new Shape()
                .put("name", bucket.required("name"))
                .maybe("createdAt", bucket.time("creation_date"))
                .maybe("location", bucket.filled("location"))
                .maybe("storageClass", bucket.filled("storage_class"))
                .maybe("jurisdiction", bucket.filled("jurisdiction").or(() -> jurisdiction(operation)))
                .json();
    }
}
