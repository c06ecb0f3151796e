package symbolai.mcp.plugins.cloudflare.remote;

import static symbolai.mcp.plugins.cloudflare.remote.Server.BINDINGS;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.AfterWrite;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Carries out the operations on namespaces of KV and buckets of R2 by tools of the bindings server. */
final class RemoteStores {

    private static final int PAGE = 100;
    /** What these tools cannot say. */
    private static final Set<String> UNSAID = Set.of("locationHint", "storageClass");

    private final RemoteClient client;

    RemoteStores(RemoteClient client) {
        this.client = client;
    }

    Future<JsonObject> namespaces(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        var params = new JsonObject()
                .put("page", page)
                .put("per_page", perPage)
                .put("order", "title")
                .put("direction", "asc");
        return client.call(BINDINGS, ToolTable.KV_LIST, new JsonObject().put("params", params), operation)
                .map(text -> namespaces(text, page, perPage));
    }

    Future<JsonObject> createNamespace(Operation operation) {
        var arguments = new JsonObject().put("title", operation.arguments().getString("title"));
        return client.call(BINDINGS, ToolTable.KV_CREATE, arguments, operation).map(RemoteStores::namespace);
    }

    /** What the tool says of a namespace that it renamed is not relied on; it is looked at again. */
    Future<JsonObject> renameNamespace(Operation operation) {
        var arguments =
                namespaceId(operation).put("title", operation.arguments().getString("title"));
        return client.call(BINDINGS, ToolTable.KV_UPDATE, arguments, operation)
                .compose(done -> client.look(BINDINGS, ToolTable.KV_GET, namespaceId(operation), operation)
                        .recover(AfterWrite::failed))
                .map(RemoteStores::namespace);
    }

    Future<JsonObject> deleteNamespace(Operation operation) {
        return client.call(BINDINGS, ToolTable.KV_DELETE, namespaceId(operation), operation)
                .map(done -> new JsonObject());
    }

    /** The server drops Cloudflare's cursor, so ours is the name of the last bucket. */
    Future<JsonObject> buckets(Operation operation) {
        checkBucket(operation);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        var arguments = new JsonObject().put("per_page", perPage);
        Optional.ofNullable(operation.arguments().getString("nameContains"))
                .ifPresent(name -> arguments.put("name_contains", name));
        Optional.ofNullable(operation.arguments().getString("cursor"))
                .ifPresent(last -> arguments.put("start_after", last));
        return client.call(BINDINGS, ToolTable.R2_LIST, arguments, operation).map(text -> buckets(text, perPage));
    }

    Future<JsonObject> bucket(Operation operation) {
        checkBucket(operation);
        return client.call(BINDINGS, ToolTable.R2_GET, bucketName(operation), operation)
                .map(text -> bucket(text.object()).orElseThrow(() -> text.unusable("a bucket is expected")));
    }

    Future<JsonObject> createBucket(Operation operation) {
        checkBucket(operation);
        return client.call(BINDINGS, ToolTable.R2_CREATE, bucketName(operation), operation)
                .map(text -> bucket(text.object()).orElseThrow(() -> text.unusable("a bucket is expected")));
    }

    Future<JsonObject> deleteBucket(Operation operation) {
        checkBucket(operation);
        return client.call(BINDINGS, ToolTable.R2_DELETE, bucketName(operation), operation)
                .map(done -> new JsonObject());
    }

    private static void checkBucket(Operation operation) {
        var jurisdiction = operation.arguments().getString("jurisdiction", "default");
        if (!jurisdiction.equals("default")) {
            throw new ToolException(
                    Reason.UNSUPPORTED,
                    Server.BINDINGS.title() + " sees buckets without a jurisdiction only, and not those of "
                            + jurisdiction);
        }
        operation.arguments().fieldNames().stream()
                .filter(UNSAID::contains)
                .findFirst()
                .ifPresent(RemoteStores::unsaid);
    }

    private static void unsaid(String argument) {
        throw new ToolException(Reason.UNSUPPORTED, Server.BINDINGS.title() + " cannot be told " + argument);
    }

    private static JsonObject namespaceId(Operation operation) {
        return new JsonObject().put("namespace_id", operation.arguments().getString("namespaceId"));
    }

    private static JsonObject bucketName(Operation operation) {
        return new JsonObject().put("name", operation.arguments().getString("bucket"));
    }

    private static JsonObject namespaces(ToolText text, int page, int perPage) {
        if (!(text.object().json().getValue("namespaces") instanceof JsonArray)) {
            throw text.unusable("a list of namespaces is expected");
        }
        var found = text.object().each("namespaces").stream()
                .map(RemoteStores::namespace)
                .flatMap(Optional::stream)
                .toList();
        var result = new JsonObject().put("namespaces", new JsonArray(found));
        return Paging.hasNext(Fields.loose(null), page, perPage, found.size())
                ? result.put("nextPage", page + 1)
                : result;
    }

    private static JsonObject namespace(ToolText text) {
        return namespace(text.object()).orElseThrow(() -> text.unusable("a namespace is expected"));
    }

    private static Optional<JsonObject> namespace(Fields found) {
        return found.filled("id").flatMap(id -> found.filled("title").map(title -> namespace(id, title)));
    }

    private static JsonObject namespace(String id, String title) {
        return new JsonObject().put("id", id).put("title", title);
    }

    private static JsonObject buckets(ToolText text, int perPage) {
        if (!(text.object().json().getValue("buckets") instanceof JsonArray)) {
            throw text.unusable("a list of buckets is expected");
        }
        List<JsonObject> found = text.object().each("buckets").stream()
                .map(RemoteStores::bucket)
                .flatMap(Optional::stream)
                .toList();
        var result = new JsonObject().put("buckets", new JsonArray(found));
        return found.size() >= perPage
                ? result.put("cursor", found.get(found.size() - 1).getString("name"))
                : result;
    }

    private static Optional<JsonObject> bucket(Fields found) {
        return found.filled("name").map(name -> bucket(name, found));
    }

    private static JsonObject bucket(String name, Fields found) {
        var bucket = new JsonObject().put("name", name);
        found.time("creation_date").ifPresent(time -> bucket.put("createdAt", time));
        found.filled("location").ifPresent(location -> bucket.put("location", location));
        found.filled("storage_class").ifPresent(storage -> bucket.put("storageClass", storage));
        found.filled("jurisdiction").ifPresent(place -> bucket.put("jurisdiction", place));
        return bucket;
    }
}
