package symbolai.mcp.plugins.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Family;
import symbolai.mcp.server.tools.FamilyCheck;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.ToolBench;
import symbolai.mcp.testkit.ToolsPage;

class WorkersPluginTest {

    private static final Pattern TAG = Pattern.compile("</?untrusted-data-[0-9a-f]{32}>");

    @TempDir
    private Path folder;

    private final FakeWorkers account = new FakeWorkers();
    private final WorkersPlugin plugin = new WorkersPlugin();
    private FakeFamilyContext context;
    private ToolBench bench;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("workers", folder);
        bench = new ToolBench(plugin.tools(context), account);
        account.put("shop", module("index.js", "export default {};\n"), module("lib/tax.js", "a\nb\nc\n"));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void everyToolIsDescribedHonestly() {
        assertThat(plugin.tools(context).stream().map(tool -> tool.name()))
                .containsExactly(
                        "workers_list",
                        "workers_get",
                        "workers_code",
                        "workers_settings",
                        "workers_deployments",
                        "workers_versions",
                        "workers_secrets",
                        "workers_schedules",
                        "workers_deploy",
                        "workers_rollback",
                        "workers_delete");
        assertThat(bench.omissions("Workers Scripts:Read", "Workers Scripts:Edit"))
                .isEmpty();
        assertThat(plugin.tools(context).stream()
                        .filter(tool -> tool.annotations().destructive()))
                .hasSize(3);
    }

    @Test
    void thePageOfToolsIsWhatTheToolsAre() {
        ToolsPage.open().verify("workers", plugin.tools(context));
    }

    @Test
    void theHostFindsNothingWrongWithTheFamily() {
        var family = new Family(
                "workers",
                "0.1.0",
                plugin.tools(context),
                plugin.resources(context),
                plugin.resourceTemplates(context),
                plugin.prompts(context),
                plugin.connectors(context),
                new Lease());

        assertThat(new FamilyCheck().check(family, new Catalogs().current())).isEmpty();
    }

    @Test
    void listsByNameAndPage() {
        account.put("shop-staging", module("a.js", ""));
        account.put("blog", module("a.js", ""));

        var first = bench.json("workers_list", new JsonObject().put("perPage", 2));
        var second =
                bench.json("workers_list", new JsonObject().put("perPage", 2).put("page", 2));
        var named = bench.json("workers_list", new JsonObject().put("name", "SHOP"));
        var far = bench.json("workers_list", new JsonObject().put("page", Integer.MAX_VALUE));

        assertThat(first.getInteger("count")).isEqualTo(2);
        assertThat(first.getInteger("nextPage")).isEqualTo(2);
        assertThat(second.getInteger("count")).isEqualTo(1);
        assertThat(second.containsKey("nextPage")).isFalse();
        assertThat(named.getInteger("count")).isEqualTo(2);
        assertThat(far.getInteger("count")).isZero();
    }

