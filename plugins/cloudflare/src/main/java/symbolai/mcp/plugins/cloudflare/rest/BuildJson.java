package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Reads what Cloudflare says of a build. */
final class BuildJson {

    private static final Set<String> STATUSES = Set.of("queued", "initializing", "running", "stopped");
    private static final Map<String, String> OUTCOMES = Map.of(
            "success", "success",
            "fail", "fail",
            "failed", "fail",
            "failure", "fail",
            "skipped", "skipped",
            "cancelled", "cancelled",
            "canceled", "cancelled",
            "terminated", "terminated");

    private BuildJson() {}

    /** The id of the Worker that a build belongs to. */
    static Optional<String> workerId(Fields build) {
        return build.object("trigger").flatMap(trigger -> trigger.filled("external_script_id"));
    }

    static JsonObject of(Fields build, String worker) {
        var metadata = build.object("build_trigger_metadata");
        var trigger = build.object("trigger");
        var stopped = build.time("stopped_on");
        return new Shape()
                .put("id", build.required("build_uuid"))
                .put("worker", worker)
                .put("status", status(build))
                .put("createdAt", build.requiredTime("created_on"))
                .maybe("workerId", workerId(build))
                .maybe("outcome", outcome(build))
                .maybe("branch", text(metadata, "branch"))
                .maybe("commit", text(metadata, "commit_hash"))
                .maybe("commitMessage", text(metadata, "commit_message"))
                .maybe("commitAuthor", text(metadata, "author"))
                .maybe("startedAt", build.time("running_on"))
                .maybe("stoppedAt", stopped)
                .maybe("trigger", text(trigger, "trigger_name"))
                .maybe("buildCommand", text(metadata, "build_command").or(() -> text(trigger, "build_command")))
                .maybe("deployCommand", text(metadata, "deploy_command").or(() -> text(trigger, "deploy_command")))
                .maybe("versionId", build.filled("version_id"))
                .maybe("durationMs", build.time("running_on").flatMap(from -> stopped.map(to -> millis(from, to))))
                .json();
    }

    /** A status that is new to us is taken for the nearest that we know. */
    static String status(Fields build) {
        var status = build.required("status").toLowerCase(Locale.ROOT);
        if (STATUSES.contains(status)) {
            return status;
        }
        return build.filled("build_outcome").isPresent() ? "stopped" : "running";
    }

    private static Optional<String> outcome(Fields build) {
        return build.filled("build_outcome")
                .flatMap(outcome -> Optional.ofNullable(OUTCOMES.get(outcome.toLowerCase(Locale.ROOT))));
    }

    private static Optional<String> text(Optional<Fields> object, String name) {
        return object.flatMap(found -> found.filled(name));
    }

    private static long millis(String from, String to) {
        return Math.max(
                0, Duration.between(Instant.parse(from), Instant.parse(to)).toMillis());
    }
}
