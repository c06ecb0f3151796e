package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Cloudflare's KV API: namespaces, keys and single values. */
final class KvRoutes {

    static final String NAMESPACE = "/accounts/{account}/storage/kv/namespaces/{namespace}";
    private static final String NAMESPACES = "/accounts/{account}/storage/kv/namespaces";
    private static final int LARGEST_VALUE = 25 << 20;

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", NAMESPACES, KvRoutes::list),
                V4Route.of("POST", NAMESPACES, KvRoutes::create),
                V4Route.of("GET", NAMESPACE, KvRoutes::get),
                V4Route.of("PUT", NAMESPACE, KvRoutes::rename),
                V4Route.of("DELETE", NAMESPACE, KvRoutes::delete),
                V4Route.of("GET", NAMESPACE + "/keys", KvRoutes::keys),
                V4Route.of("GET", NAMESPACE + "/values/{key*}", KvRoutes::value),
                V4Route.of("PUT", NAMESPACE + "/values/{key*}", V4Route.LARGE, KvRoutes::put),
                V4Route.of("DELETE", NAMESPACE + "/values/{key*}", KvRoutes::remove),
                V4Route.of("GET", NAMESPACE + "/metadata/{key*}", KvRoutes::metadata));
    }

    /** The arguments that name the path's namespace. */
    static JsonObject namespace(V4Request request) {
        var id = request.variable("namespace");
        if (!id.matches("[0-9a-fA-F]{32}")) {
            throw new V4Error(400, 10011, "could not parse UUID from request's namespace_id: '" + cut(id) + "'");
        }
        return new JsonObject().put("namespaceId", id.toLowerCase(Locale.ROOT));
    }

    private static Future<V4Answer> list(V4Request request) {
        return Paging.of(request, 20, 1000)
                .answer(request.account(), "kv.namespaces.list", new JsonObject(), "namespaces", KvRoutes::namespace)
                .recover(ErrorCodes.KV::failed);
    }

    private static Future<V4Answer> create(V4Request request) {
        return request.account()
                .write("kv.namespaces.create", new JsonObject().put("title", title(request)))
                .map(made -> V4Answer.result(namespace(made)))
                .recover(ErrorCodes.KV::failed);
    }

    /** There is no operation for one, so it is looked for. */
    private static Future<V4Answer> get(V4Request request) {
        return find(request, namespace(request).getString("namespaceId"), 1).recover(ErrorCodes.KV::failed);
    }

    private static Future<V4Answer> find(V4Request request, String id, int page) {
        var arguments = new JsonObject().put("page", page).put("perPage", 100);
        return request.account()
                .read("kv.namespaces.list", arguments)
                .compose(reply -> found(reply, id)
                        .map(namespace -> Future.succeededFuture(V4Answer.result(namespace(namespace))))
                        .orElseGet(() -> findFurther(request, id, reply)));
    }

    private static Optional<JsonObject> found(JsonObject reply, String id) {
        return reply.getJsonArray("namespaces").stream()
                .map(JsonObject.class::cast)
                .filter(namespace -> namespace.getString("id").equals(id))
                .findFirst();
    }

    private static Future<V4Answer> findFurther(V4Request request, String id, JsonObject reply) {
        return reply.containsKey("nextPage")
                ? find(request, id, reply.getInteger("nextPage"))
                : Future.failedFuture(new V4Error(404, 10013, "namespace not found"));
    }

    private static Future<V4Answer> rename(V4Request request) {
        return request.account()
                .write("kv.namespaces.rename", namespace(request).put("title", title(request)))
                .map(renamed -> V4Answer.result(namespace(renamed)))
                .recover(ErrorCodes.KV::failed);
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("kv.namespaces.delete", namespace(request))
                .map(gone -> V4Answer.result(null))
                .recover(ErrorCodes.KV::failed);
    }

    private static Future<V4Answer> keys(V4Request request) {
        var arguments = namespace(request).put("limit", request.number("limit", 1000, 10, 1000));
        request.parameter("prefix").ifPresent(prefix -> arguments.put("prefix", prefix));
        request.parameter("cursor").ifPresent(cursor -> arguments.put("cursor", cursor));
        return request.account()
                .read("kv.keys.list", arguments)
                .map(KvRoutes::keys)
                .recover(ErrorCodes.KV::failed);
    }

    private static V4Answer keys(JsonObject reply) {
        var keys = new JsonArray();
        for (var index = 0; index < reply.getJsonArray("keys").size(); index++) {
            var key = reply.getJsonArray("keys").getJsonObject(index).copy();
            Optional.ofNullable(key.getString("expiration"))
                    .ifPresent(time -> key.put("expiration", Times.seconds(time)));
            keys.add(key);
        }
        var info = new JsonObject().put("count", keys.size()).put("cursor", reply.getString("cursor", ""));
        return V4Answer.page(keys, info);
    }

    private static Future<V4Answer> value(V4Request request) {
        return read(request, LARGEST_VALUE).map(KvRoutes::value).recover(failure -> missing(request, failure));
    }

    private static V4Answer value(JsonObject reply) {
        var answer = V4Answer.bytes("application/octet-stream", Octets.take(reply));
        return Optional.ofNullable(reply.getString("expiration"))
                .map(time -> answer.with("Expiration", String.valueOf(Times.seconds(time))))
                .orElse(answer);
    }

    private static Future<V4Answer> metadata(V4Request request) {
        return read(request, 1)
                .map(reply -> V4Answer.result(reply.getValue("metadata")))
                .recover(failure -> missing(request, failure));
    }

    private static Future<JsonObject> read(V4Request request, int bytes) {
        return request.account().read("kv.values.get", key(request).put("maxBytes", bytes));
    }

    /** What is missing may be the key or the namespace; Cloudflare has a code for each. */
    private static Future<V4Answer> missing(V4Request request, Throwable failure) {
        if (!(failure instanceof ToolException known) || known.reason() != Reason.NOT_FOUND) {
            return ErrorCodes.KV.failed(failure);
        }
        return request.account()
                .read("kv.keys.list", namespace(request).put("limit", 10))
                .recover(ErrorCodes.KV::failed)
                .compose(there -> Future.failedFuture(new V4Error(404, 10009, "get: 'key not found'")));
    }

    private static Future<V4Answer> put(V4Request request) {
        var arguments = key(request);
        if (Multipart.isSaid(request)) { // A value may itself be a form.
            putParts(request, arguments);
        } else {
            Octets.put(arguments, request.body());
        }
        var ttl = request.number("expiration_ttl", 0, 60, Integer.MAX_VALUE);
        if (ttl > 0) {
            arguments.put("expirationTtl", ttl);
        } else {
            request.parameter("expiration").ifPresent(time -> arguments.put("expiration", Times.instant(time)));
        }
        return request.account()
                .write("kv.values.put", arguments)
                .map(done -> V4Answer.result(null))
                .recover(ErrorCodes.KV::failed);
    }

    private static void putParts(V4Request request, JsonObject arguments) {
        var parts = Multipart.parts(request);
        var value =
                Multipart.part(parts, "value").orElseThrow(() -> new V4Error(400, 10012, "the form has no part value"));
        Octets.put(arguments, value.bytes());
        Multipart.part(parts, "metadata")
                .flatMap(part -> metadata(part.text()))
                .ifPresent(metadata -> arguments.put("metadata", metadata));
    }

    private static Optional<Object> metadata(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.ofNullable(Json.decodeValue(text));
        } catch (DecodeException malformed) {
            throw new V4Error(400, 10012, "metadata must be valid json");
        }
    }

    private static Future<V4Answer> remove(V4Request request) {
        return request.account()
                .write("kv.values.delete", key(request))
                .map(done -> V4Answer.result(null))
                .recover(ErrorCodes.KV::failed);
    }

    private static JsonObject key(V4Request request) {
        return namespace(request).put("key", request.variable("key"));
    }

    private static String title(V4Request request) {
        if (request.object().getValue("title") instanceof String title && !title.isBlank()) {
            return title;
        }
        throw new V4Error(400, 10019, "title must be a text that is not empty");
    }

    private static JsonObject namespace(JsonObject found) {
        return found.copy().put("supports_url_encoding", true);
    }

    private static String cut(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
