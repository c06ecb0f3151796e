package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads what is uploaded for a Worker: a form of metadata and modules, or one script. */
final class WorkerUpload {

    private static final int INVALID = 10021;
    private static final String METADATA = "metadata";
    private static final String SCRIPT = "application/javascript";

    private WorkerUpload() {}

    /** The arguments of the operation that deploys it. */
    static JsonObject arguments(V4Request request) {
        var arguments = WorkersRoutes.script(request);
        if (!Multipart.isIn(request)) {
            var module = new JsonObject().put("name", "worker.js").put("contentType", SCRIPT);
            return arguments
                    .put("script", true)
                    .put("modules", new JsonArray().add(Octets.put(module, request.body())));
        }
        var parts = Multipart.parts(request);
        var metadata = metadata(parts);
        arguments.put("modules", modules(parts));
        name(metadata, arguments);
        settings(metadata, arguments);
        return arguments;
    }

    private static JsonObject metadata(List<Multipart.Part> parts) {
        var part = Multipart.part(parts, METADATA);
        if (part.isEmpty()) {
            return NestedFields.object(parts, METADATA)
                    .orElseThrow(() -> new V4Error(400, INVALID, "the form has no part metadata"));
        }
        try {
            return new JsonObject(part.get().text());
        } catch (DecodeException malformed) {
            throw new V4Error(400, INVALID, "the part metadata must be a JSON object");
        }
    }

    private static JsonArray modules(List<Multipart.Part> parts) {
        var modules = new JsonArray();
        for (var part : parts) {
            if (!part.name().equals(METADATA) && !part.name().startsWith(METADATA + "[")) {
                var module = new JsonObject()
                        .put("name", name(part))
                        .put("contentType", part.contentType().orElse(SCRIPT));
                modules.add(Octets.put(module, part.bytes()));
            }
        }
        if (modules.isEmpty()) {
            throw new V4Error(400, INVALID, "the form has no modules");
        }
        return modules;
    }

    /** A module is named by its field, or by its file where the field is one of a list. */
    private static String name(Multipart.Part part) {
        return part.name().startsWith("files[") ? part.fileName() : part.name();
    }

    private static void name(JsonObject metadata, JsonObject arguments) {
        if (metadata.getValue("main_module") instanceof String main) {
            arguments.put("mainModule", main);
        } else if (metadata.getValue("body_part") instanceof String script) {
            arguments.put("mainModule", script).put("script", true);
        }
    }

    /** Bindings are kept by their kind, or one by one by inheriting them; here it is all or none. */
    private static boolean keeps(JsonObject metadata) {
        var kept = metadata.getValue("keep_bindings") instanceof JsonArray kinds && kinds.contains("plain_text");
        return kept
                || (metadata.getValue("bindings") instanceof JsonArray bindings
                        && bindings.stream().anyMatch(BindingNames::isInherited));
    }

    private static void settings(JsonObject metadata, JsonObject arguments) {
        if (metadata.getValue("compatibility_date") instanceof String date) {
            arguments.put("compatibilityDate", date);
        }
        if (metadata.getValue("compatibility_flags") instanceof JsonArray flags) {
            arguments.put("compatibilityFlags", flags);
        }
        if (metadata.getValue("bindings") instanceof JsonArray bindings) {
            arguments.put("bindings", BindingNames.ofUpload(bindings));
        }
        if (keeps(metadata)) {
            arguments.put("keepBindings", true);
        }
        if (metadata.getValue("annotations") instanceof JsonObject annotations
                && annotations.getValue("workers/message") instanceof String message) {
            arguments.put("message", message);
        }
    }
}
