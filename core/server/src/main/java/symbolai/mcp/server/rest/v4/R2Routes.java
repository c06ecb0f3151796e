package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Cloudflare's R2 API for buckets. */
final class R2Routes {

    static final String BUCKET = "/accounts/{account}/r2/buckets/{bucket}";
    private static final String BUCKETS = "/accounts/{account}/r2/buckets";
    private static final String JURISDICTION = "cf-r2-jurisdiction";

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", BUCKETS, R2Routes::list),
                V4Route.of("POST", BUCKETS, R2Routes::create),
                V4Route.of("GET", BUCKET, R2Routes::get),
                V4Route.of("PATCH", BUCKET, R2Routes::get),
                V4Route.of("DELETE", BUCKET, R2Routes::delete));
    }

    /** The arguments that name the path's bucket. */
    static JsonObject bucket(V4Request request) {
        return jurisdiction(request, new JsonObject().put("bucket", checked(request.variable("bucket"))));
    }

    private static Future<V4Answer> list(V4Request request) {
        var perPage = request.number("per_page", 20, 1, 1000);
        var arguments = jurisdiction(request, new JsonObject().put("perPage", perPage));
        request.parameter("name_contains").ifPresent(text -> arguments.put("nameContains", text));
        request.parameter("cursor").ifPresent(cursor -> arguments.put("cursor", cursor));
        return request.account()
                .read("r2.buckets.list", arguments)
                .map(reply -> page(reply, perPage))
                .recover(ErrorCodes.R2::failed);
    }

    private static V4Answer page(JsonObject reply, int perPage) {
        var buckets = new JsonArray();
        reply.getJsonArray("buckets").forEach(bucket -> buckets.add(bucket((JsonObject) bucket)));
        var info = new JsonObject().put("per_page", perPage);
        Optional.ofNullable(reply.getString("cursor")).ifPresent(cursor -> info.put("cursor", cursor));
        return V4Answer.page(new JsonObject().put("buckets", buckets), info);
    }

    private static Future<V4Answer> create(V4Request request) {
        var body = request.object();
        var arguments =
                jurisdiction(request, new JsonObject().put("bucket", checked(String.valueOf(body.getValue("name")))));
        copy(body, arguments, "locationHint", "apac|eeur|enam|weur|wnam|oc");
        copy(body, arguments, "storageClass", "Standard|InfrequentAccess");
        return request.account()
                .write("r2.buckets.create", arguments)
                .map(made -> V4Answer.result(bucket(made)))
                .recover(ErrorCodes.R2::failed);
    }

    private static void copy(JsonObject body, JsonObject arguments, String name, String choices) {
        var value = body.getValue(name);
        if (value == null) {
            return;
        }
        if (!String.valueOf(value).matches(choices)) {
            throw new V4Error(400, 10001, name + " must be one of " + choices.replace("|", ", "));
        }
        arguments.put(name, value);
    }

    /** There is nothing of a bucket that could be changed. */
    private static Future<V4Answer> get(V4Request request) {
        return request.account()
                .read("r2.buckets.get", bucket(request))
                .map(found -> V4Answer.result(bucket(found)))
                .recover(ErrorCodes.R2::failed);
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("r2.buckets.delete", bucket(request))
                .map(gone -> V4Answer.result(new JsonObject()))
                .recover(ErrorCodes.R2_FULL::failed);
    }

    private static JsonObject jurisdiction(V4Request request, JsonObject arguments) {
        var jurisdiction = request.header(JURISDICTION);
        if (jurisdiction.filter(name -> !name.matches("default|eu|fedramp")).isPresent()) {
            throw new V4Error(400, 10001, JURISDICTION + " must be default, eu or fedramp");
        }
        jurisdiction.ifPresent(name -> arguments.put("jurisdiction", name));
        return arguments;
    }

    private static String checked(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")) {
            throw new V4Error(400, 10005, "The specified bucket name is not valid.");
        }
        return name;
    }

    private static JsonObject bucket(JsonObject found) {
        var bucket = new JsonObject()
                .put("name", found.getString("name"))
                .put("jurisdiction", found.getString("jurisdiction", "default"))
                .put("storage_class", found.getString("storageClass", "Standard"));
        Optional.ofNullable(found.getString("createdAt")).ifPresent(at -> bucket.put("creation_date", at));
        Optional.ofNullable(found.getString("location")).ifPresent(location -> bucket.put("location", location));
        return bucket;
    }
}
