package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.RestBinding;

/**
 * A route of the server itself, beside those of the tools.
 *
 * @param path below {@code /api/mcp/}
 * @param summary what it does, for the document
 * @param input the schema of the body
 * @param output the schema of the answer
 * @param forStrangers what callers without credentials are told; empty when they are told to show some
 * @param access who may use it
 * @param handler does it
 */
public record OwnRoute(
        RestBinding.Method method,
        String path,
        String summary,
        JsonObject input,
        JsonObject output,
        Optional<JsonObject> forStrangers,
        RouteAccess access,
        Handler handler) {

    /** A route that looks something up for callers who are known. */
    public static OwnRoute get(
            String path, String summary, JsonObject input, JsonObject output, RouteAccess access, JsonHandler handler) {
        return json(RestBinding.Method.GET, path, summary, input, output, access, handler);
    }

    /** A route that does something for callers who are known. */
    public static OwnRoute post(
            String path, String summary, JsonObject input, JsonObject output, RouteAccess access, JsonHandler handler) {
        return json(RestBinding.Method.POST, path, summary, input, output, access, handler);
    }

    private static OwnRoute json(
            RestBinding.Method method,
            String path,
            String summary,
            JsonObject input,
            JsonObject output,
            RouteAccess access,
            JsonHandler handler) {
        return new OwnRoute(
                method,
                path,
                summary,
                input,
                output,
                Optional.empty(),
                access,
                (caller, fields) -> handler.handle(caller, fields).map(RestAnswer::ok));
    }

    /** The schema of an answer that is only known to be an object. */
    static JsonObject anyObject() {
        return new JsonObject().put("type", "object");
    }

    /** Does what the route is for. */
    @FunctionalInterface
    public interface Handler {

        /**
         * The answer to a caller who may use the route.
         *
         * @param fields the body; with GET the parameters of the query, each a text
         */
        Future<RestAnswer> handle(Caller caller, JsonObject fields);
    }

    /** Does what a route is for that answers with a JSON object. */
    @FunctionalInterface
    public interface JsonHandler {

        /** As {@link Handler#handle}. */
        Future<JsonObject> handle(Caller caller, JsonObject fields);
    }
}
