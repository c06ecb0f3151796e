package symbolai.mcp.plugins.workers;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.string;

import java.time.Clock;
import java.util.List;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the Workers family that change something. */
final class ChangingTools {

    private static final String EDIT = "Workers Scripts:Edit";

    private final DeployWorker deployment;
    private final RollbackWorker rollback;
    private final DeleteWorker deletion;

    ChangingTools(FamilyContext context, Fence fence) {
        this.deployment = new DeployWorker(context, fence, Clock.systemUTC());
        this.rollback = new RollbackWorker(fence, context::resourceUpdated);
        this.deletion = new DeleteWorker(context::resourceUpdated);
    }

    List<Tool> list() {
        return List.of(deploy(), rollBack(), delete());
    }

    private Tool deploy() {
        return changer("workers_deploy", "Deploy a Worker")
                .description(
                        "Uploads a Worker's code, as ES modules or as one script, and deploys it for all requests; bindings, dates and flags that are not given stay as they are, and so do static files; settings beside these (such as logging, placement, limits) may fall back to what is usual."
                                + " Call it first as it is: it then only shows what would change and gives a planHash, with which dryRun false makes exactly that change.")
                .input(Schemas.object()
                        .required("name", WorkersSchemas.name())
                        .optional("modules", WorkersSchemas.modules())
                        .optional(
                                "script",
                                string("The code of a service-worker script, instead of modules.")
                                        .put("minLength", 1))
                        .optional(
                                "mainModule", string("The name of the module that runs first; else the first module."))
                        .optional("compatibilityDate", WorkersSchemas.date())
                        .optional(
                                "compatibilityFlags",
                                array("The compatibility flags, such as nodejs_compat.", string("A flag."))
                                        .put("maxItems", 50))
                        .optional("bindings", WorkersSchemas.givenBindings())
                        .optional(
                                "keepBindings",
                                bool("Whether bindings that are not given stay (the default); else they are removed."))
                        .optional(
                                "message",
                                string("A message for the deployment.").put("maxLength", 1000))
                        .optional(Plan.DRY_RUN, WorkersSchemas.dryRun())
                        .optional(Plan.HASH, WorkersSchemas.planHash())
                        .build())
                .output(PlanSchemas.deployment())
                .dryRun()
                .rest(RestBinding.post("workers/deploy"))
                .handler(deployment::call);
    }

    private Tool rollBack() {
        return changer("workers_rollback", "Roll a Worker back")
                .description(
                        "Deploys a version of a Worker that was uploaded before, for all requests."
                                + " Call it first as it is: it then only shows what would be replaced and gives a planHash, with which dryRun false does it.")
                .input(Schemas.object()
                        .required("name", WorkersSchemas.name())
                        .required(
                                "versionId",
                                string("The id of the version; workers_versions lists them.")
                                        .put("minLength", 1)
                                        .put("maxLength", 64))
                        .optional("message", string("Why it is rolled back.").put("maxLength", 1000))
                        .optional(Plan.DRY_RUN, WorkersSchemas.dryRun())
                        .optional(Plan.HASH, WorkersSchemas.planHash())
                        .build())
                .output(PlanSchemas.rollback())
                .dryRun()
                .rest(RestBinding.post("workers/rollback"))
                .handler(rollback::call);
    }

    private Tool delete() {
        return changer("workers_delete", "Delete a Worker")
                .description(
                        "Deletes a Worker and all its versions, for good."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the Worker's name.")
                .input(Schemas.object()
                        .required("name", WorkersSchemas.name())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(WorkersSchemas.deleted())
                .rest(RestBinding.delete("workers/delete"))
                .handler(deletion::call);
    }

    private static Tool.Builder changer(String tool, String title) {
        return Tool.named(tool)
                .title(title)
                .annotations(ToolAnnotations.DESTRUCTIVE)
                .permission(EDIT);
    }
}
