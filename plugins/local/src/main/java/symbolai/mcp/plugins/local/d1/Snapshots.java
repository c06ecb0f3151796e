package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** Copies of databases at moments that they can go back to; a few of each database, the oldest goes first. */
final class Snapshots {

    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS snapshots (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              bookmark TEXT NOT NULL UNIQUE,
              uuid TEXT NOT NULL REFERENCES databases(uuid) ON DELETE CASCADE,
              taken_at INTEGER NOT NULL
            ) STRICT""";

    private static final int MOST = 10;
    private static final String COLUMNS = "SELECT bookmark, taken_at FROM snapshots ";

    private final FamilyContext context;
    private final Records catalog;
    private final DatabaseFiles files;
    private final OpenDatabases databases;
    private final InstantSource clock;

    Snapshots(
            FamilyContext context, Records catalog, DatabaseFiles files, OpenDatabases databases, InstantSource clock) {
        this.context = context;
        this.catalog = catalog;
        this.files = files;
        this.databases = databases;
        this.clock = clock;
    }

    /** The database as it is now; the last bookmark, when nothing has changed since. */
    Future<Bookmark> take(String uuid, Deadline deadline) {
        return take(uuid, deadline, "");
    }

    /** The last bookmark at or before the time. */
    Future<Bookmark> find(String uuid, Instant at) {
        return catalog.rows(
                        COLUMNS + "WHERE uuid = ? AND taken_at <= ? ORDER BY number DESC LIMIT 1",
                        uuid,
                        at.toEpochMilli())
                .compose(rows -> only(rows, "there is no bookmark at or before " + at + "; the oldest ones go first"));
    }

    /** Puts the database back; gives the bookmark of how it was before. */
    Future<Bookmark> restore(String uuid, String bookmark, Deadline deadline) {
        return catalog.rows(COLUMNS + "WHERE uuid = ? AND bookmark = ?", uuid, bookmark)
                .compose(
                        rows -> only(rows, "this database has no bookmark " + bookmark + "; it keeps the last " + MOST))
                .compose(found -> take(uuid, deadline, bookmark))
                .compose(before -> databases
                        .use(uuid, Sqlite.Mode.READ_WRITE, sqlite -> sqlite.copyFrom(files.file(bookmark), deadline))
                        .map(before));
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

    private Future<Bookmark> take(String uuid, Deadline deadline, String kept) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made = new Bookmark(Bookmark.newId(now), now);
        return databases
                .use(uuid, Sqlite.Mode.READ_WRITE, sqlite -> sqlite.copyTo(files.file(made.id()), deadline))
                .compose(copied -> last(uuid))
                .compose(last -> context.blocking(() -> unlessSame(last, made)))
                .compose(bookmark -> bookmark.equals(made) ? enter(uuid, made, kept) : Future.succeededFuture(bookmark))
                .recover(failure -> delete(List.of(made.id())).transform(done -> Future.failedFuture(failure)));
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

    private Future<Bookmark> enter(String uuid, Bookmark made, String kept) {
        return catalog.change(
                        "INSERT INTO snapshots (bookmark, uuid, taken_at) VALUES (?, ?, ?)",
                        made.id(),
                        uuid,
                        made.at().toEpochMilli())
                .compose(entered -> catalog.rows(
                        "SELECT bookmark FROM snapshots WHERE uuid = ? AND bookmark <> ? ORDER BY number DESC LIMIT -1 OFFSET ?",
                        uuid,
                        kept,
                        kept.isEmpty() ? MOST : MOST - 1))
                .compose(old -> forget(old.stream().map(row -> row.text(0)).toList()))
                .map(made);
    }

    private Future<Void> forget(List<String> bookmarks) {
        return bookmarks.isEmpty()
                ? Future.succeededFuture()
                : catalog.change(
                                "DELETE FROM snapshots WHERE bookmark IN (SELECT value FROM json_each(?))",
                                new JsonArray(bookmarks).encode())
                        .compose(gone -> delete(bookmarks));
    }

    private static Future<Bookmark> only(List<Row> rows, String otherwise) {
        return rows.isEmpty()
                ? Future.failedFuture(new ToolException(ToolException.Reason.NOT_FOUND, otherwise))
                : Future.succeededFuture(Bookmark.of(rows.get(0)));
    }
}
