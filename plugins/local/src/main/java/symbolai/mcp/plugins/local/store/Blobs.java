package symbolai.mcp.plugins.local.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ToolException;

/**
 * Keeps values beside the rows of one table: short ones in the table, long ones in files. A file is whole before a row names it; a file that
 * no row names any longer stands in the table {@code garbage} until it is gone, so a crash at any point loses and leaves nothing.
 */
public final class Blobs {

    private static final int LONGEST_INLINE = 4096;
    private static final String GARBAGE = "CREATE TABLE IF NOT EXISTS garbage (file TEXT PRIMARY KEY) STRICT";

    private final FamilyContext context;
    private final Records records;
    private final BlobFiles files;
    private final String table;

    private Blobs(FamilyContext context, Records records, String table) {
        this.context = context;
        this.records = records;
        this.files = new BlobFiles(context.folder().resolve(table));
        this.table = table;
    }

    /** The tables and triggers that go with a table which has the columns {@code body} and {@code file}. */
    public static List<String> tables(String table) {
        var gone = " WHEN OLD.file IS NOT NULL BEGIN INSERT OR IGNORE INTO garbage (file) VALUES (OLD.file); END";
        return List.of(
                GARBAGE,
                "CREATE TRIGGER IF NOT EXISTS " + table + "_deleted AFTER DELETE ON " + table + gone,
                "CREATE TRIGGER IF NOT EXISTS " + table + "_updated AFTER UPDATE OF file ON " + table + gone);
    }

    /** Opens what is kept beside the table, and removes what a crash left. */
    public static Future<Blobs> open(FamilyContext context, Records records, String table) {
        var blobs = new Blobs(context, records, table);
        return blobs.sweep().map(blobs);
    }

    /** Writes the bytes; they are kept once a row names them. */
    public Future<Stored> write(byte[] bytes) {
        return writeAll(List.of(bytes)).map(written -> written.get(0));
    }

    /** Writes many, one after another. */
    public Future<List<Stored>> writeAll(List<byte[]> all) {
        return all.stream().allMatch(bytes -> bytes.length <= LONGEST_INLINE)
                ? Future.succeededFuture(all.stream().map(Blobs::inline).toList())
                : context.blocking(() -> written(all));
    }

    /** Forgets bytes whose row was not written. */
    public Future<Void> drop(List<Stored> all) {
        var names = all.stream().flatMap(stored -> stored.file().stream()).toList();
        return context.blocking(() -> deleted(names)).mapEmpty();
    }

    /** Reads a row and its bytes, and once more when the bytes were overwritten between the two. */
    public static <T> Future<T> settled(Supplier<Future<T>> reading) {
        return reading.get().recover(failure -> isOverwritten(failure) ? reading.get() : Future.failedFuture(failure));
    }

    /** The first bytes; fails with {@link ToolException.Reason#CONFLICT} when they were overwritten meanwhile. */
    public Future<byte[]> read(Stored stored, int most) {
        return stored.inline()
                .map(bytes -> Future.succeededFuture(bytes.length <= most ? bytes : Arrays.copyOf(bytes, most)))
                .orElseGet(() -> context.blocking(() -> readFile(stored.file().orElseThrow(), most)))
                .recover(Blobs::gone);
    }

    /** All bytes, one after another; whoever has the stream reads on when they are overwritten meanwhile. */
    public Future<ByteStream> stream(Stored stored) {
        return stored.inline()
                .map(bytes ->
                        Future.<ByteStream>succeededFuture(new PulledStream(new InlineChunks(Buffer.buffer(bytes)))))
                .orElseGet(() -> context.blocking(() -> files.open(stored.file().orElseThrow()))
                        .map(this::streamOf))
                .recover(Blobs::gone);
    }

    /** Deletes the files that no row names any longer. Never fails: what cannot be deleted now is logged, and tried again next time. */
    public Future<Void> clean() {
        return records.rows("SELECT file FROM garbage LIMIT 10000")
                .map(rows -> rows.stream().map(row -> row.text(0)).toList())
                .compose(names -> names.isEmpty() ? Future.succeededFuture() : delete(names))
                .recover(this::later);
    }

    private Future<Void> later(Throwable failure) {
        context.logger()
                .atWarn()
                .setCause(failure)
                .addKeyValue("table", table)
                .log("files that no row names any longer could not be deleted");
        return Future.succeededFuture();
    }

    private Future<Void> delete(List<String> names) {
        return context.blocking(() -> deleted(names))
                .compose(done -> records.change(
                        "DELETE FROM garbage WHERE file IN (SELECT value FROM json_each(?))",
                        new JsonArray(names).encode()))
                .mapEmpty();
    }

    private Future<Void> sweep() {
        return clean().compose(cleaned -> records.rows("SELECT file FROM " + table + " WHERE file IS NOT NULL"))
                .compose(rows -> context.blocking(() -> swept(rows)))
                .mapEmpty();
    }

    private boolean swept(List<Row> rows) throws IOException {
        Set<String> known = new HashSet<>();
        rows.forEach(row -> known.add(row.text(0)));
        files.deleteStrays(known, Instant.now());
        return true;
    }

    private boolean deleted(List<String> names) throws IOException {
        for (var name : names) {
            files.delete(name);
        }
        return true;
    }

    private List<Stored> written(List<byte[]> all) throws IOException {
        var stored = new ArrayList<Stored>();
        for (var bytes : all) {
            stored.add(
                    bytes.length <= LONGEST_INLINE
                            ? inline(bytes)
                            : new Stored(Optional.empty(), Optional.of(files.write(bytes))));
        }
        return stored;
    }

    private static Stored inline(byte[] bytes) {
        return new Stored(Optional.of(bytes), Optional.empty());
    }

    private byte[] readFile(String name, int most) throws IOException {
        try (var channel = files.open(name)) {
            var buffer = ByteBuffer.allocate((int) Math.min(channel.size(), most));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // The channel may give the bytes in parts.
            }
            return buffer.array();
        }
    }

    private ByteStream streamOf(FileChannel channel) {
        return new PulledStream(new FileChunks(context, channel));
    }

    private static boolean isOverwritten(Throwable failure) {
        return failure instanceof ToolException known && known.reason() == ToolException.Reason.CONFLICT;
    }

    private static <T> Future<T> gone(Throwable failure) {
        return Future.failedFuture(
                failure instanceof NoSuchFileException
                        ? new ToolException(
                                ToolException.Reason.CONFLICT,
                                "the value was just overwritten or deleted; read it again")
                        : failure);
    }
}
