package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** The operations of R2 as methods, on the connection and within the deadline of one call. */
final class R2Client {

    private final Call call;

    R2Client(Call call) {
        this.call = call;
    }

    /** Buckets, with the arguments and the result of the operation. */
    Future<JsonObject> buckets(JsonObject arguments) {
        return call.read("r2.buckets.list", arguments);
    }

    Future<JsonObject> create(JsonObject arguments) {
        return call.write("r2.buckets.create", arguments);
    }

    Future<JsonObject> bucket(Place place) {
        return call.read("r2.buckets.get", place.toJson());
    }

    Future<Void> delete(Place place) {
        return call.write("r2.buckets.delete", place.toJson()).mapEmpty();
    }

    /** Objects, with the arguments and the result of the operation. */
    Future<JsonObject> objects(JsonObject arguments) {
        return call.read("r2.objects.list", arguments);
    }

    /** An object with its bytes. */
    Future<Reply> object(Place place, ObjectKey key) {
        return call.connection().invoke(Operation.read("r2.objects.get", arguments(place, key), call));
    }

    /** What is known of an object without its bytes; empty when there is none. */
    Future<Optional<JsonObject>> head(Place place, ObjectKey key) {
        return call.read("r2.objects.get", arguments(place, key).put("head", true))
                .map(Optional::of)
                .recover(R2Client::none);
    }

    Future<JsonObject> put(Place place, ObjectKey key, GivenObject object) {
        return call.write("r2.objects.put", arguments(place, key).mergeIn(object.json()));
    }

    Future<Void> delete(Place place, ObjectKey key) {
        return call.write("r2.objects.delete", arguments(place, key)).mapEmpty();
    }

    private static JsonObject arguments(Place place, ObjectKey key) {
        return place.toJson().put("key", key.text());
    }

    private static Future<Optional<JsonObject>> none(Throwable failure) {
        return failure instanceof ToolException known && known.reason() == ToolException.Reason.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }
}
