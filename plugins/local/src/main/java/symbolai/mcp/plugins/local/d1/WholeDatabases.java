package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.PulledStream;

/** Carries out the operations on whole databases: export, import, going back in time, and what statements took. */
final class WholeDatabases {

    private static final SqliteCaps NO_ROWS = new SqliteCaps(0, 0, 0);

    private final FamilyContext context;
    private final Account account;
    private final Insights insights;
    private final InstantSource clock;
    private final D1Dialect dialect = new D1Dialect();

    WholeDatabases(FamilyContext context, Account account, Insights insights, InstantSource clock) {
        this.context = context;
        this.account = account;
        this.insights = insights;
        this.clock = clock;
    }

    Future<Reply> export(Operation operation) {
        var arguments = operation.arguments();
        var only = arguments.getJsonArray("tables", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        var export = new Export(arguments.getBoolean("schema", true), arguments.getBoolean("rows", true), only);
        if (arguments.containsKey("bookmark") || !(export.schema() || export.rows())) {
            throw invalid(
                    "an export here is done at once: give no bookmark, and ask for the schema, the rows, or both");
        }
        var uuid = D1Operations.databaseId(operation);
        return account.get(uuid)
                .compose(database -> account.freeze(uuid, operation.deadline())
                        .compose(copy -> export.parts(copy.sqlite(), operation.deadline())
                                .onFailure(failure -> copy.close())
                                .map(parts -> new PulledStream(new DumpChunks(copy, parts))))
                        .map(stream -> new Reply(
                                complete().put("fileName", database.entry().name() + ".sql"), Optional.of(stream))));
    }

    Future<JsonObject> load(Operation operation) {
        Access.requireWrite(operation);
        var sql = operation.arguments().getString("sql", "");
        if (operation.arguments().containsKey("bookmark")) {
            throw invalid("an import here is done at once, so none has the bookmark; send the SQL without one");
        }
        if (sql.length() > D1Limits.IMPORT_CHARACTERS) {
            throw invalid("the SQL has more than " + D1Limits.IMPORT_CHARACTERS + " characters; import it in parts");
        }
        var uuid = D1Operations.databaseId(operation);
        return account.get(uuid)
                .compose(database -> context.blocking(() -> checked(sql)))
                .compose(statements -> run(uuid, statements, operation))
                .compose(results -> account.get(uuid)
                        .map(database -> complete()
                                .put("statements", results.size())
                                .put(
                                        "changes",
                                        results.stream()
                                                .mapToLong(SqliteResult::changes)
                                                .sum())
                                .put("atomic", true)
                                .put("fileSize", database.fileSize())));
    }

    Future<JsonObject> bookmark(Operation operation) {
        var uuid = D1Operations.databaseId(operation);
        var at = time(operation, "at");
        return account.get(uuid)
                .compose(database -> at.map(time -> account.snapshots().find(uuid, time))
                        .orElseGet(() -> account.snapshots().take(uuid, operation.deadline())))
                .map(bookmark -> new JsonObject()
                        .put("bookmark", bookmark.id())
                        .put("at", bookmark.at().toString()));
    }

    Future<JsonObject> restore(Operation operation) {
        Access.requireWrite(operation);
        var uuid = D1Operations.databaseId(operation);
        var bookmark = operation.arguments().getString("bookmark", "");
        if (!Bookmark.isId(bookmark)) {
            throw invalid("a bookmark is what d1_bookmark or a restore before gave, and \"" + bookmark + "\" is none");
        }
        return account.get(uuid)
                .compose(database -> account.snapshots().restore(uuid, bookmark, operation.deadline()))
                .map(before -> new JsonObject()
                        .put("bookmark", bookmark)
                        .put("previousBookmark", before.id())
                        .put("message", "Restored. To undo it, restore to " + before.id()));
    }

    Future<JsonObject> insights(Operation operation) {
        var uuid = D1Operations.databaseId(operation);
        var to = time(operation, "to").orElseGet(clock::instant);
        var from = time(operation, "from").orElseGet(() -> to.minus(Insights.KEPT));
        var sort = operation.arguments().getString("sort", "time");
        var limit = operation.arguments().getInteger("limit", 10);
        if (to.isBefore(from)) {
            throw invalid("from is after to");
        }
        return account.get(uuid)
                .map(database -> new JsonObject()
                        .put("queries", insights.most(uuid, from, to, sort, limit))
                        .put("from", from.toString())
                        .put("to", to.toString()));
    }

    private List<SqliteStatement> checked(String sql) {
        var texts = SqlStatements.texts(sql);
        if (texts.isEmpty() || texts.size() > D1Limits.IMPORT_STATEMENTS) {
            throw invalid("an import has 1 to %d statements, and this one has %d"
                    .formatted(D1Limits.IMPORT_STATEMENTS, texts.size()));
        }
        texts.forEach(dialect::check);
        return texts.stream().map(SqliteStatement::of).toList();
    }

    private Future<List<SqliteResult>> run(String uuid, List<SqliteStatement> statements, Operation operation) {
        return account.snapshots()
                .change(
                        uuid,
                        operation.deadline(),
                        D1Limits.IMPORT,
                        sqlite -> sqlite.batch(statements, NO_ROWS, operation.deadline(), operation.cancellation()));
    }

    private static Optional<Instant> time(Operation operation, String name) {
        try {
            return Optional.ofNullable(operation.arguments().getString(name)).map(Instant::parse);
        } catch (DateTimeParseException wrong) {
            throw invalid(name + " is a time such as 2030-01-31T12:00:00Z");
        }
    }

    private static JsonObject complete() {
        return new JsonObject().put("status", "complete");
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
