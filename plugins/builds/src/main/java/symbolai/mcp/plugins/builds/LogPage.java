package symbolai.mcp.plugins.builds;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Some lines of a build's log, and where to read on: there may be more. */
record LogPage(List<LogLine> lines, Optional<String> cursor) {

    LogPage {
        lines = List.copyOf(lines);
    }

    static LogPage from(JsonObject json) {
        var lines = json.getJsonArray("lines").stream()
                .map(JsonObject.class::cast)
                .map(LogLine::from)
                .toList();
        return new LogPage(lines, Optional.ofNullable(json.getString("cursor")));
    }
}
