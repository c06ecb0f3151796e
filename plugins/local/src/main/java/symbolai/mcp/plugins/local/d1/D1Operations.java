package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;

/** Carries out the operations of D1 on the embedded account. */
public final class D1Operations {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Account account;
    private final Insights insights;
    private final WholeDatabases whole;
    private final D1Dialect dialect = new D1Dialect();

    private D1Operations(FamilyContext context, Account account, InstantSource clock) {
        this.account = account;
        this.insights = new Insights(clock);
        this.whole = new WholeDatabases(context, account, insights, clock);
    }

    /** Opens D1, and makes the sample database on the first start. */
    public static Future<D1Operations> open(FamilyContext context, InstantSource clock) {
        return Account.open(context, clock).map(account -> new D1Operations(context, account, clock));
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.of(
                "d1.list", this::list,
                "d1.get", this::get,
                "d1.create", this::create,
                "d1.delete", this::delete,
                "d1.query", this::query,
                "d1.import", whole::load,
                "d1.bookmark", whole::bookmark,
                "d1.restore", whole::restore,
                "d1.insights", whole::insights);
    }

    /** Those whose reply has a body. */
    public Map<String, Function<Operation, Future<Reply>>> downloads() {
        return Map.of("d1.export", whole::export);
    }

    private Future<JsonObject> list(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", 100);
        var name = operation.arguments().getString("name", "");
        var offset = Math.multiplyFull(page - 1, perPage);
        return account.list(name, (int) Math.min(offset, Integer.MAX_VALUE), perPage + 1)
                .map(found -> D1Json.page(found, page, perPage));
    }

    private Future<JsonObject> get(Operation operation) {
        return account.get(databaseId(operation)).map(D1Json::database);
    }

    private Future<JsonObject> create(Operation operation) {
        Access.requireWrite(operation);
        var name = operation.arguments().getString("name");
        if (!NAME.matcher(name).matches() || UUID.matcher(name).matches()) {
            return Future.failedFuture(new ToolException(
                    ToolException.Reason.INVALID,
                    "\"" + name + "\" cannot name a D1 database: 1 to 64 letters, digits, _ and -, and not a UUID"));
        }
        return account.create(name).map(D1Json::database);
    }

    private Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        return account.delete(databaseId(operation)).map(done -> new JsonObject());
    }

    private Future<JsonObject> query(Operation operation) {
        var statements = D1Json.statements(operation.arguments().getJsonArray("statements", new JsonArray()));
        var sqls = statements.stream().map(SqliteStatement::sql).toList();
        sqls.forEach(dialect::check);
        var mode = operation.access() == Operation.Access.READ ? Sqlite.Mode.READ_ONLY : Sqlite.Mode.READ_WRITE;
        Function<Sqlite, Future<List<SqliteResult>>> run = sqlite -> run(sqlite, statements, operation);
        var results = sqls.stream().anyMatch(dialect::sets)
                ? account.useAlone(databaseId(operation), mode, D1Limits.SQLITE, run)
                : account.use(databaseId(operation), mode, run);
        return results.onSuccess(found -> insights.record(databaseId(operation), sqls, found))
                .map(D1Json::results);
    }

    private static Future<List<SqliteResult>> run(
            Sqlite sqlite, List<SqliteStatement> statements, Operation operation) {
        var caps = D1Json.caps(operation.arguments().getJsonObject("caps"));
        return sqlite.batch(statements, caps, sooner(operation.deadline()), operation.cancellation());
    }

    private static Deadline sooner(Deadline deadline) {
        Duration remaining = deadline.remaining();
        return remaining.compareTo(D1Limits.BATCH) < 0 ? deadline : Deadline.after(D1Limits.BATCH);
    }

    static String databaseId(Operation operation) {
        return operation.arguments().getString("databaseId", "").toLowerCase(Locale.ROOT);
    }
}
