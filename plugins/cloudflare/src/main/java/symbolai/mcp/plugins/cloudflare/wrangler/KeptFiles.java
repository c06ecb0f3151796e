package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Reads what miniflare left: the tables of a store, and the files beside them that hold the bytes. */
final class KeptFiles {

    private static final Pattern BLOB = Pattern.compile("[0-9a-f]{1,200}");
    private static final Pattern FOLDER = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._ -]{1,200}");

    private final FamilyContext context;

    KeptFiles(FamilyContext context) {
        this.context = context;
    }

    /** The rows that a statement of ours gives. */
    Future<List<List<@Nullable Object>>> rows(Store store, SqliteStatement statement, Operation operation) {
        return context.sqlite(store.file().orElseThrow(), Sqlite.Mode.READ_ONLY, SqliteLimits.DEFAULT)
                .compose(sqlite -> sqlite.query(
                                statement, SqliteCaps.NONE, operation.deadline(), operation.cancellation())
                        .eventually(sqlite::close))
                .map(result -> result.rows());
    }

    /** The bytes of blobs, one after the other; no more than so many. */
    Future<Buffer> bytes(Store store, List<String> blobs, int most) {
        return context.blocking(() -> read(store, blobs, most));
    }

    private static Buffer read(Store store, List<String> blobs, int most) throws IOException {
        var bytes = Buffer.buffer();
        for (var blob : blobs) {
            try (var input = Files.newInputStream(file(store, blob))) {
                bytes.appendBytes(input.readNBytes(most - bytes.length()));
            }
        }
        return bytes;
    }

    /** Whoever wrote the table may have written anything into it; the file must lie where it belongs all the same. */
    private static Path file(Store store, String blob) throws IOException {
        var family = store.file().orElseThrow().resolveSibling("..").normalize();
        if (BLOB.matcher(blob).matches() && FOLDER.matcher(store.devId()).matches()) {
            var folder = family.resolve(store.devId()).resolve("blobs");
            var file = folder.resolve(blob);
            if (Files.isRegularFile(file) && file.toRealPath().startsWith(family.toRealPath())) {
                return file;
            }
        }
        throw new ToolException(
                Reason.UNAVAILABLE, "the bytes of \"" + store.title() + "\" are not where miniflare keeps them");
    }
}
