package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Runs a file of SQL after it was shown what the file holds; the SQL is sent once. */
final class ImportDatabase {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String BOOKMARK = "bookmark";
    private static final String DATABASE = "databaseId";
    private static final List<String> RESULTS = List.of("statements", "changes", "atomic", "fileSize");

    private static final String UNANSWERED = "unanswered";
    private static final int MOST_UNANSWERED = 20;
    private static final Set<ToolException.Reason> NO_ANSWER = EnumSet.of(
            ToolException.Reason.NOT_SENT,
            ToolException.Reason.UNAVAILABLE,
            ToolException.Reason.TIMED_OUT,
            ToolException.Reason.RATE_LIMITED);
    private static final String ASKING_AGAIN = "The SQL is being imported; how far it is was not told this time";
    private static final String UNKNOWN =
            "how the import stands cannot be learned: the import was begun and may go on; look before sending it again";

    private final SqlGate gate = new SqlGate();
    private final FamilyContext context;
    private final DatabaseError error;
    private final SchemaUpdates updates;

    ImportDatabase(FamilyContext context, Fence fence, SchemaUpdates updates) {
        this.context = context;
        this.error = new DatabaseError(fence);
        this.updates = updates;
    }

    Future<ToolOutcome> call(ToolCall call) {
        var client = new D1Client(call);
        return Optional.ofNullable(call.state().getString(BOOKMARK))
                .map(bookmark -> goOn(client, call, bookmark))
                .orElseGet(() -> begin(client, call));
    }

    /** A file may be long, so it is read on another thread. */
    private Future<ToolOutcome> begin(D1Client client, ToolCall call) {
        var sql = call.arguments().getString("sql");
        return context.blocking(() -> ImportPlan.of(sql, gate))
                .compose(plan -> client.findId(call.arguments().getString(DATABASE))
                        .compose(uuid -> context.blocking(() -> PlanHash.of(Stream.of(call.tool(), uuid, sql)))
                                .compose(hash -> call.arguments().getBoolean("dryRun", true)
                                        ? shown(client, uuid, plan, hash)
                                        : run(client, call, uuid, plan, hash))));
    }

    private static Future<ToolOutcome> shown(D1Client client, String uuid, ImportPlan plan, PlanHash hash) {
        return client.find(uuid)
                .map(database -> ToolResult.json(plan.toJson()
                        .put("uuid", database.uuid())
                        .put("dryRun", true)
                        .put(PlanHash.ARGUMENT, hash.text())
                        .put(
                                "hint",
                                "Nothing was changed. To run this on the database \"%s\", call again with the same sql, dryRun false and planHash \"%s\"."
                                        .formatted(database.name(), hash.text()))));
    }

    private Future<ToolOutcome> run(D1Client client, ToolCall call, String uuid, ImportPlan plan, PlanHash hash) {
        hash.check(call);
        var sql = call.arguments().getString("sql");
        return client.importSql(uuid, sql)
                .recover(failure -> Future.failedFuture(error.readable(failure, List.of(sql))))
                .map(reply -> outcome(client, uuid, plan.toJson(), reply));
    }

    private Future<ToolOutcome> goOn(D1Client client, ToolCall call, String bookmark) {
        if (call.cancellation().isCancelled()) {
            return Future.succeededFuture(
                    ToolResult.error("nobody waits for the import any more; it goes on by itself"));
        }
        var uuid = call.state().getString(DATABASE);
        var told = call.state().getJsonObject("plan");
        return client.importGoesOn(uuid, bookmark)
                .map(reply -> outcome(client, uuid, told, reply))
                .recover(failure -> askAgain(call.state(), failure));
    }

    /** That nobody could be asked says nothing of the import; as the result it would invite a second one. */
    private Future<ToolOutcome> askAgain(JsonObject state, Throwable failure) {
        if (!(failure instanceof ToolException known) || !NO_ANSWER.contains(known.reason())) {
            return Future.failedFuture(error.readable(failure, List.of()));
        }
        var unanswered = state.getInteger(UNANSWERED, 0) + 1;
        return unanswered < MOST_UNANSWERED
                ? Future.succeededFuture(new Working(state.copy().put(UNANSWERED, unanswered), PAUSE, ASKING_AGAIN))
                : Future.failedFuture(new ToolException(ToolException.Reason.UNAVAILABLE, UNKNOWN));
    }

    private ToolOutcome outcome(D1Client client, String uuid, JsonObject plan, JsonObject reply) {
        if (reply.getString("status").equals("running")) {
            var state = new JsonObject()
                    .put(DATABASE, uuid)
                    .put("plan", plan)
                    .put(
                            BOOKMARK,
                            Optional.ofNullable(reply.getString(BOOKMARK)).orElse(""));
            return new Working(state, PAUSE, "The SQL is being imported");
        }
        updates.changed(client, uuid);
        var result = plan.copy().put("uuid", uuid).put("dryRun", false);
        RESULTS.stream().filter(reply::containsKey).forEach(name -> result.put(name, reply.getValue(name)));
        return ToolResult.json(result);
    }
}
