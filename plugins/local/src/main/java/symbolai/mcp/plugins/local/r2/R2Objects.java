package symbolai.mcp.plugins.local.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;
import symbolai.mcp.plugins.local.store.Stored;

/** The objects of all buckets. */
final class R2Objects {

    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_OBJECT = 300 << 20;
    private static final int LONGEST_METADATA = 8192;
    private static final int LONGEST_TYPE = 255;
    private static final String PUT = """
            INSERT INTO r2_objects (bucket, key, size, etag, uploaded_at, content_type, metadata, storage_class, body, file)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (bucket, key) DO UPDATE SET size = excluded.size, etag = excluded.etag,
              uploaded_at = excluded.uploaded_at, content_type = excluded.content_type, metadata = excluded.metadata,
              storage_class = excluded.storage_class, body = excluded.body, file = excluded.file""";

    private final FamilyContext context;
    private final Records records;
    private final Blobs blobs;
    private final Buckets buckets;
    private final InstantSource clock;

    R2Objects(FamilyContext context, Records records, Blobs blobs, Buckets buckets, InstantSource clock) {
        this.context = context;
        this.records = records;
        this.blobs = blobs;
        this.buckets = buckets;
        this.clock = clock;
    }

    Future<JsonObject> list(Operation operation) {
        var walk = R2Walk.of(operation);
        return buckets.require(operation)
                .compose(bucket -> records.rows(operation, walk.statement(bucket.id())))
                .map(walk::page);
    }

    Future<Reply> get(Operation operation) {
        var name = operation.arguments().getString("key", "");
        var key = key(name);
        var head = operation.arguments().getBoolean("head", false);
        return buckets.require(operation)
                .compose(bucket -> Blobs.settled(() -> find(bucket, key)
                        .compose(found -> found.map(row -> reply(row, head)).orElseGet(() -> missing(name, bucket)))));
    }

    Future<JsonObject> put(Operation operation) {
        Access.requireWrite(operation);
        var key = key(operation.arguments().getString("key", ""));
        var bytes = bytes(operation);
        var type = contentType(operation);
        var metadata = metadata(operation);
        return buckets.require(operation)
                .compose(bucket -> context.blocking(() -> R2Object.etag(bytes))
                        .map(etag ->
                                new R2Object(key, bytes.length, etag, now(), type, metadata, bucket.storageClass()))
                        .compose(object -> store(bucket, object, bytes)));
    }

    Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        var key = key(operation.arguments().getString("key", ""));
        return buckets.require(operation)
                .compose(bucket ->
                        records.change("DELETE FROM r2_objects WHERE bucket = ? AND key = ?", bucket.id(), key))
                .compose(done -> blobs.clean())
                .map(done -> new JsonObject());
    }

    static SqliteStatement statement(long bucket, R2Object object, Stored stored) {
        return SqliteStatement.of(
                PUT,
                bucket,
                object.key(),
                object.size(),
                object.etag(),
                object.uploadedAt().toEpochMilli(),
                object.contentType().orElse(null),
                object.metadata(),
                object.storageClass(),
                stored.inline().orElse(null),
                stored.file().orElse(null));
    }

    private Future<JsonObject> store(Bucket bucket, R2Object object, byte[] bytes) {
        return blobs.write(bytes)
                .compose(stored -> records.batch(List.of(statement(bucket.id(), object, stored)))
                        .recover(failure -> forget(bucket, stored, failure)))
                .compose(done -> blobs.clean())
                .map(done -> object.json());
    }

    private <T> Future<T> forget(Bucket bucket, Stored stored, Throwable failure) {
        var better =
                Records.explained(failure, "FOREIGN KEY", () -> Buckets.missing(bucket.name(), bucket.jurisdiction()));
        return blobs.drop(List.of(stored)).transform(dropped -> Future.failedFuture(better));
    }

    private Future<Optional<Row>> find(Bucket bucket, byte[] key) {
        return records.rows(
                        "SELECT " + R2Object.COLUMNS + " FROM r2_objects o WHERE o.bucket = ? AND o.key = ?",
                        bucket.id(),
                        key)
                .map(rows -> rows.stream().findFirst());
    }

    private Future<Reply> reply(Row row, boolean head) {
        var json = R2Object.of(row).json();
        return head
                ? Future.succeededFuture(new Reply(json))
                : blobs.stream(Stored.of(row, 7, 8)).map(stream -> new Reply(json, Optional.of(stream)));
    }

    /** As the table keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static byte[] key(String name) {
        var key = Payload.utf8("the key", name);
        if (key.length == 0 || key.length > LONGEST_KEY) {
            throw invalid("a key has 1 to " + LONGEST_KEY + " bytes; this one has " + key.length);
        }
        return key;
    }

    private static byte[] bytes(Operation operation) {
        var bytes = Payload.read(operation.arguments());
        if (bytes.length > LONGEST_OBJECT) {
            throw invalid("an object sent in one piece has at most " + LONGEST_OBJECT + " bytes");
        }
        return bytes;
    }

    private static Optional<String> contentType(Operation operation) {
        var type = Optional.ofNullable(operation.arguments().getString("contentType"));
        if (type.filter(text -> text.length() > LONGEST_TYPE || !text.chars().allMatch(R2Objects::isVisible))
                .isPresent()) {
            throw invalid(
                    "contentType is a media type such as text/plain, with at most " + LONGEST_TYPE + " characters");
        }
        return type;
    }

    private static String metadata(Operation operation) {
        var metadata = operation
                .arguments()
                .getJsonObject("metadata", new JsonObject())
                .encode();
        if (Payload.utf8("the metadata", metadata).length > LONGEST_METADATA) {
            throw invalid("the metadata has at most " + LONGEST_METADATA + " bytes as JSON");
        }
        return metadata;
    }

    private static boolean isVisible(int character) {
        return character >= ' ' && character < 0x7f;
    }

    private static <T> Future<T> missing(String key, Bucket bucket) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no object \"" + key + "\" in the R2 bucket " + bucket.name()));
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
