package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations that look at builds. */
final class BuildsApi implements Api {

    /** How many Workers one request may ask about, and how many are asked about in all. */
    private static final int WORKERS_AT_ONCE = 20;

    private static final int MOST_WORKERS = 200;

    private final RestClient client;
    private final Scripts scripts;

    BuildsApi(RestClient client, Scripts scripts) {
        this.client = client;
        this.scripts = scripts;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("builds.list", this::list, "builds.get", this::get, "builds.logs", this::logs);
    }

    private Future<JsonObject> list(Operation operation) {
        var worker = Optional.ofNullable(operation.arguments().getString("worker"));
        return worker.map(name -> scripts.named(operation, name).compose(found -> ofWorker(operation, found)))
                .orElseGet(() -> ofAll(operation));
    }

    private Future<JsonObject> ofWorker(Operation operation, JsonObject worker) {
        var page = OffsetPage.of(operation, 1);
        var request = page.of(RestRequest.get("builds", "workers", worker.getString("id"), "builds"));
        return client.send(operation, request, envelope -> {
            var cut = page.cut(envelope);
            var builds = cut.entries().stream()
                    .map(build -> BuildJson.of(build, worker.getString("name")))
                    .toList();
            return page(builds, cut.isMore(), cut.nextPage());
        });
    }

    /** Of all Workers Cloudflare tells only the latest build of each. */
    private Future<JsonObject> ofAll(Operation operation) {
        var page = OffsetPage.of(operation, 1);
        return scripts.all(operation)
                .compose(workers -> latest(operation, newest(workers)))
                .map(builds -> {
                    var from = (long) (page.page() - 1) * page.perPage();
                    var found = builds.stream().skip(from).limit(page.perPage()).toList();
                    return page(found, from + page.perPage() < builds.size(), page.page() + 1);
                });
    }

    private static List<JsonObject> newest(List<JsonObject> workers) {
        return workers.stream()
                .sorted(Comparator.comparing((JsonObject worker) -> worker.getString("modifiedAt", ""))
                        .reversed())
                .limit(MOST_WORKERS)
                .toList();
    }

    private Future<List<JsonObject>> latest(Operation operation, List<JsonObject> workers) {
        var builds = Future.succeededFuture(new ArrayList<JsonObject>());
        for (var from = 0; from < workers.size(); from += WORKERS_AT_ONCE) {
            var some = workers.subList(from, Math.min(workers.size(), from + WORKERS_AT_ONCE));
            builds = builds.compose(all -> latestOf(operation, some).map(more -> {
                all.addAll(more);
                return all;
            }));
        }
        return builds.map(all -> all.stream()
                .sorted(Comparator.comparing((JsonObject build) -> build.getString("createdAt"))
                        .reversed())
                .toList());
    }

    private Future<List<JsonObject>> latestOf(Operation operation, List<JsonObject> workers) {
        var ids = String.join(
                ",", workers.stream().map(worker -> worker.getString("id")).toList());
        var request = RestRequest.get("builds", "builds", "latest").with("external_script_ids", ids);
        return client.send(operation, request, envelope -> {
            var byId = envelope.object().object("builds").orElseGet(envelope::object);
            return workers.stream()
                    .flatMap(worker -> byId.object(worker.getString("id")).stream()
                            .map(build -> BuildJson.of(build, worker.getString("name"))))
                    .toList();
        });
    }

    private static JsonObject page(List<JsonObject> builds, boolean isMore, int next) {
        var json = new JsonObject().put("builds", new JsonArray(builds));
        return isMore ? json.put("nextPage", next) : json;
    }

    /** One build, under the name of its Worker. */
    Future<JsonObject> get(Operation operation) {
        return get(operation, id(operation));
    }

    /** The same by its id, as a read. */
    Future<JsonObject> get(Operation operation, String id) {
        return client.send(operation, RestRequest.get("builds", "builds", id).asReading(), Envelope::object)
                .compose(build -> worker(operation, build).map(worker -> BuildJson.of(build, worker)));
    }

    private Future<String> worker(Operation operation, Fields build) {
        var id = BuildJson.workerId(build);
        return id.map(given -> scripts.nameOf(operation, given)).orElseGet(() -> Future.succeededFuture("unknown"));
    }

    private Future<JsonObject> logs(Operation operation) {
        var at = SkipCursor.of(Optional.ofNullable(operation.arguments().getString("cursor")));
        var request = RestRequest.get("builds", "builds", id(operation), "logs").maybe("cursor", at.upstream());
        return client.send(operation, request, Envelope::object).compose(page -> logs(operation, at, page));
    }

    private Future<JsonObject> logs(Operation operation, SkipCursor at, Fields page) {
        var all = page.array("lines");
        var limit = operation.arguments().getInteger("limit", 1000);
        var lines = new JsonArray();
        all.stream().skip(at.skip()).limit(limit).map(BuildsApi::line).forEach(lines::add);
        var more = page.fact("truncated").orElse(false) ? page.filled("cursor") : Optional.<String>empty();
        var next = at.after(lines.size(), all.size(), more);
        var json = new JsonObject().put("lines", lines);
        return next.isPresent()
                ? Future.succeededFuture(json.put("cursor", next.get().text()))
                : running(operation)
                        .map(running ->
                                running ? json.put("cursor", from(at, lines).text()) : json);
    }

    /** While the build runs, the same page will have more lines. */
    private static SkipCursor from(SkipCursor at, JsonArray lines) {
        return new SkipCursor(at.skip() + lines.size(), at.cursor());
    }

    private Future<Boolean> running(Operation operation) {
        return client.send(
                operation,
                RestRequest.get("builds", "builds", id(operation)),
                envelope -> !BuildJson.status(envelope.object()).equals("stopped"));
    }

    private static JsonObject line(Object given) {
        if (given instanceof JsonArray pair && pair.size() >= 2) {
            return new JsonObject().put("at", time(pair.getValue(0))).put("text", String.valueOf(pair.getValue(1)));
        }
        return new JsonObject().put("at", "").put("text", String.valueOf(given));
    }

    /** Milliseconds since 1970, or a text. */
    private static String time(Object given) {
        return given instanceof Number millis
                ? Instant.ofEpochMilli(millis.longValue()).toString()
                : String.valueOf(given);
    }

    static String id(Operation operation) {
        return operation.arguments().getString("id");
    }

    /** Fails for a token that builds never take. */
    static void requireUser(boolean ownedByAccount) {
        if (ownedByAccount) {
            throw new ToolException(
                    Reason.REFUSED,
                    "Workers Builds takes only tokens of a user, and this one belongs to the account; connect with a token made"
                            + " under My Profile > API Tokens");
        }
    }

    /** A build that was just begun and cannot be read yet. */
    static JsonObject begun(String id, String worker) {
        return new Shape()
                .put("id", id)
                .put("worker", worker)
                .put("status", "queued")
                .put("createdAt", Instant.now().toString())
                .json();
    }
}
