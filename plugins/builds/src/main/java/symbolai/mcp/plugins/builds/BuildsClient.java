package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Call;

/** The operations of Builds as methods, on the connection and within the deadline of one call. */
final class BuildsClient {

    private static final int LINES_PER_PAGE = 500;

    private final Call call;

    BuildsClient(Call call) {
        this.call = call;
    }

    Future<List<JsonObject>> list(Optional<String> worker, int limit) {
        var arguments = new JsonObject().put("perPage", limit);
        worker.ifPresent(name -> arguments.put("worker", name));
        return call.read("builds.list", arguments)
                .map(json -> json.getJsonArray("builds").stream()
                        .map(JsonObject.class::cast)
                        .toList());
    }

    Future<JsonObject> get(String id) {
        return call.read("builds.get", identified(id));
    }

    Future<LogPage> logs(String id, Optional<String> cursor, int limit) {
        var arguments = identified(id).put("limit", limit);
        cursor.ifPresent(from -> arguments.put("cursor", from));
        return call.read("builds.logs", arguments).map(LogPage::from);
    }

    /** The log from its beginning to what there is now, or to so many lines; the page's cursor tells that there is more. */
    Future<LogPage> wholeLog(String id, int most) {
        return wholeLog(id, new LogPage(List.of(), Optional.empty()), most);
    }

    Future<JsonObject> trigger(JsonObject arguments) {
        return call.write("builds.trigger", arguments);
    }

    Future<JsonObject> cancel(String id) {
        return call.write("builds.cancel", identified(id));
    }

    private Future<LogPage> wholeLog(String id, LogPage soFar, int most) {
        return logs(
                        id,
                        soFar.cursor(),
                        Math.min(LINES_PER_PAGE, most - soFar.lines().size()))
                .compose(page -> goOn(id, soFar, page, most));
    }

    /** A cursor that stands still, or an empty page, ends the log of a build that still runs. */
    private Future<LogPage> goOn(String id, LogPage soFar, LogPage page, int most) {
        var lines = new ArrayList<>(soFar.lines());
        lines.addAll(page.lines());
        var together = new LogPage(lines, page.cursor());
        boolean ended = page.cursor().isEmpty()
                || page.lines().isEmpty()
                || page.cursor().equals(soFar.cursor());
        return ended || lines.size() >= most ? Future.succeededFuture(together) : wholeLog(id, together, most);
    }

    private static JsonObject identified(String id) {
        return new JsonObject().put("id", id);
    }
}
