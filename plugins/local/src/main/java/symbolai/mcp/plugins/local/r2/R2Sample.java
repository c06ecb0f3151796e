package symbolai.mcp.plugins.local.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Stored;

/** The bucket that a new account has: texts, JSON, a picture, folders and one large object. */
final class R2Sample {

    static final String NAME = "northwind-files";

    private static final int LARGE = 2 << 20;
    private static final Map<String, String> TYPES =
            Map.of("txt", "text/plain", "md", "text/markdown", "json", "application/json", "png", "image/png");

    private final FamilyContext context;
    private final Blobs blobs;
    private final Instant now;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    R2Sample(FamilyContext context, Blobs blobs, Instant now) {
        this.context = context;
        this.blobs = blobs;
        this.now = now;
    }

    Future<List<SqliteStatement>> statements() {
        return context.blocking(this::objects)
                .compose(objects ->
                        blobs.writeAll(List.copyOf(files.values())).map(stored -> statements(objects, stored)));
    }

    /** The bucket is the first one there ever is. */
    private List<SqliteStatement> statements(List<R2Object> objects, List<Stored> stored) {
        var statements = new ArrayList<SqliteStatement>();
        statements.add(SqliteStatement.of(
                "INSERT INTO r2_buckets (id, jurisdiction, name, created_at, location, storage_class)"
                        + " VALUES (1, 'default', ?, ?, 'WEUR', 'Standard')",
                NAME,
                now.toEpochMilli()));
        for (var index = 0; index < objects.size(); index++) {
            statements.add(R2Objects.statement(1, objects.get(index), stored.get(index)));
        }
        return statements;
    }

    private List<R2Object> objects() {
        files.put("readme.md", utf8("# Northwind files\n\nWhat the sample shop keeps in R2.\n"));
        files.put("config/shop.json", utf8("{\"currency\":\"EUR\",\"open\":true}"));
        files.put("config/regions/north.json", utf8("{\"region\":\"North\",\"warehouse\":\"Bergen\"}"));
        files.put("config/regions/south.json", utf8("{\"region\":\"South\",\"warehouse\":\"Malaga\"}"));
        files.put("images/logo.png", new Picture().png());
        for (var month = 1; month <= 12; month++) {
            var lines = "2024-%02d order, customer, cents%n".formatted(month).repeat(20 + 10 * month);
            files.put("reports/2024/%02d.txt".formatted(month), utf8(lines));
        }
        files.put("reports/übersicht 2024.txt", utf8("Alles gut.\n"));
        files.put("archive/orders.bin", large());
        var objects = new ArrayList<R2Object>();
        files.forEach((key, bytes) -> objects.add(object(key, bytes)));
        return objects;
    }

    private R2Object object(String key, byte[] bytes) {
        var ending = key.substring(key.lastIndexOf('.') + 1);
        var metadata = new JsonObject().put("source", "sample").encode();
        var type = Optional.of(TYPES.getOrDefault(ending, "application/octet-stream"));
        return new R2Object(utf8(key), bytes.length, R2Object.etag(bytes), now, type, metadata, "Standard");
    }

    private static byte[] large() {
        var bytes = new byte[LARGE];
        for (var index = 0; index < LARGE; index++) {
            bytes[index] = (byte) (index * 31 + (index >> 8));
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
