package symbolai.mcp.plugins.builds;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the Builds tools take and give. */
final class BuildSchemas {

    private BuildSchemas() {}

    static JsonObject id() {
        return string("The id of the build: letters, digits and hyphens.").put("pattern", "^[A-Za-z0-9-]{1,64}$");
    }

    static JsonObject worker() {
        return string("The name of the Worker: 1 to 63 letters, digits, _ and -.")
                .put("pattern", "^[A-Za-z0-9_-]{1,63}$");
    }

    static JsonObject builds() {
        return Schemas.object()
                .required("builds", array("The builds, newest first.", build().build("A build.")))
                .required("count", integer("How many are here."))
                .optional("note", string("What was made of the limit, where it was clamped."))
                .build();
    }

    static Schemas.ObjectSchema build() {
        return Schemas.object()
                .required("id", string("The id."))
                .required("worker", string("The Worker."))
                .required("status", string("queued, initializing, running or stopped."))
                .required("createdAt", string("When it was asked for."))
                .optional("workerId", string("The Worker's id."))
                .optional("outcome", string("When stopped: success, fail, skipped, cancelled or terminated."))
                .optional("branch", string("The branch."))
                .optional("commit", string("The commit."))
                .optional("commitMessage", string("The commit's message."))
                .optional("commitAuthor", string("The commit's author."))
                .optional("startedAt", string("When it began."))
                .optional("stoppedAt", string("When it stopped."))
                .optional("trigger", string("What started it."))
                .optional("buildCommand", string("The command that builds."))
                .optional("deployCommand", string("The command that deploys."))
                .optional("versionId", string("The version that it made."))
                .optional("durationMs", integer("How long it ran, in milliseconds."));
    }

    static JsonObject logs() {
        return Schemas.object()
                .required("lines", lines("The lines."))
                .required("count", integer("How many lines are here."))
                .required("truncated", bool("Whether long lines were cut."))
                .optional("cursor", string("Where to read on."))
                .build();
    }

    static JsonObject followed() {
        return Schemas.object()
                .required("build", build().build("The build, stopped."))
                .required("lines", lines("The last lines of its log."))
                .required("lineCount", integer("How many lines were followed."))
                .build();
    }

    static JsonObject comparison() {
        var difference = Schemas.object()
                .required("field", string("What differs."))
                .optional("value", string("In the first build."))
                .optional("other", string("In the second build."))
                .build("A difference.");
        var log = Schemas.object()
                .required("addedLines", integer("How many lines only the second build has."))
                .required("removedLines", integer("How many lines only the first build has."))
                .required("diff", string("The differences, in the unified format."))
                .required("truncated", bool("Whether they are not whole."))
                .build("The logs; times, sizes, hashes and temporary folders do not count.");
        return Schemas.object()
                .required("id", string("The first build."))
                .required("otherId", string("The second build."))
                .required("differences", array("What the builds say of themselves and differs.", difference))
                .optional("slowerByMs", integer("How much longer the second build ran, in milliseconds."))
                .required("log", log)
                .build();
    }

    private static JsonObject lines(String description) {
        var line = Schemas.object()
                .required("at", string("When, as far as it is known."))
                .required("text", string("The text, without colours."))
                .build("A line.");
        return array(description, line);
    }
}
