package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteStatement;

/** The databases of the embedded account. Making and deleting one survives a crash at any point: the catalog alone says what exists. */
final class Account {

    private final FamilyContext context;
    private final Catalog catalog;
    private final DatabaseFiles files;
    private final OpenDatabases databases;

    private Account(FamilyContext context, Catalog catalog, DatabaseFiles files) {
        this.context = context;
        this.catalog = catalog;
        this.files = files;
        this.databases = new OpenDatabases(context, files);
    }

    /** Opens the account, and makes the sample database on the first start. */
    static Future<Account> open(FamilyContext context) {
        var files = new DatabaseFiles(context.folder().resolve("d1"));
        return context.sqlite(context.folder().resolve("catalog.sqlite"), Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT)
                .map(sqlite -> new Account(context, new Catalog(sqlite), files))
                .compose(Account::prepare);
    }

    Future<List<Database>> list(String name, int offset, int limit) {
        return catalog.list(name, offset, limit).compose(this::measureAll);
    }

    Future<Database> get(String uuid) {
        return catalog.get(uuid).compose(entry -> measureAll(List.of(entry))).map(found -> found.get(0));
    }

    Future<Database> create(String name) {
        return create(name, List.of(), List.of());
    }

    Future<Void> delete(String uuid) {
        return catalog.strikeOut(uuid)
                .compose(struck -> databases.close(uuid))
                .compose(closed -> context.blocking(() -> files.delete(uuid)))
                .mapEmpty();
    }

    /** Lets a database be used that many may use at once. */
    <T> Future<T> use(String uuid, Sqlite.Mode mode, Function<Sqlite, Future<T>> use) {
        return catalog.get(uuid).compose(entry -> databases.use(uuid, mode, use));
    }

    /** Lets a database be used through a connection of its own. */
    <T> Future<T> useAlone(String uuid, Sqlite.Mode mode, Function<Sqlite, Future<T>> use) {
        return catalog.get(uuid).compose(entry -> databases.useAlone(uuid, mode, use));
    }

    private Future<Account> prepare() {
        return catalog.prepare()
                .compose(ready -> catalog.uuids())
                .compose(known -> context.blocking(() -> files.deleteStrays(known, Instant.now())))
                .compose(cleaned -> catalog.wasMade(SampleDatabase.NAME))
                .compose(made -> made ? Future.succeededFuture() : makeSample())
                .map(this);
    }

    private Future<Database> makeSample() {
        return create(SampleDatabase.NAME, new SampleDatabase().statements(), List.of(SampleDatabase.NAME));
    }

    /** The file is whole before the catalog names it. */
    private Future<Database> create(String name, List<SqliteStatement> statements, List<String> madeOnce) {
        var entry = new DatabaseEntry(
                UUID.randomUUID().toString(), name, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return databases
                .useAlone(entry.uuid(), Sqlite.Mode.READ_WRITE, sqlite -> fill(sqlite, statements))
                .compose(filled -> catalog.enter(entry, madeOnce))
                .compose(entered -> measureAll(List.of(entry)))
                .map(measured -> measured.get(0))
                .recover(failure -> remove(entry.uuid(), failure));
    }

    private static Future<Void> fill(Sqlite sqlite, List<SqliteStatement> statements) {
        return sqlite.batch(statements, SqliteCaps.NONE, Deadline.after(D1Limits.BATCH), Cancellation.NEVER)
                .mapEmpty();
    }

    private <T> Future<T> remove(String uuid, Throwable failure) {
        return context.blocking(() -> files.delete(uuid)).transform(done -> Future.failedFuture(failure));
    }

    private Future<List<Database>> measureAll(List<DatabaseEntry> entries) {
        return context.blocking(() -> Database.measured(entries, files));
    }
}
