package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Turns the tables of the builds server into builds and lines of logs. */
final class BuildRows {

    private static final Set<String> STATUSES = Set.of("queued", "initializing", "running", "stopped");
    private static final Set<String> OUTCOMES = Set.of("success", "fail", "skipped", "cancelled", "terminated");
    private static final Map<String, String> TEXTS = Map.of(
            "branch", "branch",
            "commitHash", "commit",
            "commitMessage", "commitMessage",
            "commitAuthor", "commitAuthor",
            "buildCommand", "buildCommand",
            "deployCommand", "deployCommand");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})");

    private BuildRows() {}

    /** A build; none when the row does not hold the least that is known of one. */
    static Optional<JsonObject> build(Fields row, String worker) {
        var id = row.filled("buildUUID");
        var createdAt = row.time("createdOn");
        if (id.isEmpty() || createdAt.isEmpty()) {
            return Optional.empty();
        }
        var outcome = row.filled("buildOutcome").map(BuildRows::outcome);
        // A status that we do not know yet is one of running unless there is an outcome.
        var status =
                row.filled("status").filter(STATUSES::contains).orElse(outcome.isPresent() ? "stopped" : "running");
        var build = new JsonObject()
                .put("id", id.get())
                .put("worker", worker)
                .put("status", status)
                .put("createdAt", createdAt.get());
        outcome.filter(OUTCOMES::contains).ifPresent(known -> build.put("outcome", known));
        TEXTS.forEach((theirs, ours) -> row.filled(theirs).ifPresent(text -> build.put(ours, text)));
        return Optional.of(build);
    }

    static List<JsonObject> lines(List<Fields> rows) {
        return rows.stream().map(BuildRows::line).toList();
    }

    private static JsonObject line(Fields row) {
        return new JsonObject()
                .put("at", row.filled("timestamp").map(BuildRows::time).orElse(""))
                .put("text", row.filled("message").orElse(""));
    }

    /** The server writes {@code 6:31:40}, without the date and without zeros. */
    private static String time(String text) {
        var time = TIME.matcher(text);
        return time.matches()
                ? "%2s:%2s:%2s"
                        .formatted(time.group(1), time.group(2), time.group(3))
                        .replace(' ', '0')
                : text;
    }

    private static String outcome(String theirs) {
        return switch (theirs) {
            case "canceled" -> "cancelled";
            case "failure", "failed" -> "fail";
            default -> theirs;
        };
    }
}
