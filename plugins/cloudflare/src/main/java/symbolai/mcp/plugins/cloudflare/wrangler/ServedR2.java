package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Encoded;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;
import symbolai.mcp.plugins.cloudflare.rest.Octets;

/** Reads and writes objects of buckets that {@code wrangler dev} serves. */
final class ServedR2 implements R2Source {

    private static final int MOST = 1000;

    private final Explorer explorer;

    ServedR2(Explorer explorer) {
        this.explorer = explorer;
    }

    @Override
    public Future<JsonObject> list(Store store, Operation operation) {
        var arguments = operation.arguments();
        var path = new StringBuilder(path(store, "?per_page=" + arguments.getInteger("limit", MOST)));
        for (var name : new String[] {"prefix", "delimiter", "cursor"}) {
            Optional.ofNullable(arguments.getString(name))
                    .ifPresent(
                            value -> path.append('&').append(name).append('=').append(Encoded.value(value)));
        }
        return explorer.json(explorer.get(Offline.served(store), path.toString(), operation), ServedR2::page);
    }

    @Override
    public Future<JsonObject> head(Store store, String key, Operation operation) {
        var call = object(HttpMethod.GET, store, key, operation).reading().header("cf-metadata-only", "true");
        return explorer.json(call, answer -> R2Json.object(Explorer.object(answer)));
    }

    @Override
    public Future<Reply> body(Store store, JsonObject object, Operation operation) {
        var call = object(HttpMethod.GET, store, object.getString("key"), operation)
                .reading();
        return explorer.download(call, reply -> new Reply(object, reply.stream()));
    }

    Future<Fields> put(Store store, Operation operation) {
        var arguments = operation.arguments();
        var type = arguments.getString("contentType", "application/octet-stream");
        if (!type.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,199}")) {
            throw new ToolException(Reason.INVALID, "contentType holds at most 200 visible ASCII characters");
        }
        var call = object(HttpMethod.PUT, store, arguments.getString("key"), operation)
                .body(type, Octets.given(arguments));
        var metadata = arguments.getJsonObject("metadata", new JsonObject());
        var described = metadata.isEmpty() ? call : call.header("cf-r2-custom-metadata", ascii(metadata.encode()));
        return explorer.json(described, Explorer::object);
    }

    Future<Fields> delete(Store store, Operation operation) {
        var call = object(HttpMethod.DELETE, store, operation.arguments().getString("key"), operation);
        return explorer.json(call, Explorer::object);
    }

    private static HttpCall object(HttpMethod method, Store store, String key, Operation operation) {
        return HttpCall.of(operation, Offline.served(store), method, path(store, "/" + Encoded.segment(key)));
    }

    /** Headers hold ASCII; JSON can write the rest by number. */
    private static String ascii(String json) {
        var text = new StringBuilder();
        json.chars()
                .forEach(unit -> text.append(unit < 0x7f ? String.valueOf((char) unit) : "\\u%04x".formatted(unit)));
        return text.toString();
    }

    private static JsonObject page(Fields answer) {
        var objects = new JsonArray();
        Explorer.list(answer).stream().map(R2Json::object).forEach(objects::add);
        var info = answer.at("result_info");
        var page = new JsonObject()
                .put("objects", objects)
                .put("prefixes", new JsonArray(new ArrayList<>(info.texts("delimited"))));
        // It is said as a text.
        var isCut = info.value("is_truncated").map(Object::toString).orElse("").equals("true");
        info.filled("cursor").filter(cursor -> isCut).ifPresent(cursor -> page.put("cursor", cursor));
        return page;
    }

    private static String path(Store store, String rest) {
        return "/r2/buckets/" + Encoded.segment(store.devId()) + "/objects" + rest;
    }
}
