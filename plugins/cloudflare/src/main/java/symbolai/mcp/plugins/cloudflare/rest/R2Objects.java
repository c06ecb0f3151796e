package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of R2 on objects. */
final class R2Objects implements Api {

    private static final int NO_SUCH_KEY = 10007;
    private static final int MOST = 1000;

    private final RestClient client;

    R2Objects(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("r2.objects.list", this::list);
    }

    @Override
    public Map<String, Download> downloads() {
        return Map.of("r2.objects.get", this::get);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("r2.objects.put", this::put, "r2.objects.delete", this::delete);
    }

    private Future<JsonObject> list(Operation operation) {
        var arguments = operation.arguments();
        var cursor = Optional.ofNullable(arguments.getString("cursor"));
        var request = RestRequest.get("r2", "buckets", bucket(operation), "objects")
                .with("per_page", Math.min(MOST, arguments.getInteger("limit", MOST)))
                .maybe("prefix", Optional.ofNullable(arguments.getString("prefix")))
                .maybe("delimiter", Optional.ofNullable(arguments.getString("delimiter")))
                .maybe("cursor", cursor);
        return client.send(operation, R2Buckets.placed(operation, request), envelope -> page(envelope, cursor));
    }

    private static JsonObject page(Envelope envelope, Optional<String> cursor) {
        var objects = new JsonArray();
        Fields.all(envelope.array()).stream().map(R2Objects::object).forEach(objects::add);
        var prefixes = new JsonArray(envelope.info().texts("delimited"));
        var next = envelope.info()
                .filled("cursor")
                .filter(given -> !Optional.of(given).equals(cursor));
        var isEmpty = objects.isEmpty() && prefixes.isEmpty();
        return new Shape()
                .put("objects", objects)
                .put("prefixes", prefixes)
                .maybe("cursor", isEmpty || isWhole(envelope.info()) ? Optional.empty() : next)
                .json();
    }

    /** It is said as a truth value or as a text. */
    private static boolean isWhole(Fields info) {
        return info.value("is_truncated").map(Object::toString).orElse("").equals("false");
    }

    /** What is known of an object comes from the list, which says more than the headers of the object do. */
    private Future<Reply> get(Operation operation) {
        var known = client.send(operation, entry(operation), envelope -> found(operation, envelope));
        return operation.arguments().getBoolean("head", false)
                ? known.map(Reply::new)
                : known.compose(object -> client.download(operation, bytes(operation), reply -> reply(object, reply)));
    }

    private static RestRequest entry(Operation operation) {
        return R2Buckets.placed(
                operation,
                RestRequest.get("r2", "buckets", bucket(operation), "objects")
                        .with("per_page", 1)
                        .with("prefix", key(operation)));
    }

    /** The object itself is the first of all that begin with its key. */
    private static JsonObject found(Operation operation, Envelope envelope) {
        return Fields.all(envelope.array()).stream()
                .filter(entry -> entry.required("key").equals(key(operation)))
                .findFirst()
                .map(R2Objects::object)
                .orElseThrow(() -> new ToolException(
                        Reason.NOT_FOUND,
                        "there is no object \"%s\" in the bucket %s".formatted(key(operation), bucket(operation))));
    }

    private static RestRequest bytes(Operation operation) {
        return R2Buckets.placed(
                operation, RestRequest.get("r2", "buckets", bucket(operation), "objects", key(operation)));
    }

    /** It may have been written anew since it was listed. */
    private static Reply reply(JsonObject object, HttpReply reply) {
        reply.header("content-length")
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .ifPresent(size -> object.put("size", size));
        reply.header("etag").map(value -> value.replace("\"", "")).ifPresent(etag -> object.put("etag", etag));
        return new Reply(object, reply.stream());
    }

    private Future<JsonObject> put(Operation operation) {
        var arguments = operation.arguments();
        if (!arguments.getJsonObject("metadata", new JsonObject()).isEmpty()) {
            return Future.failedFuture(new ToolException(
                    Reason.INVALID, "Cloudflare's API cannot give an object metadata of your own; leave metadata out"));
        }
        var type = arguments.getString("contentType", "application/octet-stream");
        if (!type.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,199}")) {
            return Future.failedFuture(
                    new ToolException(Reason.INVALID, "contentType holds at most 200 visible ASCII characters"));
        }
        var value = Octets.given(arguments);
        var request = RestRequest.put("r2", "buckets", bucket(operation), "objects", key(operation))
                .body(type, value);
        return client.send(
                operation,
                R2Buckets.placed(operation, request),
                envelope -> uploaded(envelope.object(), key(operation), value.length())
                        .put("contentType", type));
    }

    private static JsonObject uploaded(Fields result, String key, int size) {
        return new Shape()
                .put("key", result.text("key").orElse(key))
                .put("size", size)
                .put("etag", result.required("etag"))
                .put("uploadedAt", result.requiredTime("uploaded"))
                .maybe("storageClass", result.filled("storage_class"))
                .json();
    }

    private Future<JsonObject> delete(Operation operation) {
        var request = RestRequest.delete("r2", "buckets", bucket(operation), "objects", key(operation))
                .orAbsent(NO_SUCH_KEY);
        return client.send(operation, R2Buckets.placed(operation, request), done -> new JsonObject());
    }

    private static JsonObject object(Fields entry) {
        var http = entry.object("http_metadata");
        return new Shape()
                .put("key", entry.required("key"))
                .put("size", entry.count("size").orElseThrow(() -> new Malformed("an object has no size")))
                .put("etag", entry.required("etag"))
                .put("uploadedAt", entry.requiredTime("last_modified"))
                .maybe("contentType", http.flatMap(found -> found.filled("contentType")))
                .maybe("metadata", entry.object("custom_metadata").map(R2Objects::texts))
                .maybe("storageClass", entry.filled("storage_class"))
                .json();
    }

    private static JsonObject texts(Fields metadata) {
        var texts = new JsonObject();
        metadata.json().fieldNames().forEach(name -> metadata.text(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static String bucket(Operation operation) {
        return operation.arguments().getString("bucket");
    }

    private static String key(Operation operation) {
        return operation.arguments().getString("key");
    }
}
