package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cloudflare's Workers Builds API. */
final class BuildRoutes {

    private static final String BUILDS = "/accounts/{account}/builds";
    private static final String BUILD = BUILDS + "/builds/{build}";
    private static final int MOST_SCRIPTS = 20;

    private final BuildTriggers triggers = new BuildTriggers();

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", BUILDS + "/workers/{tag}/builds", this::list),
                V4Route.of("GET", BUILDS + "/workers/{tag}/triggers", triggers::list),
                V4Route.of("POST", BUILDS + "/triggers/{trigger}/builds", triggers::start),
                V4Route.of("GET", BUILDS + "/builds/latest", this::latest),
                V4Route.of("GET", BUILD, BuildRoutes::get),
                V4Route.of("GET", BUILD + "/logs", BuildRoutes::logs),
                V4Route.of("PUT", BUILD + "/cancel", BuildRoutes::cancel));
    }

    private Future<V4Answer> list(V4Request request) {
        var page = request.number("page", 1, 1, 1_000_000);
        var perPage = Math.min(100, request.number("per_page", 50, 1, 200));
        return triggers.worker(request, request.variable("tag"))
                .compose(worker -> request.account()
                        .read(
                                "builds.list",
                                new JsonObject()
                                        .put("worker", worker.getString("name"))
                                        .put("page", page)
                                        .put("perPage", perPage)))
                .map(reply -> page(reply, page, perPage))
                .recover(ErrorCodes.BUILDS::failed);
    }

    private static V4Answer page(JsonObject reply, int page, int perPage) {
        var builds = new JsonArray();
        reply.getJsonArray("builds").forEach(build -> builds.add(build((JsonObject) build)));
        var hasNext = reply.containsKey("nextPage");
        var total = Math.multiplyFull(page - 1, perPage) + builds.size() + (hasNext ? 1 : 0);
        return V4Answer.page(
                builds, Paging.info(page, perPage, builds.size(), total).put("next_page", hasNext));
    }

    /** The newest build of each of the Workers that are asked for. */
    private Future<V4Answer> latest(V4Request request) {
        var tags = Arrays.stream(
                        request.parameter("external_script_ids").orElse("").split(","))
                .filter(tag -> !tag.isBlank())
                .toList();
        if (tags.isEmpty() || tags.size() > MOST_SCRIPTS) {
            throw new V4Error(400, 12002, "external_script_ids must name 1 to " + MOST_SCRIPTS + " scripts");
        }
        var found = new ArrayList<Future<Optional<JsonObject>>>();
        tags.forEach(tag -> found.add(latest(request, tag)));
        return Future.all(found)
                .map(all -> V4Answer.result(new JsonObject().put("builds", latest(tags, all.list()))))
                .recover(ErrorCodes.BUILDS::failed);
    }

    private Future<Optional<JsonObject>> latest(V4Request request, String tag) {
        return triggers.worker(request, tag)
                .compose(worker -> request.account()
                        .read(
                                "builds.list",
                                new JsonObject()
                                        .put("worker", worker.getString("name"))
                                        .put("perPage", 1)))
                .map(reply -> reply.getJsonArray("builds").stream()
                        .map(JsonObject.class::cast)
                        .findFirst());
    }

    private static JsonObject latest(List<String> tags, List<Optional<JsonObject>> found) {
        var builds = new JsonObject();
        for (var index = 0; index < tags.size(); index++) {
            var tag = tags.get(index);
            found.get(index).ifPresent(build -> builds.put(tag, build(build)));
        }
        return builds;
    }

    private static Future<V4Answer> get(V4Request request) {
        return request.account()
                .read("builds.get", id(request))
                .map(found -> V4Answer.result(build(found)))
                .recover(ErrorCodes.BUILDS::failed);
    }

    private static Future<V4Answer> cancel(V4Request request) {
        return request.account()
                .write("builds.cancel", id(request))
                .map(found -> V4Answer.result(build(found)))
                .recover(ErrorCodes.BUILDS::failed);
    }

    private static Future<V4Answer> logs(V4Request request) {
        var arguments = id(request);
        request.parameter("cursor").ifPresent(cursor -> arguments.put("cursor", cursor));
        return request.account()
                .read("builds.logs", arguments)
                .map(BuildRoutes::logs)
                .recover(ErrorCodes.BUILDS::failed);
    }

    private static V4Answer logs(JsonObject reply) {
        var lines = new JsonArray();
        for (var index = 0; index < reply.getJsonArray("lines").size(); index++) {
            var line = reply.getJsonArray("lines").getJsonObject(index);
            lines.add(new JsonArray().add(millis(line.getString("at"))).add(line.getString("text")));
        }
        var cursor = reply.getString("cursor", "");
        return V4Answer.result(
                new JsonObject().put("lines", lines).put("cursor", cursor).put("truncated", !cursor.isEmpty()));
    }

    /** A line may have the time of day alone. */
    private static long millis(String at) {
        try {
            return Instant.parse(at).toEpochMilli();
        } catch (DateTimeParseException timeOfDay) {
            return LocalTime.parse(at).toSecondOfDay() * 1000L;
        }
    }

    private static JsonObject id(V4Request request) {
        var id = request.variable("build");
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new V4Error(400, 12002, "a build's id has letters, digits and hyphens");
        }
        return new JsonObject().put("id", id);
    }

    static JsonObject build(JsonObject found) {
        var build = new JsonObject()
                .put("build_uuid", found.getString("id"))
                .put("status", found.getString("status"))
                .put("build_outcome", found.getString("outcome"))
                .put("created_on", found.getString("createdAt"))
                .put("running_on", found.getString("startedAt"))
                .put("stopped_on", found.getString("stoppedAt"));
        var metadata = new JsonObject()
                .put("branch", found.getString("branch", ""))
                .put("commit_hash", found.getString("commit", ""))
                .put("commit_message", found.getString("commitMessage", ""))
                .put("author", found.getString("commitAuthor", ""))
                .put("build_trigger_source", found.getString("trigger", "manual"))
                .put("build_command", found.getString("buildCommand", ""))
                .put("deploy_command", found.getString("deployCommand", ""));
        Optional.ofNullable(found.getString("versionId")).ifPresent(version -> build.put("version_id", version));
        return build.put("build_trigger_metadata", metadata).put("trigger", BuildTriggers.trigger(found));
    }
}
