package symbolai.mcp.plugins.local.r2;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import symbolai.mcp.plugins.local.store.Row;

/**
 * What is known of an object beside its bytes.
 *
 * @param key in UTF-8
 * @param etag the MD5 of the bytes, in hex
 * @param metadata an object of texts, as JSON
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record R2Object(
        byte[] key,
        long size,
        String etag,
        Instant uploadedAt,
        Optional<String> contentType,
        String metadata,
        String storageClass) {

    /** The first seven columns are the object; the others say where its bytes are. */
    static final String COLUMNS =
            "o.key, o.size, o.etag, o.uploaded_at, o.content_type, o.metadata, o.storage_class, o.body, o.file";

    /** Without the bytes. */
    static final String KNOWN = COLUMNS.replace(", o.body, o.file", "");

    static R2Object of(Row row) {
        return new R2Object(
                row.bytes(0), row.number(1), row.text(2), row.time(3), row.optionalText(4), row.text(5), row.text(6));
    }

    /** Blocks for as long as the digest takes: some milliseconds for each megabyte. */
    static String etag(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }

    JsonObject json() {
        var json = new JsonObject()
                .put("key", new String(key, StandardCharsets.UTF_8))
                .put("size", size)
                .put("etag", etag)
                .put("uploadedAt", uploadedAt.toString())
                .put("metadata", new JsonObject(metadata))
                .put("storageClass", storageClass);
        contentType.ifPresent(type -> json.put("contentType", type));
        return json;
    }
}
