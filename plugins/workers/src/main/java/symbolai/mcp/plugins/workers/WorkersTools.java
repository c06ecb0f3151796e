package symbolai.mcp.plugins.workers;

import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the Workers family, in the order in which clients see them: first those that read. */
final class WorkersTools {

    private static final String READ = "Workers Scripts:Read";

    private final ReadWorkers reading;
    private final ChangingTools changing;

    WorkersTools(FamilyContext context) {
        var fence = new Fence("a Worker");
        this.reading = new ReadWorkers(fence);
        this.changing = new ChangingTools(context, fence);
    }

    List<Tool> list() {
        var readers =
                List.of(listWorkers(), get(), code(), settings(), deployments(), versions(), secrets(), schedules());
        return Stream.concat(readers.stream(), changing.list().stream()).toList();
    }

    private Tool listWorkers() {
        return reader("workers_list", "List Workers", "workers/list")
                .description("Lists the Workers of the connected account with their names and when they were changed."
                        + " Use it first, to find the name that the other Workers tools take.")
                .input(Schemas.object()
                        .optional("name", string("Only Workers whose name holds this text."))
                        .optional("page", integer("Which page, from 1.").put("minimum", 1))
                        .optional(
                                "perPage",
                                integer("How many on a page.").put("minimum", 1).put("maximum", 500))
                        .build())
                .output(WorkersSchemas.workerList())
                .handler(reading::list);
    }

    private Tool get() {
        return reader("workers_get", "Describe a Worker", "workers/get")
                .description("Tells when a Worker was made and changed and which events it handles."
                        + " Use workers_settings for its bindings and workers_code for its code.")
                .input(name())
                .output(WorkersSchemas.worker())
                .handler(reading::get);
    }

    private Tool code() {
        return reader("workers_code", "Read a Worker's code", "workers/code")
                .description("Gives the modules of the Worker that is deployed, the main one first, as far as they fit."
                        + " A long module is read on with module and offset.")
                .input(Schemas.object()
                        .required("name", WorkersSchemas.name())
                        .optional("module", string("Only this module.").put("minLength", 1))
                        .optional(
                                "offset",
                                integer("From this character of the module on.").put("minimum", 0))
                        .build())
                .output(WorkersSchemas.code())
                .handler(reading::code);
    }

    private Tool settings() {
        return reader("workers_settings", "Show a Worker's settings", "workers/settings")
                .description(
                        "Tells what a Worker is bound to (databases, namespaces, buckets, variables) and how it runs."
                                + " Values of secrets are never shown.")
                .input(name())
                .output(WorkersSchemas.settings())
                .handler(reading::settings);
    }

    private Tool deployments() {
        return reader("workers_deployments", "List a Worker's deployments", "workers/deployments")
                .description(
                        "Lists the last deployments of a Worker, newest first, with the versions that each one runs."
                                + " Use it to see what runs now and since when.")
                .input(name())
                .output(WorkersSchemas.deployments())
                .handler(reading::deployments);
    }

    private Tool versions() {
        return reader("workers_versions", "List a Worker's versions", "workers/versions")
                .description("Lists the versions of a Worker that were uploaded, newest first."
                        + " Use it to find the versionId for workers_rollback.")
                .input(Schemas.object()
                        .required("name", WorkersSchemas.name())
                        .optional("page", integer("Which page, from 1.").put("minimum", 1))
                        .optional(
                                "perPage",
                                integer("How many on a page.").put("minimum", 1).put("maximum", 100))
                        .build())
                .output(WorkersSchemas.versions())
                .handler(reading::versions);
    }

    private Tool secrets() {
        return reader("workers_secrets", "List the names of a Worker's secrets", "workers/secrets")
                .description("Lists the names of the secrets that a Worker has, never their values."
                        + " Use it to see whether a secret that the code needs is set.")
                .input(name())
                .output(WorkersSchemas.secrets())
                .handler(reading::secrets);
    }

    private Tool schedules() {
        return reader("workers_schedules", "List a Worker's schedules", "workers/schedules")
                .description("Lists the cron expressions by which a Worker is started."
                        + " Use it to see when its scheduled handler runs.")
                .input(name())
                .output(WorkersSchemas.schedules())
                .handler(reading::schedules);
    }

    private static Tool.Builder reader(String tool, String title, String path) {
        return Tool.named(tool)
                .title(title)
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ)
                .rest(RestBinding.get(path));
    }

    private static JsonObject name() {
        return Schemas.object().required("name", WorkersSchemas.name()).build();
    }
}