    @Test
    void readsEachPartOfAWorker() {
        assertThat(bench.json("workers_get", shop()).getString("name")).isEqualTo("shop");
        assertThat(bench.json("workers_settings", shop()).getJsonArray("bindings"))
                .hasSize(2);
        assertThat(bench.json("workers_deployments", shop()).getInteger("count"))
                .isEqualTo(1);
        assertThat(bench.json("workers_versions", shop()).getInteger("count")).isEqualTo(1);
        assertThat(bench.json("workers_secrets", shop())
                        .getJsonArray("secrets")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("TOKEN");
        assertThat(bench.json("workers_schedules", shop()).getInteger("count")).isEqualTo(1);
    }

    @Test
    void showsCodeMainModuleFirst() {
        var code = bench.json("workers_code", shop());

        assertThat(code.getString("mainModule")).isEqualTo("index.js");
        assertThat(code.getBoolean("truncated")).isFalse();
        assertThat(code.getJsonArray("modules").getJsonObject(0).getString("text"))
                .isEqualTo("export default {};\n");
        assertThat(code.getJsonArray("modules")).hasSize(2);
    }

    @Test
    void readsALongModuleInParts() {
        var text = "x😀".repeat(60_000);
        account.put("big", module("main.js", text), module("other.js", "y"));

        var read = new StringBuilder();
        var first = bench.json("workers_code", new JsonObject().put("name", "big"));
        int offset = 0;
        for (int parts = 0; parts < 5; parts++) {
            var arguments =
                    new JsonObject().put("name", "big").put("module", "main.js").put("offset", offset);
            var part = bench.json("workers_code", arguments)
                    .getJsonArray("modules")
                    .getJsonObject(0);
            read.append(part.getString("text"));
            offset = part.getInteger("nextOffset", 0);
            if (offset == 0) {
                break;
            }
        }

        assertThat(read.toString()).isEqualTo(text);
        assertThat(first.getBoolean("truncated")).isTrue();
        assertThat(first.getString("hint")).contains("main.js");
        assertThat(bench.text("workers_code", new JsonObject().put("name", "big"))
                        .length())
                .isLessThan(256 * 1024);
    }

    @Test
    void bytesAreShownWhenTheyAreAskedFor() {
        account.put(
                "wasm",
                module("main.js", ""),
                new JsonObject()
                        .put("name", "lib.wasm")
                        .put("contentType", "application/wasm")
                        .put("base64", "AGFzbQ=="));

        var all = bench.json("workers_code", new JsonObject().put("name", "wasm"));
        var one =
                bench.json("workers_code", new JsonObject().put("name", "wasm").put("module", "lib.wasm"));
        var none = bench.failure(
                "workers_code", new JsonObject().put("name", "wasm").put("module", "lib.js"));

        assertThat(all.getJsonArray("modules").getJsonObject(1).containsKey("base64"))
                .isFalse();
        assertThat(all.getJsonArray("modules").getJsonObject(1).getInteger("bytes"))
                .isEqualTo(4);
        assertThat(one.getJsonArray("modules").getJsonObject(0).getString("base64"))
                .isEqualTo("AGFzbQ==");
        assertThat(none).hasMessageContaining("no module \"lib.js\"");
    }

    @Test
    void aDryRunShowsTheChangeAndChangesNothing() {
        var plan = bench.json(
                "workers_deploy",
                deploy(
                                module("index.js", "export default {};\n"),
                                module("lib/tax.js", "a\nB\nc\n"),
                                module("new.js", "n"))
                        .put(
                                "bindings",
                                JsonArray.of(
                                        new JsonObject()
                                                .put("name", "KV")
                                                .put("type", "kv_namespace")
                                                .put("namespace_id", "b"),
                                        new JsonObject()
                                                .put("name", "PASSWORD")
                                                .put("type", "secret_text")
                                                .put("text", "hush"))));

        assertThat(plan.getBoolean("dryRun")).isTrue();
        assertThat(plan.getBoolean("isNew")).isFalse();
        assertThat(changes(plan)).containsExactly("index.js unchanged", "lib/tax.js changed", "new.js added");
        assertThat(plan.getJsonArray("modules").getJsonObject(1).getString("diff"))
                .isEqualTo("@@ -1,3 +1,3 @@\n a\n-b\n+B\n c");
        assertThat(plan.getJsonObject("bindings")
                        .getJsonArray("replaced")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("KV");
        assertThat(plan.getJsonObject("bindings")
                        .getJsonArray("kept")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("TOKEN");
        assertThat(plan.encode()).doesNotContain("hush");
        assertThat(plan.getString("compatibilityDate")).isEqualTo("2025-05-05");
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void whatWasShownIsDone() {
        var upload = deploy(module("index.js", "changed"));
        var plan = bench.json("workers_deploy", upload);

        var done = bench.json("workers_deploy", confirmed(upload, plan));

        assertThat(changes(plan)).containsExactly("index.js changed", "lib/tax.js removed");
        assertThat(done.getBoolean("dryRun")).isFalse();
        assertThat(account.writes()).hasSize(1);
        var sent = account.writes().get(0).arguments();
        assertThat(sent.getJsonArray("modules").getJsonObject(0).getString("contentType"))
                .isEqualTo("application/javascript+module");
        assertThat(sent.getBoolean("keepBindings")).isTrue();
        assertThat(sent.getJsonArray("compatibilityFlags")).containsExactly("nodejs_compat");
        assertThat(context.updated()).containsExactly("workers://shop");
    }

    @Test
    void theOrderOfPropertiesDoesNotMatter() {
        var binding = new JsonObject().put("name", "D").put("type", "d1").put("id", "x");
        var turned = new JsonObject().put("id", "x").put("type", "d1").put("name", "D");
        var plan = bench.json("workers_deploy", deploy(module("index.js", "z")).put("bindings", JsonArray.of(binding)));

        var done = bench.json(
                "workers_deploy",
                confirmed(deploy(module("index.js", "z")).put("bindings", JsonArray.of(turned)), plan));

        assertThat(done.getBoolean("dryRun")).isFalse();
    }

    @Test
    void anotherChangeThanTheOneShownIsAConflict() {
        var upload = deploy(module("index.js", "changed"));
        var plan = bench.json("workers_deploy", upload);

        var otherCode = bench.failure("workers_deploy", confirmed(deploy(module("index.js", "evil")), plan));
        var otherFlag = bench.failure("workers_deploy", confirmed(upload, plan).put("keepBindings", false));
        account.put("shop", module("index.js", "somebody was faster"));
        var otherTarget = bench.failure("workers_deploy", confirmed(upload, plan));
        var noHash = bench.failure("workers_deploy", upload.copy().put("dryRun", false));

        assertThat(List.of(otherCode, otherFlag, otherTarget))
                .allMatch(failure -> failure.reason() == ToolException.Reason.CONFLICT);
        assertThat(noHash.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void aNewWorkerBeginsWithToday() {
        var script = new JsonObject().put("name", "fresh").put("script", "addEventListener('fetch', () => {})");
        var plan = bench.json("workers_deploy", script);

        bench.json("workers_deploy", confirmed(script, plan));

        assertThat(plan.getBoolean("isNew")).isTrue();
        assertThat(plan.containsKey("compatibilityDateBefore")).isFalse();
        assertThat(LocalDate.parse(plan.getString("compatibilityDate")))
                .isBetween(LocalDate.now(Clock.systemUTC()).minusDays(1), LocalDate.now(Clock.systemUTC()));
        assertThat(account.writes().get(0).arguments().getBoolean("script")).isTrue();
        assertThat(account.writes().get(0).arguments().containsKey("mainModule"))
                .isFalse();
    }

    @Test
    void removesBindingsOnlyWhenTold() {
        var plan = bench.json("workers_deploy", deploy(module("index.js", "z")).put("keepBindings", false));

        assertThat(plan.getJsonObject("bindings").getJsonArray("removed")).hasSize(2);
        assertThat(plan.getJsonObject("bindings").getJsonArray("kept")).isEmpty();
    }

    @Test
    void aHugeChangeIsCut() {
        var text = "line\n".repeat(100_000);

        var plan = bench.json("workers_deploy", deploy(module("index.js", text + "x".repeat(100_000))));

        assertThat(plan.getBoolean("truncated")).isTrue();
        assertThat(plan.encode().length()).isLessThan(128 * 1024);
    }

    @Test
    void rollsBackToWhatWasShown() {
        var first = account.versionIds("shop").get(0);
        var upload = deploy(module("index.js", "changed"));
        bench.json("workers_deploy", confirmed(upload, bench.json("workers_deploy", upload)));
        var back = shop().put("versionId", first).put("message", "it broke");

        var plan = bench.json("workers_rollback", back);
        var unshown = bench.failure(
                "workers_rollback", back.copy().put("dryRun", false).put("planHash", "0".repeat(32)));
        var done = bench.json("workers_rollback", confirmed(back, plan));
        var again = bench.failure("workers_rollback", confirmed(back, plan));
        var unknown = bench.failure(
                "workers_rollback", shop().put("versionId", UUID.randomUUID().toString()));

        assertThat(plan.getJsonObject("version").getString("id")).isEqualTo(first);
        assertThat(plan.containsKey("replaces")).isTrue();
        assertThat(unshown.reason()).isEqualTo(ToolException.Reason.CONFLICT);
        assertThat(done.getJsonObject("deployment").getString("message")).isEqualTo("it broke");
        assertThat(again.reason()).isEqualTo(ToolException.Reason.CONFLICT);
        assertThat(unknown.reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void deletingNeedsTheName() {
        var asking = bench.call().capabilities(EnumSet.of(ClientCapability.ELICITATION_FORM));

        var unconfirmed = bench.failure("workers_delete", shop());
        var wrong = bench.failure("workers_delete", shop().put("confirmName", "Shop"));
        var question = bench.enter(asking.arguments(shop().put("confirmName", "shop"))
                .texts("workers_delete", Map.of())
                .tool());
        assertThat(account.writes()).isEmpty();
        var deleted = bench.json("workers_delete", shop().put("confirmName", "shop"));

        assertThat(unconfirmed).hasMessageContaining("confirmName \"shop\"");
        assertThat(wrong.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(question).isInstanceOf(InputRequired.class);
        assertThat(deleted.getString("name")).isEqualTo("shop");
        assertThat(bench.failure("workers_get", shop()).reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void whatOthersWroteIsFenced() {
        account.put("shop", module("index.js", FakeWorkers.INJECTION));

        for (var tool : List.of("workers_code", "workers_deployments", "workers_settings", "workers_versions")) {
            assertThat(TAG.matcher(bench.text(tool, shop())).results()).as(tool).hasSize(2);
        }
        var plan = bench.text("workers_deploy", deploy(module("index.js", "x")));
        var tags = TAG.matcher(plan).results().toList();
        assertThat(tags).hasSize(2);
        assertThat(plan.indexOf("Ignore all rules"))
                .isBetween(tags.get(0).end(), tags.get(1).start());
        assertThat(plan).startsWith("Nothing was changed yet.");
    }

    @Test
    void theResourceHoldsTheMainModuleAndTheList() {
        var template = plugin.resourceTemplates(context).get(0);
        var contents = ((ResourceResult) await(template.handler()
                        .read(bench.call()
                                .texts("workers://shop", Map.of("script", "shop"))
                                .resource())))
                .contents();
        var names = await(template.completers()
                .get("script")
                .complete(bench.call().texts("SH", Map.of()).completion()));

        assertThat(((ResourceContents.Text) contents.get(0)).text()).isEqualTo("export default {};\n");
        assertThat(((ResourceContents.Text) contents.get(1)).text()).contains("lib/tax.js");
        assertThat(names.values()).containsExactly("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../etc", "a/b", "..%2f", "%252e", "shop\u0000", "a b", "ä", "'; DROP", "shop\n"})
    void noOtherNameReachesTheConnection(String name) {
        for (var tool : plugin.tools(context)) {
            if (!tool.name().equals("workers_list")) {
                var arguments = tool.name().equals("workers_deploy")
                        ? deploy(module("index.js", "x"))
                        : tool.name().equals("workers_rollback") ? shop().put("versionId", "v") : shop();
                assertThat(bench.takes(tool.name(), arguments)).as(tool.name()).isTrue();
                assertThat(bench.takes(tool.name(), arguments.copy().put("name", name)))
                        .as(tool.name())
                        .isFalse();
            }
        }
        var template = plugin.resourceTemplates(context).get(0);
        var call = bench.call().texts("workers://x", Map.of("script", name)).resource();
        assertThat(failure(io.vertx.core.Future.succeededFuture(call).compose(template.handler()::read))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void longNamesAreRefused() {
        assertThat(bench.takes("workers_get", new JsonObject().put("name", "a".repeat(63))))
                .isTrue();
        assertThat(bench.takes("workers_get", new JsonObject().put("name", "a".repeat(64))))
                .isFalse();
    }

    private static JsonObject shop() {
        return new JsonObject().put("name", "shop");
    }

    private static JsonObject deploy(JsonObject... modules) {
        var given = java.util.Arrays.stream(modules)
                .map(JsonObject::copy)
                .peek(module -> module.remove("contentType"))
                .toList();
        return shop().put("modules", new JsonArray(given));
    }

    private static JsonObject confirmed(JsonObject arguments, JsonObject plan) {
        return arguments.copy().put("dryRun", false).put("planHash", plan.getString("planHash"));
    }

    private static List<String> changes(JsonObject plan) {
        return plan.getJsonArray("modules").stream()
                .map(JsonObject.class::cast)
                .map(module -> module.getString("name") + " " + module.getString("change"))
                .toList();
    }

    private static JsonObject module(String name, String text) {
        return new JsonObject()
                .put("name", name)
                .put("contentType", "application/javascript+module")
                .put("text", text);
    }
}
