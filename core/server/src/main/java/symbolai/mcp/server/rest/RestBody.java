package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;
import symbolai.mcp.server.jsonrpc.StrictJson;

/** Reads the JSON object in the body of a request. */
final class RestBody {

    private final StrictJson json = new StrictJson();

    /** The object; an empty one for no body at all. Failures of reading the bytes are the future's own. */
    Future<JsonObject> read(RestRequest request) {
        requireJson(request);
        return request.body().get().map(this::object);
    }

    /** The same of a request that must have a body. */
    Future<JsonObject> read(String contentType, Supplier<Future<Buffer>> bytes) {
        requireJson(contentType);
        return bytes.get().map(this::object);
    }

    private JsonObject object(Buffer bytes) {
        if (bytes.length() == 0) {
            return new JsonObject();
        }
        var parsed = json.parse(bytes);
        parsed.problem().ifPresent(problem -> {
            throw RestProblem.invalid("the body: " + problem);
        });
        if (parsed.value() instanceof JsonObject object) {
            return object;
        }
        throw RestProblem.invalid("the body must be a JSON object");
    }

    private static void requireJson(RestRequest request) {
        if (!hasBody(request)) {
            return;
        }
        requireJson(request.header("Content-Type").orElse(""));
    }

    private static void requireJson(String type) {
        var semicolon = type.indexOf(';');
        var media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        if (!media.equalsIgnoreCase("application/json")) {
            throw new RestProblem(
                    RestCode.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be JSON: send it with Content-Type: application/json",
                    Map.of("Accept-Post", "application/json"));
        }
    }

    private static boolean hasBody(RestRequest request) {
        return request.header("Transfer-Encoding").isPresent()
                || request.header("Content-Type").isPresent()
                || !request.header("Content-Length").orElse("0").equals("0");
    }
}
