package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Records;

/** The databases of the embedded account. Making and deleting one survives a crash at any point: the catalog alone says what exists. */
final class Account {

    private final FamilyContext context;
    private final Catalog catalog;
    private final DatabaseFiles files;
    private final DatabaseFiles copies;
    private final OpenDatabases databases;
    private final Turns turns = new Turns();
    private final Snapshots snapshots;

    private Account(FamilyContext context, Records records, InstantSource clock) {
        this.context = context;
        this.catalog = new Catalog(records);
        this.files = new DatabaseFiles(context.folder().resolve("d1"));
        this.copies = new DatabaseFiles(context.folder().resolve("d1-copies"));
        this.databases = new OpenDatabases(context, files);
        var bookmarked = new DatabaseFiles(context.folder().resolve("d1-snapshots"));
        this.snapshots = new Snapshots(context, records, bookmarked, databases, turns, clock);
    }

    /** Opens the account, and makes the sample database on the first start. */
    static Future<Account> open(FamilyContext context, InstantSource clock) {
        return Records.open(context, Catalog.FILE, List.of(Catalog.TABLE, Snapshots.TABLE, Snapshots.WAYS_BACK))
                .map(records -> new Account(context, records, clock))
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
        return snapshots
                .of(uuid)
                .compose(bookmarks -> catalog.strikeOut(uuid)
                        .compose(struck -> databases.close(uuid))
                        .compose(closed -> context.blocking(() -> files.delete(uuid)))
                        .compose(deleted -> snapshots.delete(bookmarks)));
    }

    /** Lets a database be used that many may use at once. */
    <T> Future<T> use(String uuid, Sqlite.Mode mode, Function<Sqlite, Future<T>> use) {
        return catalog.get(uuid).compose(entry -> inTurn(uuid, mode, () -> databases.use(uuid, mode, use)));
    }

    /** Lets a database be used through a connection of its own. */
    <T> Future<T> useAlone(String uuid, Sqlite.Mode mode, SqliteLimits limits, Function<Sqlite, Future<T>> use) {
        return catalog.get(uuid)
                .compose(entry -> inTurn(uuid, mode, () -> databases.useAlone(uuid, mode, limits, use)));
    }

    /** A copy of the database as it is now, which nobody changes. Whoever asks closes it. */
    Future<FrozenCopy> freeze(String uuid, Deadline deadline) {
        var copy = UUID.randomUUID().toString();
        return use(uuid, Sqlite.Mode.READ_WRITE, sqlite -> sqlite.copyTo(copies.file(copy), deadline))
                .compose(copied -> context.sqlite(copies.file(copy), Sqlite.Mode.READ_ONLY, SqliteLimits.DEFAULT))
                .map(sqlite -> new FrozenCopy(context, sqlite, copies, copy));
    }

    /** The moments that databases can go back to. */
    Snapshots snapshots() {
        return snapshots;
    }

    private Future<Account> prepare() {
        return catalog.uuids()
                .compose(known -> context.blocking(() -> files.deleteStrays(known, Instant.now())))
                .compose(cleaned -> context.blocking(() -> copies.deleteStrays(Set.of(), Instant.now())))
                .compose(cleaned -> snapshots.sweep())
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
                .useAlone(entry.uuid(), Sqlite.Mode.READ_WRITE, D1Limits.SQLITE, sqlite -> fill(sqlite, statements))
                .compose(filled -> catalog.enter(entry, madeOnce))
                .recover(failure -> remove(entry.uuid(), failure))
                .compose(entered -> measureAll(List.of(entry)).recover(failure -> unmeasured(entry, failure)))
                .map(measured -> measured.get(0));
    }

    /** Readers never wait: each sees the database as it is at one moment. */
    private <T> Future<T> inTurn(String uuid, Sqlite.Mode mode, Supplier<Future<T>> work) {
        return mode == Sqlite.Mode.READ_ONLY ? work.get() : turns.together(uuid, work);
    }

    private static Future<Void> fill(Sqlite sqlite, List<SqliteStatement> statements) {
        return sqlite.batch(statements, SqliteCaps.NONE, Deadline.after(D1Limits.BATCH), Cancellation.NEVER)
                .mapEmpty();
    }

    private <T> Future<T> remove(String uuid, Throwable failure) {
        return context.blocking(() -> files.delete(uuid)).transform(done -> Future.failedFuture(failure));
    }

    /** A database that was made stays made. */
    private Future<List<Database>> unmeasured(DatabaseEntry entry, Throwable failure) {
        context.logger()
                .atWarn()
                .setCause(failure)
                .addKeyValue("database", entry.uuid())
                .log("the size of a new database could not be read");
        return Future.succeededFuture(List.of(new Database(entry, 0)));
    }

    private Future<List<Database>> measureAll(List<DatabaseEntry> entries) {
        return context.blocking(() -> Database.measured(entries, files));
    }
}
