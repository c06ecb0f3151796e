package symbolai.mcp.plugins.workers;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.number;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the Workers tools take and give. */
final class WorkersSchemas {

    private static final int MOST_MODULES = 200;
    private static final int MOST_BINDINGS = 200;

    private WorkersSchemas() {}

    static JsonObject name() {
        return string("The name of the Worker: 1 to 63 letters, digits, _ and -.")
                .put("pattern", "^[A-Za-z0-9_-]{1,63}$");
    }

    static JsonObject date() {
        return string("The compatibility date, such as 2026-01-31; else the one deployed, or today for a new Worker.")
                .put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    }

    static JsonObject modules() {
        var module = Schemas.object()
                .required(
                        "name",
                        string("The module's path, such as src/index.js.")
                                .put("minLength", 1)
                                .put("maxLength", 255))
                .optional("text", string("The code, for a module that is text."))
                .optional("base64", string("The bytes in base64, for a module that is no text."))
                .optional(
                        "contentType",
                        string("The media type; else by the name's ending, application/javascript+module at last.")
                                .put("minLength", 1)
                                .put("maxLength", 100))
                .build("A module, with text or base64.");
        return array("The ES modules, the main one first.", module)
                .put("minItems", 1)
                .put("maxItems", MOST_MODULES);
    }

    /** What else a binding has depends on its type, and is Cloudflare's to say. */
    static JsonObject givenBindings() {
        var binding = Schemas.object()
                .required("name", string("The name in the code.").put("minLength", 1))
                .required(
                        "type",
                        string("Such as kv_namespace, d1, r2_bucket, plain_text.")
                                .put("minLength", 1))
                .build("A binding; what else it has depends on its type.")
                .put("additionalProperties", true);
        return array("Bindings to add or replace, as Cloudflare's API takes them.", binding)
                .put("maxItems", MOST_BINDINGS);
    }

    static JsonObject dryRun() {
        return bool("True, the default: only show what would change. False: do it.");
    }

    static JsonObject planHash() {
        return string("With dryRun false: the planHash that the dry run gave.").put("maxLength", 64);
    }

    static JsonObject workerList() {
        return Schemas.object()
                .required(
                        "workers", array("The Workers, by name.", workerFields().build("A Worker.")))
                .required("count", integer("How many are on this page."))
                .optional("nextPage", integer("The next page, where there is one."))
                .build();
    }

    static JsonObject worker() {
        return workerFields().build();
    }

    static JsonObject code() {
        var module = Schemas.object()
                .required("name", string("The name."))
                .required("contentType", string("The media type."))
                .required("bytes", integer("The size."))
                .optional("text", string("The code, or a part of it."))
                .optional("base64", string("The bytes, where the module is no text and was asked for by name."))
                .optional("nextOffset", integer("Where to read on, when this is not all."))
                .build("A module.");
        return Schemas.object()
                .required("name", string("The Worker."))
                .optional("mainModule", string("The module that runs first."))
                .required("modules", array("The modules, the main one first.", module))
                .required("truncated", bool("Whether something was left out."))
                .optional("hint", string("How to get the rest."))
                .build();
    }

    static JsonObject settings() {
        var binding = Schemas.object()
                .required("name", string("The name in the code."))
                .required("type", string("What it is."))
                .optional("id", string("What it is bound to."))
                .optional("detail", string("More about it."))
                .build("A binding.");
        return Schemas.object()
                .required("name", string("The Worker."))
                .required("bindings", array("What the Worker is bound to.", binding))
                .optional("compatibilityDate", string("The compatibility date."))
                .optional("compatibilityFlags", array("The compatibility flags.", string("A flag.")))
                .optional("usageModel", string("How it is billed."))
                .optional("logpush", bool("Whether its logs are pushed."))
                .optional("observability", bool("Whether its events are kept."))
                .optional("placement", string("Where it runs."))
                .optional("tags", array("Its tags.", string("A tag.")))
                .build();
    }

    static JsonObject deployments() {
        return Schemas.object()
                .required("deployments", array("The deployments, newest first.", deployment()))
                .required("count", integer("How many are here."))
                .build();
    }

    static JsonObject deployment() {
        var share = Schemas.object()
                .required("versionId", string("The version."))
                .required("percentage", number("How many of a hundred requests it takes."))
                .build("A version that runs.");
        return Schemas.object()
                .required("id", string("The id."))
                .required("createdAt", string("When it was deployed."))
                .required("versions", array("The versions that it runs.", share))
                .optional("source", string("What deployed it, such as wrangler."))
                .optional("author", string("Who deployed it."))
                .optional("message", string("The message given."))
                .optional("strategy", string("How it was rolled out."))
                .build("A deployment.");
    }

    static JsonObject versions() {
        return Schemas.object()
                .required("versions", array("The versions, newest first.", version()))
                .required("count", integer("How many are on this page."))
                .optional("nextPage", integer("The next page, where there is one."))
                .build();
    }

    static JsonObject version() {
        return Schemas.object()
                .required("id", string("The id, for workers_rollback."))
                .optional("number", integer("Its number."))
                .optional("createdAt", string("When it was uploaded."))
                .optional("source", string("What uploaded it."))
                .optional("author", string("Who uploaded it."))
                .optional("message", string("The message given."))
                .optional("tag", string("Its tag."))
                .build("A version.");
    }

    static JsonObject secrets() {
        var secret = Schemas.object()
                .required("name", string("The name."))
                .required("type", string("The kind."))
                .build("A secret, without its value.");
        return Schemas.object()
                .required("secrets", array("The secrets, by name.", secret))
                .required("count", integer("How many there are."))
                .build();
    }

    static JsonObject schedules() {
        var schedule = Schemas.object()
                .required("cron", string("The cron expression, in UTC."))
                .optional("createdAt", string("When it was set."))
                .optional("modifiedAt", string("When it was changed."))
                .build("A schedule.");
        return Schemas.object()
                .required("schedules", array("The schedules.", schedule))
                .required("count", integer("How many there are."))
                .build();
    }

    static JsonObject deleted() {
        return Schemas.object()
                .required("name", string("The Worker that was deleted."))
                .required("id", string("Its id."))
                .build();
    }

    private static Schemas.ObjectSchema workerFields() {
        return Schemas.object()
                .required("name", string("The name."))
                .required("id", string("The id that never changes."))
                .optional("createdAt", string("When it was made."))
                .optional("modifiedAt", string("When it was changed."))
                .optional("handlers", array("The events it handles.", string("An event, such as fetch.")))
                .optional("hasAssets", bool("Whether it serves static files."))
                .optional("etag", string("The mark of its code."));
    }
}
