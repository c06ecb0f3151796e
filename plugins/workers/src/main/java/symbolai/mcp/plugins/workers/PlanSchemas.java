package symbolai.mcp.plugins.workers;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.number;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what tools with a dry run give: the plan, or what was done. */
final class PlanSchemas {

    private PlanSchemas() {}

    static JsonObject deployment() {
        return plan().optional("isNew", bool("Dry run: whether there is no such Worker yet."))
                .optional("modules", array("Dry run: the modules and what becomes of them.", module()))
                .optional("mainModule", string("Dry run: the module that is to run first."))
                .optional("bindings", bindings())
                .optional("compatibilityDate", string("Dry run: the date it is to run with."))
                .optional("compatibilityDateBefore", string("Dry run: the date it runs with now."))
                .optional("compatibilityFlags", flags("Dry run: the flags it is to run with."))
                .optional("compatibilityFlagsBefore", flags("Dry run: the flags it runs with now."))
                .optional("truncated", bool("Dry run: whether the differences are not shown whole."))
                .optional("id", string("Done: the Worker's id."))
                .optional("versionId", string("Done: the new version."))
                .optional("deploymentId", string("Done: the new deployment."))
                .optional("createdAt", string("Done: when."))
                .optional("startupMs", number("Done: how long the Worker took to start, in milliseconds."))
                .optional("warnings", array("Done: what Cloudflare remarked.", string("A remark.")))
                .build();
    }

    static JsonObject rollback() {
        return plan().optional("version", WorkersSchemas.version())
                .optional("replaces", WorkersSchemas.deployment())
                .optional("deployment", WorkersSchemas.deployment())
                .build();
    }

    private static Schemas.ObjectSchema plan() {
        return Schemas.object()
                .required(Plan.DRY_RUN, bool("Whether this only shows what would be done."))
                .required("name", string("The Worker."))
                .optional(Plan.HASH, string("Dry run: repeat it with dryRun false to make this change."));
    }

    private static JsonObject module() {
        var changes =
                new JsonArray().add("added").add("changed").add("unchanged").add("removed");
        return Schemas.object()
                .required("name", string("The name."))
                .required("change", string("What becomes of it.").put("enum", changes))
                .optional("contentType", string("The media type."))
                .optional("bytes", integer("The size it is to have."))
                .optional("bytesBefore", integer("The size it has now."))
                .optional("addedLines", integer("How many lines come."))
                .optional("removedLines", integer("How many lines go."))
                .optional("diff", string("The differences, in the unified format."))
                .build("A module.");
    }

    private static JsonObject bindings() {
        var binding = Schemas.object()
                .required("name", string("The name in the code."))
                .required("type", string("What it is."))
                .build("A binding.");
        return Schemas.object()
                .required("added", array("Those that are new.", binding))
                .required("replaced", array("Those that are given and were there.", binding))
                .required("removed", array("Those that go.", binding))
                .required("kept", array("Those that stay as they are.", binding))
                .build("Dry run: the bindings and what becomes of them.");
    }

    private static JsonObject flags(String description) {
        return array(description, string("A flag."));
    }
}
