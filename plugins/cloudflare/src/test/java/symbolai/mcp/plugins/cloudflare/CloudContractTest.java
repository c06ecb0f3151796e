package symbolai.mcp.plugins.cloudflare;

import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import symbolai.mcp.testkit.TestServer;
import symbolai.mcp.testkit.WorkersContract;

/**
 * The backend {@code cloud} keeps the contracts when Cloudflare is a server's local API. There are no tests unless the system property
 * {@code contracts.cloud} is set, as the build does where it takes from the class path what the embedded account's zip brings itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudContractTest {

    private static final String TOKEN = "cfut_a-token-for-the-contracts";
    private static final String ACCOUNT = "10ca1acc000000000000000000000001";

    private Optional<TestServer> server = Optional.empty();
    private Optional<FakeFamilyContext> context = Optional.empty();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        if (Boolean.getBoolean("contracts.cloud")) {
            var started = TestServer.start(
                    folder.resolve("server"), List.of(localZip()), config -> TestServer.withLocalApi(config, TOKEN));
            server = Optional.of(started);
            context = Optional.of(new FakeFamilyContext(
                    "cloudflare", folder.resolve("plugin"), new JsonObject().put("apiUrl", started.localApi())));
        }
    }

    @AfterAll
    void close() {
        context.ifPresent(FakeFamilyContext::close);
        server.ifPresent(TestServer::close);
    }

    @TestFactory
    Stream<DynamicTest> contracts() {
        var differences = Differences.of("cloud");
        return connection().stream()
                .flatMap(connection -> Stream.of(
                                new D1Contract(connection, differences).tests(),
                                new KvContract(connection).tests(),
                                new R2Contract(connection, differences).tests(),
                                new WorkersContract(connection).tests())
                        .flatMap(tests -> tests));
    }

    private Optional<Connection> connection() {
        return context.map(lent -> {
            var plugin = new CloudflarePlugin();
            await(plugin.start(lent));
            var credentials = new Credentials(Map.of(
                    "backend", new Secret("cloud"),
                    "apiToken", new Secret(TOKEN),
                    "accountId", new Secret(ACCOUNT)));
            return plugin.connectors(lent).get(0).open(credentials, new FakeUpstream());
        });
    }

    /** The embedded account, as its module packed it; that module goes before this one. */
    private static Path localZip() throws IOException {
        try (var files = Files.list(Path.of("../local/target"))) {
            return files.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("build plugins/local first: its zip is not there"));
        }
    }
}
