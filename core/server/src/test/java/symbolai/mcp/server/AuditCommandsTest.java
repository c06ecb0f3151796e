package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.cli.CommandLineTool;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;
import symbolai.mcp.server.cli.Streams;
import symbolai.mcp.server.config.ConfigReader;
import symbolai.mcp.server.config.ConfigSources;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Family;

/** The commands that read, check and keep the audit log, and the report, as an auditor at the machine uses them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditCommandsTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private RunningServer running;

    /** How a command ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeAll
    void start() throws Exception {
        Files.createDirectory(folder.resolve("plugins"));
        var settings = new ArrayList<>(settings());
        settings.addAll(List.of("data.folder=" + folder.resolve("data"), "server.port=0", "audit.arguments=sealed"));
        var config = new ConfigReader(
                        new ConfigSources(Map.of(), folder, Optional.empty(), Optional.empty(), List.of(), settings))
                .read()
                .server();
        var vertx = Vertx.vertx();
        var server = new Server(vertx, config);
        running = ControlledServer.start(vertx, server, config, false)
                .onSuccess(ready -> server.catalogs().publish(family()))
                .await(60, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() throws Exception {
        running.close().await(60, TimeUnit.SECONDS);
    }

    @Test
    void aRecordIsFoundAndShownWithWhatIsSealedInIt() {
        var word = called();

        var found = intent();
        var shown = run("audit", "show", String.valueOf(found.getLong("seq")));

        assertThat(found.encode()).contains("sealed").doesNotContain(word);
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains(word).doesNotContain("forgotten");
        assertThat(run("audit", "show", "999999999").err()).contains("there is no record 999999999 in the index");
    }

    @Test
    void whatIsForgottenIsNotShownAnyMoreAndTheLogStaysWhole() {
        var word = called();
        var record = intent();

        var ended = run("audit", "forget", "--user", record.getString("caller"));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("cannot be read any more");
        assertThat(run("audit", "show", String.valueOf(record.getLong("seq"))).out())
                .contains("\"forgotten\" : true")
                .doesNotContain(word);
        assertThat(run("audit", "forget", "--user", "nobody").code()).isEqualTo(1);
        assertThat(run("audit", "verify").code()).isZero();
    }

    @Test
    void theLogIsCheckedWithoutTheMasterKey() throws IOException {
        called();
        var key = folder.resolve("data/keys/master.key");
        var away = Files.move(key, folder.resolve("master.key.away"));
        try {
            var ended = run("audit", "verify");

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("Every record is as it was written.");
            assertThat(new JsonObject(run("audit", "verify", "--json").out()).getBoolean("intact"))
                    .isTrue();
        } finally {
            Files.move(away, key);
        }
    }

    @ParameterizedTest
    @CsvSource({"a byte is another one", "a line is gone"})
    void damageEndsWithOne(String damage) throws IOException {
        called();
        var copy = Files.createDirectory(folder.resolve("copy" + NAMES.incrementAndGet()));
        try (var files = Files.list(folder.resolve("data/audit"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        assertThat(run("audit", "verify", "--folder", copy.toString()).code()).isZero();

        damaged(segment(copy), damage);
        var ended = run("audit", "verify", "--folder", copy.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("The log is NOT as it was written.");
        assertThat(ended.err()).isNotBlank();
    }

    private static void damaged(Path segment, String damage) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(segment));
        if (damage.startsWith("a byte")) {
            lines.set(0, lines.get(0).replaceFirst("server\\.started", "server.starved"));
        } else {
            lines.remove(1);
        }
        Files.write(segment, lines);
    }

    private static Path segment(Path log) throws IOException {
        try (var files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{8}T\\d{9}Z-\\d+\\.jsonl"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aRebuiltIndexFindsWhatWasLostFromIt() throws SQLException {
        await().until(() -> run("audit", "search", "--event", "server.started").out(), found -> !found.isEmpty());
        try (var database = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("data/symbolai-mcp.db") + "?busy_timeout=10000");
                var statement = database.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM audit_index WHERE event = 'server.started'"))
                    .isPositive();
        }
        assertThat(run("audit", "search", "--event", "server.started").out()).isEmpty();

        var ended = run("audit", "rebuild");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(run("audit", "search", "--event", "server.started").out()).contains("server.started");
    }

    @Test
    void theLastRecordsAreShownAndFollowed() throws Exception {
        called();
        assertThat(run("audit", "tail").out()).contains("call.intent");
        var out = new ByteArrayOutputStream();
        var ended = new CompletableFuture<Integer>();
        var following = new Thread(
                () -> ended.complete(command(out, new ByteArrayOutputStream(), "audit", "tail", "--follow", "--json")));
        following.start();
        await().until(() -> out.size() > 0);
        var newest = sequences(out).get(sequences(out).size() - 1);

        called();
        await().atMost(20, TimeUnit.SECONDS).until(() -> after(out, newest).contains("call.intent"));
        following.interrupt();
        ended.get(20, TimeUnit.SECONDS);
        assertThat(sequences(out)).doesNotHaveDuplicates().isSorted();
    }

    private static List<Long> sequences(ByteArrayOutputStream out) {
        return records(out).stream().map(record -> record.getLong("seq")).toList();
    }

    private static List<String> after(ByteArrayOutputStream out, long newest) {
        return records(out).stream()
                .filter(record -> record.getLong("seq") > newest)
                .map(record -> record.getString("event"))
                .toList();
    }

    /** The lines that are whole. */
    private static List<JsonObject> records(ByteArrayOutputStream out) {
        var text = out.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(JsonObject::new)
                .toList();
    }

    @Test
    void aPeriodIsExported() throws IOException {
        called();
        var lines = folder.resolve("export.jsonl");
        var table = folder.resolve("export.csv");

        var ended = run("audit", "export", "--output", lines.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(lines).get(0)).contains("server.started");
        assertThat(run("audit", "export", "--format", "csv", "--output", table.toString())
                        .code())
                .isZero();
        assertThat(Files.readAllLines(table).get(0)).startsWith("seq,at,event");
        assertThat(run(
                                "audit",
                                "export",
                                "--format",
                                "xml",
                                "--output",
                                folder.resolve("x").toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void whatIsYoungIsKept() {
        assertThat(run("audit", "retain", "--days", "1").err()).isEqualTo("Removed files: 0.\n");
        assertThat(run("audit", "retain", "--days", "0"))
                .isEqualTo(new Ended(2, "", "--days must be at least 1, and is 0.\n"));
        assertThat(run("audit", "verify").code()).isZero();
    }

    @Test
    void theReportIsPrintedAndGivenAsJson() {
        called();
        intent();

        var printed = run("report", "compliance");
        var json = new JsonObject(run("report", "compliance", "--json").out());

        assertThat(printed.code()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("Compliance report from ", "Calls by tool", "echo", "Chain\n  intact,");
        assertThat(json.getJsonObject("chain").getBoolean("intact")).isTrue();
        assertThat(json.getJsonArray("callsByTool").encode()).contains("echo");
        assertThat(run("report", "compliance", "--from", "yesterday").err()).contains("from must be a day such as");
    }

    @ParameterizedTest
    @CsvSource({
        "audit search",
        "audit show",
        "audit tail",
        "audit export",
        "audit verify",
        "audit rebuild",
        "audit retain",
        "audit forget",
        "report compliance"
    })
    void everyCommandExplainsItself(String command) {
        var ended = run((command + " --help").split(" "));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Usage: symbolai-mcp " + command, "--data");
    }

    /** Calls the tool with a word that is in no other call. */
    private String called() {
        var word = "word-" + NAMES.incrementAndGet() + "-of-a-call";
        var ended = run("tool", "call", "echo", "--text", word);
        assertThat(ended.code()).as(ended.err()).isZero();
        return word;
    }

    /** What is found about the last call, once the index has it. */
    private JsonObject intent() {
        var last = run("audit", "tail", "--json")
                .out()
                .lines()
                .map(JsonObject::new)
                .filter(record -> record.getString("event").equals("call.intent"))
                .reduce((older, newer) -> newer)
                .orElseThrow()
                .getLong("seq");
        return await().until(
                        () -> run("audit", "search", "--event", "call.intent", "--tool", "echo", "--json")
                                .out()
                                .lines()
                                .map(JsonObject::new)
                                .findFirst()
                                .filter(record -> record.getLong("seq").equals(last)),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = command(out, err, arguments);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private int command(ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
        var streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        settings().forEach(setting -> all.addAll(List.of("--set", setting)));
        var tool = new CommandLineTool(
                (config, tcp) -> Future.failedFuture(new IllegalStateException("the server runs already")), streams);
        return tool.run(all.toArray(String[]::new));
    }

    private static List<String> settings() {
        return List.of("plugins.folder=" + folder.resolve("plugins"));
    }

    private static Family family() {
        var echo = Tool.named("echo")
                .description("Gives back what it is given.")
                .input(Schemas.object()
                        .optional("text", Schemas.string("Any text."))
                        .build())
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(call -> Future.succeededFuture(ToolResult.json(call.arguments())));
        return new Family("test", "1.0.0", List.of(echo), List.of(), List.of(), List.of(), List.of(), new Lease());
    }
}
