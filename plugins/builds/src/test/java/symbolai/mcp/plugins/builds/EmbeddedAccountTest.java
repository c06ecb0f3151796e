package symbolai.mcp.plugins.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
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
        context = new FakeFamilyContext("builds", folder);
        await(local.start(context));
        var connection = local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream());
        bench = new ToolBench(new BuildsPlugin().tools(context), connection);
    }

    @AfterEach
    void close() {
        local.close();
        context.close();
    }

    @Test
    void everySampleCanBeReadFollowedAndCompared() {
        var builds =
                bench.json("builds_list", new JsonObject().put("limit", 100)).getJsonArray("builds");
        var first = builds.getJsonObject(0).getString("id");
        var outcomes = new HashSet<String>();

        for (var build : builds) {
            var id = new JsonObject().put("id", ((JsonObject) build).getString("id"));
            outcomes.add(bench.json("builds_get", id).getString("outcome"));
            var followed = bench.json("builds_follow", id);
            assertThat(followed.getInteger("lineCount")).isEqualTo(lines(id));
            bench.json("builds_compare", id.copy().put("otherId", first));
        }

        assertThat(outcomes).contains("success", "fail", "cancelled");
    }

    @Test
    void buildsAreOffUntilSomebodySwitchesThemOn() {
        var worker = bench.json("builds_list", new JsonObject())
                .getJsonArray("builds")
                .getJsonObject(0)
                .getString("worker");

        assertThat(bench.failure("builds_trigger", new JsonObject().put("worker", worker))
                        .reason())
                .isEqualTo(ToolException.Reason.REFUSED);
    }

    private int lines(JsonObject id) {
        var page = bench.json("builds_logs", id);
        int count = page.getInteger("count");
        while (page.containsKey("cursor")) {
            page = bench.json("builds_logs", id.copy().put("cursor", page.getString("cursor")));
            count += page.getInteger("count");
        }
        return count;
    }
}
