package symbolai.mcp.plugins.builds;

import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the Builds family, in the order in which clients see them. */
final class BuildsTools {

    private static final String READ = "Workers Builds Configuration:Read";
    private static final String EDIT = "Workers Builds Configuration:Edit";

    /** A build runs the project's own commands, and usually ends in a deployment. */
    private static final ToolAnnotations STARTS = new ToolAnnotations(false, true, false, true);

    private final ReadBuilds builds;
    private final FollowBuild following;
    private final CompareBuilds comparison;

    BuildsTools(FamilyContext context) {
        var fence = new Fence("a build");
        this.builds = new ReadBuilds(fence);
        this.following = new FollowBuild(fence);
        this.comparison = new CompareBuilds(context, fence);
    }

    List<Tool> list() {
        return List.of(listBuilds(), get(), logs(), trigger(), follow(), cancel(), compare());
    }

    private Tool listBuilds() {
        return reader("builds_list", "List builds")
                .description("Lists the builds of one Worker or of all, newest first, with outcome, branch and commit."
                        + " Use it first, to find the id that the other builds tools take.")
                .input(Schemas.object()
                        .optional("worker", BuildSchemas.worker())
                        .optional(
                                "limit",
                                integer(
                                        "How many, 1 to 100, else 20; another number is clamped, and the answer says so."))
                        .build())
                .output(BuildSchemas.builds())
                .rest(RestBinding.get("builds/list"))
                .handler(builds::list);
    }

    private Tool get() {
        return reader("builds_get", "Describe a build")
                .description("Tells what a build was made of (branch, commit, commands) and how it went."
                        + " Use builds_logs to see why it failed.")
                .input(id())
                .output(BuildSchemas.build().build())
                .rest(RestBinding.get("builds/get"))
                .handler(builds::get);
    }

    private Tool logs() {
        return reader("builds_logs", "Read a build's log")
                .description(
                        "Gives lines of a build's log from its beginning, or from a cursor on."
                                + " A cursor in the answer means that there are more lines, or may be while the build still runs.")
                .input(Schemas.object()
                        .required("id", BuildSchemas.id())
                        .optional(
                                "cursor",
                                string("From here on: the cursor of the answer before.")
                                        .put("maxLength", 2000))
                        .optional(
                                "limit",
                                integer("How many lines, else 100.")
                                        .put("minimum", 1)
                                        .put("maximum", 100))
                        .build())
                .output(BuildSchemas.logs())
                .rest(RestBinding.get("builds/logs"))
                .handler(builds::logs);
    }

    private Tool trigger() {
        return editor("builds_trigger", "Start a build", STARTS)
                .description(
                        "Starts a build of a Worker: of a branch, of a commit, or of the branch that is set up; a build usually ends in a deployment."
                                + " Use builds_follow with the id it gives to see how it goes.")
                .input(Schemas.object()
                        .required("worker", BuildSchemas.worker())
                        .optional(
                                "branch",
                                string("The branch.").put("minLength", 1).put("maxLength", 255))
                        .optional(
                                "commit",
                                string("The commit: 7 to 40 hex digits.").put("pattern", "^[0-9a-fA-F]{7,40}$"))
                        .build())
                .output(BuildSchemas.build().build())
                .rest(RestBinding.post("builds/trigger"))
                .handler(builds::trigger);
    }

    private Tool follow() {
        return reader("builds_follow", "Follow a build to its end")
                .description(
                        "Follows a build until it has stopped, reporting new log lines on the way, and gives its outcome with the last 50 lines."
                                + " Use it after builds_trigger; cancelling it stops the following and not the build.")
                .input(id())
                .output(BuildSchemas.followed())
                .rest(RestBinding.get("builds/follow"))
                .handler(following::call);
    }

    private Tool cancel() {
        return editor("builds_cancel", "Cancel a build", ToolAnnotations.DESTRUCTIVE)
                .description("Stops a build that waits or runs; what it has deployed already stays."
                        + " Use builds_list to find its id.")
                .input(id())
                .output(BuildSchemas.build().build())
                .rest(RestBinding.post("builds/cancel"))
                .handler(builds::cancel);
    }

    private Tool compare() {
        return reader("builds_compare", "Compare two builds")
                .description(
                        "Compares two builds: outcome, duration, commit, commands, and their logs line by line, without times and other things that always differ."
                                + " Use it with the last good build first and a failed one second, to see what went wrong.")
                .input(Schemas.object()
                        .required("id", BuildSchemas.id())
                        .required("otherId", BuildSchemas.id())
                        .build())
                .output(BuildSchemas.comparison())
                .rest(RestBinding.get("builds/compare"))
                .handler(comparison::call);
    }

    private static Tool.Builder reader(String tool, String title) {
        return Tool.named(tool)
                .title(title)
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ);
    }

    private static Tool.Builder editor(String tool, String title, ToolAnnotations annotations) {
        return Tool.named(tool).title(title).annotations(annotations).permission(EDIT);
    }

    private static JsonObject id() {
        return Schemas.object().required("id", BuildSchemas.id()).build();
    }
}
