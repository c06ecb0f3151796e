package symbolai.mcp.plugins.cloudflare.remote;

import static symbolai.mcp.plugins.cloudflare.remote.Server.BUILDS;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Carries out the operations on builds by tools of the builds server, which knows Workers by their tags. */
final class RemoteBuilds {

    private static final int PAGE = 20;
    /** Where the Worker is not named, so many are asked, the newest first. */
    private static final int MOST_WORKERS = 10;

    private static final int RECENT = 50;
    private static final int LINES = 1000;
    private static final String UNKNOWN = "unknown";

    private final RemoteClient client;
    private final RemoteWorkers workers;
    private final BuildOwners owners;

    RemoteBuilds(RemoteClient client, BuildOwners owners) {
        this.client = client;
        this.owners = owners;
        this.workers = new RemoteWorkers(client, BUILDS);
    }

    Future<JsonObject> list(Operation operation) {
        var worker = Optional.ofNullable(operation.arguments().getString("worker"));
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        return worker.isPresent()
                ? workers.named(worker.get(), operation).compose(found -> list(found, page, perPage, operation))
                : all(perPage, operation).map(found -> newest(found, page, perPage));
    }

    /** The server does not say whose build it is; where it was never listed, the newest builds of each Worker are looked through. */
    Future<JsonObject> get(Operation operation) {
        return build(operation).compose(build -> owned(build, operation));
    }

    private Future<JsonObject> owned(JsonObject build, Operation operation) {
        var known = owners.owner(build.getString("id"));
        if (known.isPresent()) {
            return Future.succeededFuture(build.mergeIn(known.get()));
        }
        return all(RECENT, operation)
                .map(recent -> owners.owner(build.getString("id")).orElseGet(JsonObject::new))
                .map(build::mergeIn)
                .onSuccess(owners::learn);
    }

    /** Each time the server gives the whole log; the cursor counts the lines that were given before. */
    Future<JsonObject> logs(Operation operation) {
        var from = LineCursor.read(operation.arguments().getString("cursor", "0"));
        var limit = operation.arguments().getInteger("limit", LINES);
        return client.call(BUILDS, ToolTable.BUILDS_LOGS, id(operation), operation)
                .map(text -> BuildRows.lines(text.table()))
                .compose(lines -> from + limit < lines.size()
                        ? Future.succeededFuture(page(lines, from, limit, true))
                        : build(operation)
                                .map(build -> !build.getString("status").equals("stopped"))
                                .map(running -> page(lines, from, limit, running)));
    }

    private static JsonObject page(List<JsonObject> lines, int from, int limit, boolean more) {
        var start = Math.min(from, lines.size());
        var end = Math.min(lines.size(), start + limit);
        var result = new JsonObject().put("lines", new JsonArray(lines.subList(start, end)));
        return more ? result.put("cursor", String.valueOf(end)) : result;
    }

    private Future<JsonObject> build(Operation operation) {
        return client.look(BUILDS, ToolTable.BUILDS_GET, id(operation), operation)
                .map(text -> text.table().stream()
                        .map(row -> BuildRows.build(row, UNKNOWN))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow(() -> missing(operation, text)));
    }

    private static ToolException missing(Operation operation, ToolText text) {
        return text.all().startsWith("Build not found")
                ? new ToolException(
                        Reason.NOT_FOUND,
                        "there is no build " + operation.arguments().getString("id"))
                : text.unusable("a build is expected");
    }

    private static JsonObject id(Operation operation) {
        return new JsonObject().put("buildUUID", operation.arguments().getString("id"));
    }

    private Future<List<JsonObject>> all(int perPage, Operation operation) {
        return workers.all(operation)
                .map(found -> found.stream()
                        .sorted(Comparator.comparing(RemoteBuilds::modified).reversed())
                        .limit(MOST_WORKERS)
                        .map(worker -> list(worker, 1, perPage, operation))
                        .toList())
                .compose(lists -> Future.all(lists))
                .map(lists -> lists.<JsonObject>list().stream()
                        .flatMap(list -> Fields.each(list.getJsonArray("builds")).stream())
                        .map(Fields::json)
                        .toList());
    }

    private static String modified(JsonObject worker) {
        return worker.getString("modifiedAt", "");
    }

    private Future<JsonObject> list(JsonObject worker, int page, int perPage, Operation operation) {
        var arguments = new JsonObject()
                .put("workerId", worker.getString("id"))
                .put("page", page)
                .put("perPage", perPage);
        return client.call(BUILDS, ToolTable.BUILDS_LIST, arguments, operation)
                .map(text -> builds(text, worker, page, perPage))
                .onSuccess(found ->
                        Fields.each(found.getJsonArray("builds")).forEach(build -> owners.learn(build.json())));
    }

    /** Four texts: a heading and a table of the page, a heading and the table of the builds. */
    private static JsonObject builds(ToolText text, JsonObject worker, int page, int perPage) {
        var builds = text.blocks().size() < 4
                ? List.<JsonObject>of()
                : text.table().stream()
                        .map(row -> BuildRows.build(row, worker.getString("name")))
                        .flatMap(Optional::stream)
                        .map(build -> build.put("workerId", worker.getString("id")))
                        .sorted(newestFirst())
                        .toList();
        var result = new JsonObject().put("builds", new JsonArray(builds));
        return hasNext(text, page, perPage, builds.size()) ? result.put("nextPage", page + 1) : result;
    }

    private static boolean hasNext(ToolText text, int page, int perPage, int found) {
        var info = text.blocks().size() < 4
                ? Optional.<Fields>empty()
                : TabTable.rows(text.blocks().get(1)).stream().findFirst();
        var said = info.flatMap(fields -> fields.filled("next_page"));
        return said.map(next -> found > 0 && next.equals("true"))
                .orElseGet(() -> Paging.hasNext(Fields.loose(null), page, perPage, found));
    }

    /** Of the builds of all Workers there is one page; how many there are in all is not known. */
    private static JsonObject newest(List<JsonObject> found, int page, int perPage) {
        var shown = page > 1
                ? Stream.<JsonObject>empty()
                : found.stream().sorted(newestFirst()).limit(perPage);
        return new JsonObject().put("builds", new JsonArray(shown.toList()));
    }

    private static Comparator<JsonObject> newestFirst() {
        return Comparator.<JsonObject, String>comparing(build -> build.getString("createdAt"))
                .reversed();
    }
}
