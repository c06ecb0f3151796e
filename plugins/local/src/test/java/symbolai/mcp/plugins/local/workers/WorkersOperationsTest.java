package symbolai.mcp.plugins.local.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.plugins.local.store.Asked.array;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.projects.Projects;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

class WorkersOperationsTest {

    private static final String MODULE = "application/javascript+module";

    @TempDir
    private Path folder;

    @TempDir
    private Path project;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private FakeFamilyContext context;
    private Asked workers;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(project.resolve("wrangler.jsonc"), """
                {
                  "name": "own-shop", // a comment
                  "main": "src/index.js",
                  "compatibility_date": "2026-01-01",
                  "triggers": {"crons": ["0 * * * *"]},
                  "kv_namespaces": [{"binding": "KV", "id": "aaaabbbbccccddddeeeeffff00001111"}],
                  "d1_databases": [{"binding": "DB", "database_name": "db", "database_id": "11111111-2222-3333-4444-555555555555"}],
                  "r2_buckets": [{"binding": "R2", "bucket_name": "files"}],
                  "vars": {"HIDDEN": "value of a variable"}
                }
                """);
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("src/index.js"), "export default {};\n");
        context = new FakeFamilyContext("local", folder);
        var projects = new Projects(context, List.of(project, project.resolve("nothing-here")));
        workers = new Asked(
                await(WorkersOperations.open(context, clock, projects)).operations(), Map.of());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theSampleWorkersHaveVersionsDeploymentsAndSettings() {
        var settings = workers.read("workers.settings", arguments("name", "northwind-shop"));
        var secrets = workers.read("workers.secrets", arguments("name", "northwind-shop"));

        assertThat(names("workers.list", arguments(), "workers"))
                .containsExactly("northwind-reports", "northwind-shop", "own-shop");
        assertThat(workers.read("workers.versions", arguments("name", "northwind-shop"))
                        .getJsonArray("versions"))
                .hasSize(3);
        assertThat(workers.read("workers.deployments", arguments("name", "northwind-shop"))
                        .getJsonArray("deployments"))
                .hasSize(3);
        assertThat(settings.getJsonArray("bindings")).hasSize(3);
        assertThat(secrets.getJsonArray("secrets").encode())
                .isEqualTo("[{\"name\":\"PAYMENT_KEY\",\"type\":\"secret_text\"}]");
        assertThat(workers.read("workers.schedules", arguments("name", "northwind-reports"))
                        .getJsonArray("schedules"))
                .hasSize(1);
        assertThat(workers.read("workers.get", arguments("name", "northwind-shop"))
                        .getJsonArray("handlers"))
                .containsExactly("fetch");
        assertThat(workers.read("workers.get", arguments("name", "northwind-reports"))
                        .getJsonArray("handlers"))
                .containsExactly("scheduled");
    }

    @Test
    void aWorkerIsDeployedAgainAndRolledBack() {
        var first = workers.write("workers.deploy", deploy("w", "export default { fetch() {} }"));
        var id = first.getString("id");
        clock.move(Duration.ofMinutes(1));
        var second = workers.write("workers.deploy", deploy("w", "export default { queue() {} }"));
        assertThat(id).matches("[0-9a-f]{32}").isEqualTo(second.getString("id"));
        assertThat(code("w")).contains("queue");

        var back = workers.write(
                "workers.rollback",
                arguments("name", "w", "versionId", first.getString("versionId"), "message", "oops"));

        assertThat(code("w")).contains("fetch");
        assertThat(back.getString("message")).isEqualTo("oops");
        var deployments =
                workers.read("workers.deployments", arguments("name", "w")).getJsonArray("deployments");
        assertThat(deployments).hasSize(3);
        assertThat(deployments.getJsonObject(0)).isEqualTo(back);
        var versions = workers.read("workers.versions", arguments("name", "w", "perPage", 1));
        assertThat(versions.getJsonArray("versions").getJsonObject(0).getInteger("number"))
                .isEqualTo(2);
        assertThat(versions.getInteger("nextPage")).isEqualTo(2);
        assertThat(workers.refused(
                                "workers.rollback", Operation.Access.WRITE, arguments("name", "w", "versionId", "none"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void bindingsStayWhenTheyAreKeptAndSecretsLoseTheirValues() {
        var secret = arguments("name", "TOKEN", "type", "secret_text", "text", "s3cret-value");
        var flag = arguments("name", "FLAG", "type", "plain_text", "text", "a");
        workers.write("workers.deploy", deploy("w", "").put("bindings", array(secret, flag)));

        var more = array(arguments("name", "FLAG", "type", "plain_text", "text", "b"));
        workers.write("workers.deploy", deploy("w", "").put("bindings", more).put("keepBindings", true));
        var kept = workers.read("workers.settings", arguments("name", "w")).getJsonArray("bindings");
        workers.write("workers.deploy", deploy("w", ""));
        var none = workers.read("workers.settings", arguments("name", "w")).getJsonArray("bindings");

        assertThat(kept.encode())
                .isEqualTo("[{\"name\":\"TOKEN\",\"type\":\"secret_text\"},"
                        + "{\"name\":\"FLAG\",\"type\":\"plain_text\",\"detail\":\"b\"}]");
        assertThat(none).isEmpty();
    }

    @Test
    void aSecretIsNowhereOnTheDisk() throws IOException {
        var secret = arguments("name", "TOKEN", "type", "secret_text", "text", "s3cret-value");
        workers.write("workers.deploy", deploy("w", "").put("bindings", array(secret)));

        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cret-value");
            }
        }
    }

    @Test
    void theMainModuleComesFirstAndWhatDoesNotFitIsLeftOut() {
        var deploy = deploy("w", "import './b.wasm'");
        deploy.getJsonArray("modules")
                .add(0, arguments("name", "b.wasm", "contentType", "application/wasm", "base64", "AGFzbf8="));
        workers.write("workers.deploy", deploy.put("mainModule", "w.js"));

        var all = workers.read("workers.code", arguments("name", "w", "maxBytes", 1000));
        var cut = workers.read("workers.code", arguments("name", "w", "maxBytes", 6));

        assertThat(all.getJsonArray("modules").getJsonObject(0).getString("name"))
                .isEqualTo("w.js");
        assertThat(all.getJsonArray("modules").getJsonObject(1).getString("base64"))
                .isEqualTo("AGFzbf8=");
        assertThat(all.getBoolean("truncated")).isFalse();
        assertThat(cut.getBoolean("truncated")).isTrue();
        assertThat(cut.getJsonArray("modules")).hasSize(1);
    }

    @Test
    void onlyTheLastHundredVersionsAreKept() {
        for (var count = 0; count < 102; count++) {
            workers.write("workers.deploy", deploy("w", "// " + count));
        }

        var versions = workers.read("workers.versions", arguments("name", "w")).getJsonArray("versions");

        assertThat(versions).hasSize(100);
        assertThat(versions.getJsonObject(0).getInteger("number")).isEqualTo(102);
        assertThat(code("w")).isEqualTo("// 101");
    }

    @Test
    void aDeletedWorkerIsGone() {
        workers.write("workers.delete", arguments("name", "northwind-shop"));

        assertThat(workers.refused("workers.get", Operation.Access.READ, arguments("name", "northwind-shop"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(workers.refused("workers.delete", Operation.Access.WRITE, arguments("name", "northwind-shop"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void aProjectIsReadAsItIsAndNeverChanged() {
        var own = arguments("name", "own-shop");

        assertThat(workers.read("workers.code", own.copy().put("maxBytes", 1000))
                        .getJsonArray("modules")
                        .getJsonObject(0)
                        .getString("text"))
                .isEqualTo("export default {};\n");
        assertThat(workers.read("workers.settings", own).encode())
                .contains("\"KV\"", "\"d1\"", "\"files\"", "\"HIDDEN\"")
                .doesNotContain("value of a variable");
        assertThat(workers.read("workers.schedules", own).encode()).contains("0 * * * *");
        assertThat(workers.read("workers.get", own).getString("id")).matches("[0-9a-f]{32}");
        assertThat(workers.read("workers.versions", own).getJsonArray("versions"))
                .isEmpty();
        assertThat(workers.refused("workers.deploy", Operation.Access.WRITE, deploy("own-shop", ""))
                        .reason())
                .isEqualTo(ToolException.Reason.REFUSED);
        assertThat(workers.refused("workers.delete", Operation.Access.WRITE, own)
                        .reason())
                .isEqualTo(ToolException.Reason.REFUSED);
    }

    @Test
    void aMainFileOutsideOfTheProjectIsNotShown() throws IOException {
        var outside = Files.writeString(folder.resolve("outside.txt"), "private");
        Files.delete(project.resolve("src/index.js"));
        Files.createSymbolicLink(project.resolve("src/index.js"), outside);

        var refused =
                workers.refused("workers.code", Operation.Access.READ, arguments("name", "own-shop", "maxBytes", 1000));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    static Stream<Arguments> wrong() {
        var good = module("a.js", MODULE, "");
        return Stream.of(
                Arguments.of("no modules", arguments("name", "w", "modules", array()), "1 to 200 modules"),
                Arguments.of("a wrong name", arguments("name", "../w", "modules", array(good)), "1 to 63"),
                Arguments.of("an unknown type", deployed(module("a", "text/html", "")), "content type"),
                Arguments.of(
                        "no text",
                        deployed(arguments("name", "a.js", "contentType", MODULE, "base64", "/w==")),
                        "UTF-8"),
                Arguments.of("twice", deployed(good, good), "two modules"),
                Arguments.of("no main", deployed(good, module("b.js", MODULE, "")), "mainModule names"),
                Arguments.of("a missing main", deployed(good).put("mainModule", "c.js"), "no module c.js"),
                Arguments.of("a main that is data", deployed(module("a.json", "application/json", "{}")), "no code"),
                Arguments.of(
                        "several scripts",
                        deployed(good, module("b.js", MODULE, "")).put("script", true),
                        "one module"),
                Arguments.of("a forged name", deployed(module("a\n.js", MODULE, "")), "none that controls"),
                Arguments.of(
                        "too much", deployed(module("a.js", MODULE, "x".repeat((10 << 20) + 1))), "10485760 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void whatCloudflareWouldNotTakeIsInvalid(String name, JsonObject arguments, String message) {
        var refused = workers.refused("workers.deploy", Operation.Access.WRITE, arguments);

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(refused).hasMessageContaining(message);
    }

    @Test
    void whatWritesIsRefusedAsARead() {
        for (var operation : List.of("workers.deploy", "workers.rollback", "workers.delete")) {
            assertThat(workers.refused(operation, Operation.Access.READ, new JsonObject()))
                    .hasMessageContaining("sent as a read");
        }
    }

    private static JsonObject deploy(String name, String code) {
        return arguments("name", name, "modules", array(module("w.js", MODULE, code)));
    }

    private static JsonObject deployed(JsonObject... modules) {
        return arguments("name", "w", "modules", new JsonArray(List.of(modules)));
    }

    private static JsonObject module(String name, String type, String text) {
        return arguments("name", name, "contentType", type, "text", text);
    }

    private String code(String name) {
        return workers.read("workers.code", arguments("name", name, "maxBytes", 100_000))
                .getJsonArray("modules")
                .getJsonObject(0)
                .getString("text");
    }

    private List<String> names(String operation, JsonObject arguments, String list) {
        return workers.read(operation, arguments).getJsonArray(list).stream()
                .map(each -> ((JsonObject) each).getString("name"))
                .toList();
    }
}
