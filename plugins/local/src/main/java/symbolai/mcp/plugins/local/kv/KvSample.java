package symbolai.mcp.plugins.local.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Stored;

/** The namespace that a new account has: flags, sessions and a few values of every kind. */
final class KvSample {

    static final String TITLE = "northwind-settings";
    static final String ID = "6e6f72746877696e6473657474696e67";

    private static final int SESSIONS = 24;
    private static final long FAR_AWAY = 4_102_444_800L;

    private final Blobs blobs;
    private final Random random = new Random(20_240_102);
    private final List<KvEntry> entries = new ArrayList<>();

    KvSample(Blobs blobs) {
        this.blobs = blobs;
    }

    Future<List<SqliteStatement>> statements() {
        flags();
        sessions();
        oddities();
        var report = text("report:2024", "Orders of the year.\n" + "order, customer, cents\n".repeat(400));
        return blobs.write(report.value()).map(stored -> statements(report, stored));
    }

    private List<SqliteStatement> statements(KvEntry report, Stored stored) {
        var statements = new ArrayList<SqliteStatement>();
        statements.add(SqliteStatement.of("INSERT INTO kv_namespaces (id, title) VALUES (?, ?)", ID, TITLE));
        entries.forEach(entry ->
                statements.add(Entries.statement(ID, entry, new Stored(Optional.of(entry.value()), Optional.empty()))));
        statements.add(Entries.statement(ID, report, stored));
        return statements;
    }

    private void flags() {
        for (var flag : List.of("checkout-v2", "dark-mode", "free-shipping", "new-search", "beta-labels")) {
            var rule = new JsonObject().put("on", random.nextBoolean()).put("share", random.nextInt(101));
            entries.add(described("flag:" + flag, rule.encode(), new JsonObject().put("owner", "shop")));
        }
    }

    private void sessions() {
        for (var number = 1; number <= SESSIONS; number++) {
            var session =
                    new JsonObject().put("customer", 1 + random.nextInt(90)).put("cart", random.nextInt(6));
            entries.add(text("session:%04d".formatted(number), session.encode()));
        }
    }

    private void oddities() {
        var pixel = new byte[64];
        random.nextBytes(pixel);
        entries.add(new KvEntry(bytes("image:pixel"), pixel, Optional.empty(), Optional.of("{\"type\":\"raw\"}")));
        entries.add(text("greeting:日本語", "こんにちは"));
        entries.add(text("empty", ""));
        entries.add(new KvEntry(bytes("offer:century"), bytes("10 %"), Optional.of(FAR_AWAY), Optional.empty()));
    }

    private static KvEntry text(String key, String value) {
        return new KvEntry(bytes(key), bytes(value), Optional.empty(), Optional.empty());
    }

    private static KvEntry described(String key, String value, JsonObject metadata) {
        return new KvEntry(bytes(key), bytes(value), Optional.empty(), Optional.of(metadata.encode()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
