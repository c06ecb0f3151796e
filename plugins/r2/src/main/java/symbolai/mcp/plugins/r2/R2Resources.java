package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Completer;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.ToolException;

/** The resources of the R2 family: objects, by bucket and key. */
final class R2Resources {

    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int PROPOSED = 100;
    private static final List<String> JURISDICTIONS = List.of(Place.DEFAULT, "eu", "fedramp");

    List<ResourceTemplate> templates() {
        return List.of(
                template(
                        "r2://{bucket}/{key}",
                        "r2-object",
                        "Object in an R2 bucket",
                        "",
                        Map.of("bucket", R2Resources::buckets, "key", R2Resources::keys)),
                template(
                        "r2://{jurisdiction}/{bucket}/{key}",
                        "r2-object-in-jurisdiction",
                        "Object in an R2 bucket of a jurisdiction",
                        " of the jurisdiction eu or fedramp",
                        Map.of(
                                "jurisdiction",
                                R2Resources::jurisdictions,
                                "bucket",
                                R2Resources::buckets,
                                "key",
                                R2Resources::keys)));
    }

    private static ResourceTemplate template(
            String uri, String name, String title, String where, Map<String, Completer> completers) {
        return new ResourceTemplate(
                        uri,
                        name,
                        title,
                        "One object of an R2 bucket" + where
                                + ". What is no plain letter or digit of the key, slashes included,"
                                + " is percent-encoded.",
                        MediaType.BYTES,
                        completers,
                        R2Resources::read)
                .likeTool("r2_get_object");
    }

    private static Future<ResourceResult> read(ResourceCall call) {
        var key = ObjectKey.of(call.variables().getOrDefault("key", ""));
        return new R2Client(call)
                .object(place(call.variables()), key)
                .compose(reply -> BoundedBody.read(ObjectReader.body(reply), MOST_BYTES, call.cancellation())
                        .map(bytes -> contents(call.uri(), reply, bytes)));
    }

    private static ResourceResult contents(String uri, Reply reply, Optional<Buffer> bytes) {
        var whole = bytes.orElseThrow(() -> new ToolException(
                ToolException.Reason.INVALID,
                "the object has %d bytes, and a resource holds at most %d; download it over REST or by the command"
                        .formatted(reply.json().getLong("size"), MOST_BYTES)));
        var type = MediaType.of(Optional.ofNullable(reply.json().getString("contentType")));
        return new ResourceResult(List.of(Utf8.text(whole)
                .<ResourceContents>map(text -> new ResourceContents.Text(uri, textType(type), text))
                .orElseGet(() -> new ResourceContents.Blob(uri, type, whole))));
    }

    private static String textType(String type) {
        return type.equals(MediaType.BYTES) ? "text/plain" : type;
    }

    private static Future<Completion> jurisdictions(CompletionCall call) {
        return Future.succeededFuture(Completion.startingWith(call.value(), JURISDICTIONS));
    }

    private static Future<Completion> buckets(CompletionCall call) {
        var arguments = new JsonObject().put("perPage", PROPOSED);
        Optional.ofNullable(call.others().get("jurisdiction")).ifPresent(name -> arguments.put("jurisdiction", name));
        if (!call.value().isEmpty()) {
            arguments.put("nameContains", call.value());
        }
        return new R2Client(call)
                .buckets(arguments)
                .map(found -> Completion.startingWith(call.value(), texts(found, "buckets", "name")));
    }

    /** The keys of the bucket that was filled in before; none until then. */
    private static Future<Completion> keys(CompletionCall call) {
        if (!call.others().containsKey("bucket")) {
            return Future.succeededFuture(new Completion(List.of()));
        }
        var arguments = place(call.others()).toJson().put("limit", PROPOSED);
        if (!call.value().isEmpty()) {
            arguments.put("prefix", call.value());
        }
        return new R2Client(call).objects(arguments).map(found -> new Completion(texts(found, "objects", "key")));
    }

    private static Place place(Map<String, String> variables) {
        return new Place(
                BucketName.checked(variables.getOrDefault("bucket", "")),
                Optional.ofNullable(variables.get("jurisdiction")).map(R2Resources::jurisdiction));
    }

    private static String jurisdiction(String name) {
        if (!JURISDICTIONS.contains(name)) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "\"" + Quoted.text(name) + "\" is no jurisdiction; there are default, eu and fedramp");
        }
        return name;
    }

    private static List<String> texts(JsonObject found, String list, String field) {
        return found.getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getString(field))
                .toList();
    }
}
