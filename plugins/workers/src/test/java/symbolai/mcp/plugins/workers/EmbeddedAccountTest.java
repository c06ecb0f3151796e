package symbolai.mcp.plugins.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.LocalPlugin;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;
import symbolai.mcp.testkit.ToolBench;

class EmbeddedAccountTest {

    @TempDir
    private Path folder;

    private final LocalPlugin local = new LocalPlugin();
    private FakeFamilyContext context;
    private ToolBench bench;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("workers", folder);
        await(local.start(context));
        var connection = local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream());
        bench = new ToolBench(new WorkersPlugin().tools(context), connection);
    }

    @AfterEach
    void close() {
        local.close();
        context.close();
    }

    @Test
    void everyPartOfEachSampleCanBeRead() {
        var workers = bench.json("workers_list", new JsonObject()).getJsonArray("workers");

        assertThat(workers).isNotEmpty();
        for (var worker : workers) {
            var name = new JsonObject().put("name", ((JsonObject) worker).getString("name"));
            for (var tool : List.of(
                    "workers_get", "workers_settings", "workers_deployments", "workers_secrets", "workers_schedules")) {
                bench.json(tool, name);
            }
            assertThat(bench.json("workers_versions", name).getInteger("count")).isPositive();
            assertThat(bench.json("workers_code", name).getJsonArray("modules")).isNotEmpty();
        }
    }

    @Test
    void aWorkerIsDeployedTwiceRolledBackAndDeleted() {
        var name = new JsonObject().put("name", "life");
        deploy(name, "export default { one: 1 };\n");
        deploy(name, "export default { two: 2 };\n");
        var versions = bench.json("workers_versions", name).getJsonArray("versions");
        var first = versions.getJsonObject(versions.size() - 1).getString("id");

        var back = name.copy().put("versionId", first);
        bench.json("workers_rollback", confirmed(back, bench.json("workers_rollback", back)));

        assertThat(versions).hasSize(2);
        assertThat(bench.text("workers_code", name)).contains("one: 1").doesNotContain("two: 2");
        bench.json("workers_delete", name.copy().put("confirmName", "life"));
        assertThat(bench.failure("workers_get", name).reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    private void deploy(JsonObject name, String text) {
        var upload = name.copy()
                .put(
                        "modules",
                        JsonArray.of(new JsonObject().put("name", "index.js").put("text", text)));
        bench.json("workers_deploy", confirmed(upload, bench.json("workers_deploy", upload)));
    }

    private static JsonObject confirmed(JsonObject arguments, JsonObject plan) {
        return arguments.copy().put("dryRun", false).put("planHash", plan.getString("planHash"));
    }
}
