package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/**
 * Copies of databases at moments that they can go back to. Of each database a few are kept that were asked for, and a few that lead back from
 * an import or a restore; of each kind the oldest goes first, so that asking for bookmarks takes no way back away.
 */
final class Snapshots {

    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS snapshots (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              bookmark TEXT NOT NULL UNIQUE,
              uuid TEXT NOT NULL REFERENCES databases(uuid) ON DELETE CASCADE,
              taken_at INTEGER NOT NULL
            ) STRICT""";

    /** Those that lead back from an import or a restore. */
    static final String WAYS_BACK = """
            CREATE TABLE IF NOT EXISTS ways_back (
              bookmark TEXT PRIMARY KEY REFERENCES snapshots(bookmark) ON DELETE CASCADE
            ) STRICT""";

    private static final int MOST = 10;
    private static final String COLUMNS = "SELECT bookmark, taken_at FROM snapshots ";
    private static final String TOO_MANY = """
            SELECT bookmark FROM snapshots WHERE uuid = ? AND (bookmark IN (SELECT bookmark FROM ways_back)) = ?
            ORDER BY bookmark = ? DESC, number DESC LIMIT -1 OFFSET ?""";

    private final FamilyContext context;
    private final Records catalog;
    private final DatabaseFiles files;
    private final OpenDatabases databases;
    private final Turns turns;
    private final InstantSource clock;

    Snapshots(
            FamilyContext context,
            Records catalog,
            DatabaseFiles files,
            OpenDatabases databases,
            Turns turns,
            InstantSource clock) {
        this.context = context;
        this.catalog = catalog;
        this.files = files;
        this.databases = databases;
        this.turns = turns;
        this.clock = clock;
    }

    /** The database as it is now; the last bookmark, when nothing has changed since. */
    Future<Bookmark> take(String uuid, Deadline deadline) {
        return turns.alone(uuid, () -> take(uuid, deadline, false, ""));
    }

    /** Lets the whole database be changed through a connection of its own; a bookmark leads back, and nobody writes between the two. */
    <T> Future<T> change(String uuid, Deadline deadline, SqliteLimits limits, Function<Sqlite, Future<T>> use) {
        return turns.alone(
                uuid,
                () -> take(uuid, deadline, true, "")
                        .compose(before -> databases.useAlone(uuid, Sqlite.Mode.READ_WRITE, limits, use)));
    }

    /** The last bookmark at or before the time. */
    Future<Bookmark> find(String uuid, Instant at) {
        return catalog.rows(
                        COLUMNS + "WHERE uuid = ? AND taken_at <= ? ORDER BY number DESC LIMIT 1",
                        uuid,
                        at.toEpochMilli())
                .compose(rows -> only(rows, "there is no bookmark at or before " + at + "; the oldest ones go first"));
    }

    /** Puts the database back; gives the bookmark of how it was before. Nobody writes between the two. */
    Future<Bookmark> restore(String uuid, String bookmark, Deadline deadline) {
        return turns.alone(uuid, () -> putBack(uuid, bookmark, deadline));
    }

    /** The bookmarks of a database, to delete their copies after it. */
    Future<List<String>> of(String uuid) {
        return catalog.rows("SELECT bookmark FROM snapshots WHERE uuid = ?", uuid)
                .map(rows -> rows.stream().map(row -> row.text(0)).toList());
    }

    /** Removes the copies of these bookmarks. */
    Future<Void> delete(List<String> bookmarks) {
        return context.blocking(() -> files.deleteAll(bookmarks)).mapEmpty();
    }

    /** Removes the copies that nobody knows any longer. */
    Future<Void> sweep() {
        return catalog.rows("SELECT bookmark FROM snapshots")
                .compose(rows -> context.blocking(() -> files.deleteStrays(
                        new HashSet<>(rows.stream().map(row -> row.text(0)).toList()), Instant.now())))
                .mapEmpty();
    }

    private Future<Bookmark> putBack(String uuid, String bookmark, Deadline deadline) {
        return catalog.rows(COLUMNS + "WHERE uuid = ? AND bookmark = ?", uuid, bookmark)
                .compose(rows -> only(rows, missing(bookmark)))
                .compose(found -> take(uuid, deadline, true, bookmark))
                .compose(before -> databases
                        .use(uuid, Sqlite.Mode.READ_WRITE, sqlite -> sqlite.copyFrom(files.file(bookmark), deadline))
                        .map(before));
    }

    private Future<Bookmark> take(String uuid, Deadline deadline, boolean wayBack, String kept) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made = new Bookmark(Bookmark.newId(now), now);
        return databases
                .use(uuid, Sqlite.Mode.READ_WRITE, sqlite -> sqlite.copyTo(files.file(made.id()), deadline))
                .compose(copied -> last(uuid))
                .compose(last -> context.blocking(() -> unlessSame(last, made)))
                .compose(bookmark -> enter(uuid, bookmark, wayBack))
                .recover(failure -> delete(List.of(made.id())).transform(done -> Future.failedFuture(failure)))
                .compose(bookmark -> evict(uuid, wayBack, kept).map(bookmark));
    }

    private Future<Optional<Bookmark>> last(String uuid) {
        return catalog.rows(COLUMNS + "WHERE uuid = ? ORDER BY number DESC LIMIT 1", uuid)
                .map(rows -> rows.stream().findFirst().map(Bookmark::of));
    }

    private Bookmark unlessSame(Optional<Bookmark> last, Bookmark made) throws IOException {
        if (last.isEmpty() || !Files.exists(files.file(last.get().id()))) {
            return made;
        }
        var same = Files.mismatch(files.file(last.get().id()), files.file(made.id())) < 0;
        if (same) {
            files.delete(made.id());
        }
        return same ? last.get() : made;
    }

    /** A bookmark that was asked for, and that a change now needs too, becomes a way back. */
    private Future<Bookmark> enter(String uuid, Bookmark bookmark, boolean wayBack) {
        var statements = new ArrayList<SqliteStatement>();
        statements.add(SqliteStatement.of(
                "INSERT OR IGNORE INTO snapshots (bookmark, uuid, taken_at) VALUES (?, ?, ?)",
                bookmark.id(),
                uuid,
                bookmark.at().toEpochMilli()));
        if (wayBack) {
            statements.add(SqliteStatement.of("INSERT OR IGNORE INTO ways_back (bookmark) VALUES (?)", bookmark.id()));
        }
        return catalog.batch(statements).map(bookmark);
    }

    /** Never fails: what stays now goes the next time, and the bookmark just made is good. */
    private Future<Void> evict(String uuid, boolean wayBack, String kept) {
        return catalog.rows(TOO_MANY, uuid, wayBack ? 1 : 0, kept, MOST)
                .compose(old -> forget(old.stream().map(row -> row.text(0)).toList()))
                .recover(failure -> later(uuid, failure));
    }

    private Future<Void> later(String uuid, Throwable failure) {
        context.logger()
                .atWarn()
                .setCause(failure)
                .addKeyValue("database", uuid)
                .log("old bookmarks could not be removed");
        return Future.succeededFuture();
    }

    private Future<Void> forget(List<String> bookmarks) {
        return bookmarks.isEmpty()
                ? Future.succeededFuture()
                : catalog.change(
                                "DELETE FROM snapshots WHERE bookmark IN (SELECT value FROM json_each(?))",
                                new JsonArray(bookmarks).encode())
                        .compose(gone -> delete(bookmarks));
    }

    private static String missing(String bookmark) {
        return "this database has no bookmark " + bookmark + "; it keeps the last " + MOST
                + " that were asked for, and the last " + MOST + " from before an import or a restore";
    }

    private static Future<Bookmark> only(List<Row> rows, String otherwise) {
        return rows.isEmpty()
                ? Future.failedFuture(new ToolException(ToolException.Reason.NOT_FOUND, otherwise))
                : Future.succeededFuture(Bookmark.of(rows.get(0)));
    }
}
