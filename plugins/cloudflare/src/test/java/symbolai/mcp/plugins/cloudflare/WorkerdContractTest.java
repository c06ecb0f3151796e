package symbolai.mcp.plugins.cloudflare;

import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.testkit.D1Contract;
import symbolai.mcp.testkit.Differences;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;
import symbolai.mcp.testkit.KvContract;
import symbolai.mcp.testkit.R2Contract;

/**
 * The backend {@code wrangler} keeps the contracts against real workerd. There are no tests unless the system properties {@code workerd.node}
 * and {@code workerd.wrangler} name the programs, as {@code ./test} does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerdContractTest {

    private static final int STORES = 12;

    private Optional<WranglerDev> dev = Optional.empty();
    private Optional<FakeFamilyContext> context = Optional.empty();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        if (System.getProperty("workerd.wrangler") != null) {
            var project = project(folder);
            dev = Optional.of(WranglerDev.start(
                    System.getProperty("workerd.node"), System.getProperty("workerd.wrangler"), project));
            var section = new JsonObject()
                    .put("projects", new JsonArray().add(project.toString()))
                    .put("urls", new JsonArray().add(dev.get().url()));
            context = Optional.of(new FakeFamilyContext(
                    "cloudflare", folder.resolve("plugin"), new JsonObject().put("wrangler", section)));
        }
    }

    @AfterAll
    void close() {
        context.ifPresent(FakeFamilyContext::close);
        dev.ifPresent(WranglerDev::close);
    }

    /** D1 comes last: workerd does nothing else while a statement runs away. */
    @TestFactory
    Stream<DynamicTest> contracts() {
        var differences = Differences.of("wrangler");
        return connection().stream()
                .flatMap(connection -> Stream.of(
                                new KvContract(connection).tests(),
                                new R2Contract(connection, differences).tests(),
                                new D1Contract(connection, differences).tests())
                        .flatMap(tests -> tests));
    }

    private Optional<Connection> connection() {
        return context.map(lent -> {
            var plugin = new CloudflarePlugin();
            await(plugin.start(lent));
            var credentials = new Credentials(Map.of("backend", new Secret("wrangler")));
            return plugin.connectors(lent).get(0).open(credentials, new FakeUpstream());
        });
    }

    /** A project with as many empty databases, namespaces and buckets as the contracts take. */
    private static Path project(Path folder) throws IOException {
        var project = Files.createDirectories(folder.resolve("project"));
        var config = new JsonObject()
                .put("name", "contracts")
                .put("main", "index.js")
                .put("compatibility_date", "2026-01-01")
                .put("d1_databases", list(WorkerdContractTest::database))
                .put("kv_namespaces", list(index -> binding("KV", index).put("id", "%032x".formatted(index + 1))))
                .put("r2_buckets", list(index -> binding("R2", index).put("bucket_name", "contract-" + index)));
        Files.writeString(project.resolve("wrangler.json"), config.encode());
        Files.writeString(project.resolve("index.js"), "export default { fetch: () => new Response('here') };\n");
        return project.toRealPath();
    }

    private static JsonObject database(int index) {
        return binding("D1", index)
                .put("database_name", "contract-" + index)
                .put("database_id", new UUID(0x4000, 0x8000_0000_0000_0000L + index).toString());
    }

    private static JsonObject binding(String kind, int index) {
        return new JsonObject().put("binding", kind + "_" + index);
    }

    private static JsonArray list(IntFunction<JsonObject> element) {
        var list = new JsonArray();
        IntStream.range(0, STORES).mapToObj(element).forEach(list::add);
        return list;
    }
}
