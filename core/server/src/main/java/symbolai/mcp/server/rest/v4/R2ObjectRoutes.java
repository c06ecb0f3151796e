package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Cloudflare's R2 API for objects. */
final class R2ObjectRoutes {

    private static final String OBJECTS = R2Routes.BUCKET + "/objects";
    private static final String OBJECT = OBJECTS + "/{key*}";
    private static final String METADATA = "cf-r2-custom-metadata";
    private static final String BYTES = "application/octet-stream";

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", OBJECTS, R2ObjectRoutes::list),
                V4Route.of("GET", OBJECT, R2ObjectRoutes::get),
                V4Route.of("HEAD", OBJECT, R2ObjectRoutes::head),
                V4Route.of("PUT", OBJECT, V4Route.LARGE, R2ObjectRoutes::put),
                V4Route.of("DELETE", OBJECT, R2ObjectRoutes::delete));
    }

    private static Future<V4Answer> list(V4Request request) {
        var perPage = request.number("per_page", 20, 1, 1000);
        var arguments = R2Routes.bucket(request).put("limit", perPage);
        for (var name : List.of("prefix", "delimiter", "cursor")) {
            request.parameter(name).ifPresent(value -> arguments.put(name, value));
        }
        return request.account()
                .read("r2.objects.list", arguments)
                .map(reply -> page(reply, perPage))
                .recover(ErrorCodes.R2::failed);
    }

    private static V4Answer page(JsonObject reply, int perPage) {
        var objects = new JsonArray();
        reply.getJsonArray("objects").forEach(object -> objects.add(object((JsonObject) object)));
        var cursor = reply.getString("cursor", "");
        var info = new JsonObject()
                .put("per_page", perPage)
                .put("cursor", cursor)
                .put("is_truncated", !cursor.isEmpty())
                .put("delimited", reply.getJsonArray("prefixes"));
        return V4Answer.page(objects, info);
    }

    private static JsonObject object(JsonObject found) {
        var http = new JsonObject();
        Optional.ofNullable(found.getString("contentType")).ifPresent(type -> http.put("contentType", type));
        return new JsonObject()
                .put("key", found.getString("key"))
                .put("etag", found.getString("etag"))
                .put("size", found.getLong("size"))
                .put("last_modified", found.getString("uploadedAt"))
                .put("http_metadata", http)
                .put("custom_metadata", found.getJsonObject("metadata", new JsonObject()))
                .put("storage_class", found.getString("storageClass", "Standard"))
                .put("ssec", false);
    }

    private static Future<V4Answer> get(V4Request request) {
        return request.account()
                .reply("r2.objects.get", key(request), Access.READ)
                .map(reply -> download(request, reply))
                .recover(failure -> missing(request, failure));
    }

    private static Future<V4Answer> head(V4Request request) {
        return request.account()
                .read("r2.objects.get", key(request).put("head", true))
                .map(found -> V4Answer.empty(200).withAll(headers(found)))
                .recover(failure -> missing(request, failure));
    }

    private static V4Answer download(V4Request request, Reply reply) {
        var body = reply.body().orElseThrow();
        var etag = etag(reply.json());
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            body.close();
            return V4Answer.empty(304).with("ETag", etag);
        }
        return V4Answer.stream(BYTES, body).withAll(headers(reply.json()));
    }

    private static String etag(JsonObject found) {
        return "\"" + found.getString("etag") + "\"";
    }

    private static Map<String, String> headers(JsonObject found) {
        var headers = new TreeMap<String, String>();
        headers.put("ETag", etag(found));
        headers.put("Content-Length", String.valueOf(found.getLong("size")));
        headers.put("Content-Type", found.getString("contentType", BYTES));
        headers.put("Last-Modified", httpDate(found.getString("uploadedAt")));
        headers.put("cf-r2-storage-class", found.getString("storageClass", "Standard"));
        if (found.getValue("metadata") instanceof JsonObject metadata && !metadata.isEmpty()) {
            headers.put(METADATA, HeaderJson.ascii(metadata));
        }
        return headers;
    }

    private static String httpDate(String instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.parse(instant).atZone(ZoneOffset.UTC));
    }

    private static Future<V4Answer> missing(V4Request request, Throwable failure) {
        if (!(failure instanceof ToolException known) || known.reason() != Reason.NOT_FOUND) {
            return ErrorCodes.R2.failed(failure);
        }
        return request.account()
                .read("r2.buckets.get", R2Routes.bucket(request))
                .recover(ErrorCodes.R2::failed)
                .compose(there -> Future.failedFuture(new V4Error(404, 10007, "The specified key does not exist.")));
    }

    private static Future<V4Answer> put(V4Request request) {
        var arguments = Octets.put(key(request), request.body());
        request.header("Content-Type").ifPresent(type -> arguments.put("contentType", type));
        request.header(METADATA).ifPresent(text -> arguments.put("metadata", metadata(text)));
        return request.account()
                .write("r2.objects.put", arguments)
                .map(R2ObjectRoutes::uploaded)
                .recover(ErrorCodes.R2::failed);
    }

    private static JsonObject metadata(String text) {
        try {
            var metadata = new JsonObject(text);
            if (metadata.stream().allMatch(entry -> entry.getValue() instanceof String)) {
                return metadata;
            }
        } catch (DecodeException malformed) {
            // Said below.
        }
        throw new V4Error(400, 10001, METADATA + " must be a JSON object whose values are texts");
    }

    /** Cloudflare gives the size of an upload as a text. */
    private static V4Answer uploaded(JsonObject reply) {
        var object = object(reply);
        return V4Answer.result(object.put("size", String.valueOf(reply.getLong("size")))
                .put("uploaded", reply.getString("uploadedAt"))
                .put("version", reply.getString("etag")));
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("r2.objects.delete", key(request))
                .map(gone -> V4Answer.result(new JsonObject().put("key", request.variable("key"))))
                .recover(ErrorCodes.R2::failed);
    }

    private static JsonObject key(V4Request request) {
        return R2Routes.bucket(request).put("key", request.variable("key"));
    }
}
