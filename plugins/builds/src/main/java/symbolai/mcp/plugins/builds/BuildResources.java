package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.ToolException;

/** The log of each build as a resource. */
final class BuildResources {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int MOST_LINES = 2_000;
    private static final int MOST_CHARACTERS = 80_000;
    private static final int PROPOSED = 100;

    private final Fence fence = new Fence("a build's log");

    ResourceTemplate template() {
        return new ResourceTemplate(
                        "builds://{id}/log",
                        "build-log",
                        "Log of a build",
                        "What a build of a Worker logged, as far as it fits.",
                        "text/plain",
                        Map.of("id", BuildResources::ids),
                        this::read)
                .likeTool("builds_logs");
    }

    private static Future<Completion> ids(CompletionCall call) {
        return new BuildsClient(call)
                .list(Optional.empty(), PROPOSED)
                .map(builds -> Completion.startingWith(
                        call.value(),
                        builds.stream().map(build -> build.getString("id")).toList()));
    }

    private Future<ResourceResult> read(ResourceCall call) {
        var id = call.variables().getOrDefault("id", "");
        if (!ID.matcher(id).matches()) {
            throw new ToolException(ToolException.Reason.NOT_FOUND, "no build can have the id in " + call.uri());
        }
        return new BuildsClient(call)
                .wholeLog(id, MOST_LINES)
                .map(log -> ResourceResult.text(call.uri(), "text/plain", fence.around(text(log))));
    }

    private static String text(LogPage log) {
        var text = lines(log.lines());
        if (text.length() > MOST_CHARACTERS) {
            return text.substring(0, MOST_CHARACTERS) + "\n(cut here; builds_logs reads on)";
        }
        return log.lines().size() >= MOST_LINES ? text + "\n(more with builds_logs)" : text;
    }

    private static String lines(List<LogLine> lines) {
        return lines.stream().map(line -> line.at() + " " + line.text()).collect(Collectors.joining("\n"));
    }
}
