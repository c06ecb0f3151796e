package symbolai.mcp.plugins.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Credentials;
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
        context = new FakeFamilyContext("observability", folder);
        await(local.start(context));
        var connection = local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream());
        bench = new ToolBench(new ObservabilityPlugin().tools(context), connection);
    }

    @AfterEach
    void close() {
        local.close();
        context.close();
    }

    @Test
    void theSampleEventsCanBeSearchedFilteredAndCounted() {
        var all = count(lastDays());
        var services = bench.json("observability_values", lastDays().put("key", "$metadata.service"))
                .getJsonArray("values");
        int sum = 0;
        for (var service : services) {
            sum += count(lastDays().put("worker", service));
        }
        var keys = bench.json("observability_keys", lastDays()).getJsonArray("keys");

        assertThat(all).isGreaterThan(50);
        assertThat(sum).isEqualTo(all);
        assertThat(keys.stream().map(key -> ((JsonObject) key).getString("key")))
                .contains("$metadata.service");
    }

    @Test
    void pagesThroughAllEvents() {
        var page = bench.json("observability_query", lastDays().put("limit", 60));
        var ids = new JsonArray();
        page.getJsonArray("events").forEach(event -> ids.add(((JsonObject) event).getString("id")));
        while (page.containsKey("offset")) {
            page = bench.json(
                    "observability_query", lastDays().put("limit", 60).put("offset", page.getString("offset")));
            page.getJsonArray("events").forEach(event -> ids.add(((JsonObject) event).getString("id")));
        }

        assertThat(ids.stream().distinct().count()).isEqualTo(ids.size()).isEqualTo(count(lastDays()));
    }

    private int count(JsonObject arguments) {
        return bench.json("observability_calculate", arguments.put("calculation", "count"))
                .getJsonArray("groups")
                .getJsonObject(0)
                .getInteger("count");
    }

    private static JsonObject lastDays() {
        return new JsonObject().put("from", "-3d");
    }
}
