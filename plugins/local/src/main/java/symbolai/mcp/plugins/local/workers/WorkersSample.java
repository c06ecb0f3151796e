package symbolai.mcp.plugins.local.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import symbolai.mcp.api.SqliteStatement;

/** The two Workers that a new account has, with three versions each. */
final class WorkersSample {

    private static final String MODULE = "application/javascript+module";
    private static final List<String> MESSAGES = List.of("First version", "Answer faster", "Say which region it was");

    private final Instant now;

    WorkersSample(Instant now) {
        this.now = now;
    }

    Future<List<SqliteStatement>> statements() {
        var statements = new ArrayList<SqliteStatement>();
        for (var number = 1; number <= MESSAGES.size(); number++) {
            var at = now.minus(Duration.ofDays(7L * (MESSAGES.size() - number) + 1));
            statements.addAll(deploying(shop(number), at));
            statements.addAll(deploying(reports(number), at.plus(Duration.ofHours(3))));
        }
        var nightly = new JsonObject().put("cron", "30 2 * * *").put("createdAt", now.toString());
        statements.add(SqliteStatement.of(
                "UPDATE workers SET schedules = ? WHERE name = 'northwind-reports'",
                new JsonArray().add(nightly).encode()));
        return Future.succeededFuture(statements);
    }

    private static List<SqliteStatement> deploying(JsonObject arguments, Instant at) {
        return Uploaded.deploying(
                Upload.read(arguments),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                at);
    }

    private static JsonObject shop(int number) {
        var code = """
                import { price } from "./prices.js";

                export default {
                  async fetch(request, env) {
                    const flag = await env.SETTINGS.get("flag:checkout-v2", "json");
                    return Response.json({ version: %d, on: flag?.on ?? false, price: price(150) });
                  },
                };
                """.formatted(number);
        var prices = "export const price = (cents) => (cents / 100).toFixed(2);\n";
        var modules = new JsonArray()
                .add(new JsonObject()
                        .put("name", "shop.js")
                        .put("contentType", MODULE)
                        .put("text", code))
                .add(new JsonObject()
                        .put("name", "prices.js")
                        .put("contentType", MODULE)
                        .put("text", prices));
        var bindings = new JsonArray()
                .add(new JsonObject()
                        .put("name", "SETTINGS")
                        .put("type", "kv_namespace")
                        .put("namespace_id", "6e6f72746877696e6473657474696e67"))
                .add(new JsonObject()
                        .put("name", "FILES")
                        .put("type", "r2_bucket")
                        .put("bucket_name", "northwind-files"))
                .add(new JsonObject().put("name", "PAYMENT_KEY").put("type", "secret_text"));
        return worker("northwind-shop", modules, number)
                .put("mainModule", "shop.js")
                .put("bindings", bindings);
    }

    private static JsonObject reports(int number) {
        var code = """
                export default {
                  async scheduled(event, env) {
                    console.log("report %d", event.cron);
                  },
                };
                """.formatted(number);
        var modules = new JsonArray()
                .add(new JsonObject()
                        .put("name", "reports.js")
                        .put("contentType", MODULE)
                        .put("text", code));
        var bindings = new JsonArray()
                .add(new JsonObject()
                        .put("name", "REGION")
                        .put("type", "plain_text")
                        .put("text", "North"));
        return worker("northwind-reports", modules, number).put("bindings", bindings);
    }

    private static JsonObject worker(String name, JsonArray modules, int number) {
        return new JsonObject()
                .put("name", name)
                .put("modules", modules)
                .put("compatibilityDate", "2026-10-01")
                .put("compatibilityFlags", new JsonArray().add("nodejs_compat"))
                .put("message", MESSAGES.get(number - 1));
    }
}
