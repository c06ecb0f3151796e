package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.store.TaskRow;

/** Turns tasks into rows of the store, and back. */
final class TaskCodec {
    private TaskCodec() {}

    static TaskRow row(StoredTask stored) {
        var task = stored.task();
        return new TaskRow(
                task.id(),
                task.owner(),
                task.tool(),
                task.status().text(),
                task.created().toEpochMilli(),
                task.updated().toEpochMilli(),
                task.created().plus(task.ttl()).toEpochMilli(),
                json(stored).encode());
    }

    private static JsonObject json(StoredTask stored) {
        var task = stored.task();
        var run = stored.run();
        var json = new JsonObject()
                .put("message", task.message())
                .put("ttl", task.ttl().toMillis())
                .put("poll", task.poll().toMillis())
                .put("questions", object(task.questions(), ToolJson::question))
                .put("run", run(run))
                .put("state", stored.state())
                .put("answers", object(stored.answers(), Function.identity()))
                .put("names", object(stored.names(), Function.identity()))
                .put("used", new JsonArray(List.copyOf(stored.used())));
        task.result().ifPresent(result -> json.put("result", ToolJson.result(result)));
        task.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    private static JsonObject run(ToolRun run) {
        var requester = run.requester();
        return new JsonObject()
                .put("callId", run.record().id())
                .put("argumentsHash", run.record().argumentsHash())
                .put("started", run.record().started().toEpochMilli())
                .put("rule", run.record().rule())
                .put("approval", run.record().approval())
                .put("touched", run.record().touched().json())
                .put("arguments", run.arguments())
                .put("connection", run.connection())
                .put("caller", CallerCodec.json(requester.caller()))
                .put("client", requester.client())
                .put("door", requester.door())
                .put("capabilities", names(requester.capabilities()));
    }

    private static JsonArray names(Set<ClientCapability> capabilities) {
        return new JsonArray(capabilities.stream().map(Enum::name).sorted().toList());
    }

    private static <T> JsonObject object(Map<String, T> map, Function<T, ?> value) {
        var object = new JsonObject();
        map.forEach((name, element) -> object.put(name, value.apply(element)));
        return object;
    }

    static StoredTask stored(TaskRow row) {
        var json = new JsonObject(row.json());
        return new StoredTask(
                task(row, json),
                run(row, json.getJsonObject("run")),
                json.getJsonObject("state"),
                map(json.getJsonObject("answers"), JsonObject.class::cast),
                map(json.getJsonObject("names"), String.class::cast),
                new HashSet<>(texts(json.getJsonArray("used"))));
    }

    /** Who asked for the task; empty when the row cannot be read. */
    static Optional<Caller> caller(TaskRow row) {
        try {
            return Optional.of(stored(row).run().requester().caller());
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Task task(TaskRow row, JsonObject json) {
        return new Task(
                row.id(),
                row.owner(),
                row.tool(),
                Task.Status.valueOf(row.status().toUpperCase(Locale.ROOT)),
                json.getString("message"),
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.updated()),
                Duration.ofMillis(json.getLong("ttl")),
                Duration.ofMillis(json.getLong("poll")),
                map(json.getJsonObject("questions"), question -> ToolJson.question((JsonObject) question)),
                Optional.ofNullable(json.getJsonObject("result")).map(ToolJson::result),
                Optional.ofNullable(json.getJsonObject("error")));
    }

    private static ToolRun run(TaskRow row, JsonObject json) {
        var capabilities = texts(json.getJsonArray("capabilities")).stream()
                .map(ClientCapability::valueOf)
                .collect(Collectors.toSet());
        var requester = silent(
                CallerCodec.caller(json.getJsonObject("caller")),
                json.getString("client"),
                json.getString("door"),
                capabilities);
        var record = new CallRecord(
                json.getString("callId"),
                new Target("tool", row.tool()),
                json.getJsonObject("arguments"),
                json.getString("argumentsHash"),
                requester,
                Instant.ofEpochMilli(json.getLong("started")),
                json.getString("rule", ""),
                json.getString("approval", ""),
                Touched.of(json.getJsonObject("touched", new JsonObject())));
        return new ToolRun(record, json.getJsonObject("arguments"), json.getString("connection"));
    }

    /** A requester who has gone away, and looks at the task instead. */
    static Requester silent(Caller caller, String client, String door, Set<ClientCapability> capabilities) {
        return new Requester(
                caller,
                client,
                door,
                capabilities,
                (done, total, message) -> {},
                (level, message) -> {},
                Cancellation.NEVER);
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static <T> Map<String, T> map(JsonObject object, Function<Object, T> value) {
        var map = new LinkedHashMap<String, T>();
        object.fieldNames().forEach(name -> map.put(name, value.apply(object.getValue(name))));
        return map;
    }
}
