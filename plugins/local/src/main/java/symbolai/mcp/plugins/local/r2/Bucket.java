package symbolai.mcp.plugins.local.r2;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import symbolai.mcp.plugins.local.store.Row;

/** A bucket as its table knows it. */
record Bucket(long id, String jurisdiction, String name, Instant createdAt, String location, String storageClass) {

    static final String COLUMNS = "SELECT id, jurisdiction, name, created_at, location, storage_class FROM r2_buckets ";

    static Bucket of(Row row) {
        return new Bucket(row.number(0), row.text(1), row.text(2), row.time(3), row.text(4), row.text(5));
    }

    JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("createdAt", createdAt.toString())
                .put("location", location)
                .put("storageClass", storageClass)
                .put("jurisdiction", jurisdiction);
    }
}
