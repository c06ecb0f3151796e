package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.server.cli.CommandLineTool;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;
import symbolai.mcp.server.cli.Streams;
import symbolai.mcp.server.config.ConfigReader;
import symbolai.mcp.server.config.ConfigSources;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.tools.Family;

/** Connections, downloads and the document of REST on the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectCommandTest {

    private static final String TOKEN = "good_planted_token_4711";
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;

    private RunningServer running;

    /** How a command ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeAll
    void start() throws Exception {
        Files.createDirectory(folder.resolve("plugins"));
        var config = new ConfigReader(new ConfigSources(
                        Map.of(),
                        folder,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of("data.folder=" + folder.resolve("data"), "server.port=0", plugins())))
                .read()
                .server();
        var vertx = Vertx.vertx();
        var server = new Server(vertx, config);
        running = done(ControlledServer.start(vertx, server, config, true));
        server.connectors().publish("probe", List.of(new Asking()), new Lease());
        server.catalogs()
                .publish(new Family(
                        "probe",
                        "1",
                        List.of(file("probe_file", false), file("probe_broken", true)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new Lease()));
        done(server.users().createWithoutPassword(Authenticator.localAdmin(), "ada", Role.ADMIN));
    }

    @AfterAll
    void stop() throws Exception {
        done(running.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static Tool file(String name, boolean breaks) {
        return Tool.named(name)
                .description("Gives a file.")
                .annotations(ToolAnnotations.READ_ONLY)
                .permission("D1:Read")
                .rest(RestBinding.get(name.replace('_', '/')))
                .handler(call -> Future.succeededFuture(
                        call.takesStream()
                                ? new Streamed("text/plain", "x.txt", new OneChunk(breaks))
                                : ToolResult.json(new JsonObject().put("text", "told"))));
    }

    @Test
    void anAccountIsConnectedListedCheckedAndForgotten() {
        var connected = run(TOKEN + "\n", "connect", "--account", ACCOUNT, "--name", "shop", "--token-stdin");
        var listed = run("", "connect", "list");
        var checked = run("", "connect", "check");
        run(TOKEN, "connect", "--account", ACCOUNT, "--name", "other", "--backend", "mcp", "--token-stdin");
        var used = run("", "connect", "use", "shop");
        var again = run("", "connect", "list");
        var removed = run("", "connect", "remove", "shop");

        assertThat(connected.err()).contains("Connected as shop.").contains("Warning: mind the gap");
        assertThat(connected.out()).containsPattern("PERMISSION +STATE +MEANS\nD1:Edit +missing +d1_execute");
        assertThat(listed.out()).containsPattern("shop +probe +Acme +yes +never +20");
        assertThat(checked.out()).contains("D1:Edit");
        assertThat(used.err()).isEqualTo("Calls take the connection shop now.\n");
        assertThat(again.out()).containsPattern("other +probe +Acme +no").containsPattern("shop +probe +Acme +yes");
        assertThat(removed.err()).isEqualTo("Forgot the connection shop.\n");
        assertThat(run("", "connect", "remove", "shop"))
                .isEqualTo(new Ended(1, "", "There is no connection 'shop'.\n"));
        assertThat(connected.out() + connected.err() + listed.out() + checked.out())
                .doesNotContain(TOKEN);
    }

    @Test
    void aUserHasConnectionsOfItsOwn() {
        run(TOKEN, "connect", "--account", ACCOUNT, "--name", "adas", "--user", "ada", "--token-stdin");

        assertThat(run("", "connect", "list", "--user", "ada").out()).contains("adas");
        assertThat(run("", "connect", "list").out()).doesNotContain("adas");
        assertThat(run("", "connect", "list", "--user", "nobody").err()).contains("There is no user 'nobody'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2|connect --account " + ACCOUNT + "|Give the token with --token-stdin.",
                "2|connect --token-stdin|Give --account.",
                "2|connect --field apiToken=planted_planted --account " + ACCOUNT + "|must not be an argument",
                "1|connect --account planted --token-stdin|accountId (Account id) is not of its form",
                "1|connect --account " + ACCOUNT + " --backend x --token-stdin|backend must be one of cloud, mcp",
                "1|connect --account " + ACCOUNT + " --field x=planted --token-stdin|there is no field 'x'",
                "1|connect --connector nobody --token-stdin|There is no connector 'nobody'; there is probe.",
                "1|connect use nobody|you have no connection 'nobody'",
                "1|connect check nobody|you have no connection 'nobody'",
            })
    void mistakesAreToldWithoutSecrets(int code, String command, String message) {
        var ended = run(TOKEN, command.split(" ", -1));

        assertThat(ended.err()).contains(message).doesNotContain("planted").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(code);
    }

    @Test
    void aTokenThatIsNotAcceptedConnectsNothing() {
        var ended = run("bad_planted_token", "connect", "--account", ACCOUNT, "--name", "bad", "--token-stdin");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("does not accept").doesNotContain("planted");
        assertThat(run("", "connect", "list").out()).doesNotContain("bad");
    }

    @Test
    void aDownloadGoesIntoTheFile() throws IOException {
        var file = folder.resolve("there.txt");
        Files.writeString(file, "before");

        var ended = run("", "tool", "call", "probe_file", "--output", file.toString());

        assertThat(ended).isEqualTo(new Ended(0, "", ""));
        assertThat(file).hasContent("all of it");
        assertThat(folder.resolve("there.txt.part")).doesNotExist();
    }

    @Test
    void aDownloadThatBreaksLeavesTheFileAlone() throws IOException {
        var file = folder.resolve("broken.txt");
        Files.writeString(file, "before");

        var ended = run("", "tool", "call", "probe_broken", "--output", file.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("did not come to its end");
        assertThat(file).hasContent("before");
        assertThat(folder.resolve("broken.txt.part")).doesNotExist();
    }

    @Test
    void withoutAFileThereIsNoDownload() {
        assertThat(run("", "tool", "call", "probe_file").out()).isEqualTo("{\"text\":\"told\"}\n");
    }

    @Test
    void toolsAreListedWithPathAndPermission() {
        assertThat(run("", "tool", "list").out())
                .containsPattern("probe_file +probe_file +nothing +GET /api/mcp/probe/file +D1:Read");
    }

    @Test
    void theDocumentIsPrinted() {
        var document = new JsonObject(run("", "openapi").out());

        assertThat(document.getString("openapi")).startsWith("3.1");
        assertThat(document.getJsonObject("paths").fieldNames()).contains("/api/mcp/probe/file");
    }

    private Ended run(String input, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString(), "--set", plugins()));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        var code = new CommandLineTool(
                        (config, tcp) -> Future.failedFuture(new IllegalStateException("one server is enough")),
                        streams)
                .run(all.toArray(String[]::new));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String plugins() {
        return "plugins.folder=" + folder.resolve("plugins");
    }

    /** A system that asks for a token. */
    private static final class Asking implements Connector {

        @Override
        public String id() {
            return "probe";
        }

        @Override
        public List<CredentialField> fields() {
            return List.of(
                    CredentialField.secret("apiToken", "API token", "Ask the probe.", "[A-Za-z0-9_-]{10,500}"),
                    CredentialField.text("accountId", "Account id", "On the page.", "[0-9a-f]{32}"),
                    CredentialField.choice("backend", "Backend", "Which way.", List.of("cloud", "mcp")));
        }

        @Override
        public Future<Verified> verify(Credentials credentials, Upstream upstream) {
            var token = credentials.value("apiToken").map(Secret::reveal).orElse("");
            if (!token.startsWith("good")) {
                return Future.failedFuture(
                        new ToolException(ToolException.Reason.REFUSED, "the probe does not accept the token"));
            }
            var account = new Verified.Account(ACCOUNT, "Acme");
            return Future.succeededFuture(new Verified(
                    account,
                    List.of(account),
                    Optional.empty(),
                    List.of(new Verified.Permission("D1:Edit", Verified.State.MISSING, "d1_execute will be refused")),
                    List.of("mind the gap")));
        }

        @Override
        public Connection open(Credentials credentials, Upstream upstream) {
            throw new IllegalStateException("nothing is called");
        }
    }

    /** A few bytes, then the end or a failure. */
    private static final class OneChunk implements ByteStream {

        private final boolean breaks;
        private Handler<Buffer> taker = bytes -> {};
        private Handler<Throwable> failureTaker = failure -> {};
        private Handler<Void> endTaker = end -> {};
        private boolean given;

        OneChunk(boolean breaks) {
            this.breaks = breaks;
        }

        @Override
        public OneChunk handler(Handler<Buffer> handler) {
            taker = handler;
            return this;
        }

        @Override
        public OneChunk exceptionHandler(Handler<Throwable> handler) {
            failureTaker = handler;
            return this;
        }

        @Override
        public OneChunk endHandler(Handler<Void> handler) {
            endTaker = handler;
            return this;
        }

        @Override
        public OneChunk pause() {
            return this;
        }

        @Override
        public OneChunk resume() {
            if (!given) {
                given = true;
                taker.handle(Buffer.buffer("all of it"));
                Vertx.currentContext().runOnContext(now -> finish());
            }
            return this;
        }

        private void finish() {
            if (breaks) {
                failureTaker.handle(new IllegalStateException("the source broke"));
            } else {
                endTaker.handle(null);
            }
        }

        @Override
        public OneChunk fetch(long amount) {
            return resume();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
