package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.cli.CommandLineTool;
import symbolai.mcp.server.cli.ServerFactory;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;
import symbolai.mcp.server.cli.Streams;
import symbolai.mcp.server.config.ConfigReader;
import symbolai.mcp.server.config.ConfigSources;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.crypto.ServerCertificate;
import symbolai.mcp.server.tools.Family;

/** The commands, as a person or a script sees them, with a server that runs and without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {

    @TempDir
    static Path folder;

    private RunningServer running;
    private int started;

    /** How a command ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeAll
    void start() throws Exception {
        Files.createDirectory(folder.resolve("plugins"));
        running = start(config("data"), true)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() throws Exception {
        running.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void thePolicyIsListedChangedExplainedAndTested() throws Exception {
        assertThat(run("", "policy", "list").out())
                .contains("admins")
                .contains("roles=admin")
                .contains("agents=true access=write");
        assertThat(run("", "policy", "add", "id=ops", "effect=allow", "roles=operator", "from=09:00", "to=17:00")
                        .code())
                .isZero();
        assertThat(run("", "policy", "add", "id=ops", "effect=allow", "roles=viewer")
                        .err())
                .isEqualTo("there is a rule ops already; update it instead\n");
        assertThat(run("", "policy", "update", "id=ops", "effect=allow", "roles=operator,viewer", "rows=5")
                        .out())
                .contains("roles=operator,viewer rows=5");
        assertThat(run("", "policy", "add", "id=x", "effect=allow", "rolls=viewer")
                        .err())
                .startsWith("the rule: there is no field \"rolls\"; the fields are id, effect, roles");
        assertThat(run("", "policy", "move", "ops", "0").out()).containsSubsequence("0", "ops", "1", "admins");
        assertThat(run("", "policy", "read-only", "on").out()).contains("The server is read-only");
        assertThat(run("", "policy", "read-only", "off").out()).doesNotContain("The server is read-only");
        assertThat(run("", "policy", "read-only", "maybe").code()).isEqualTo(2);
        assertThat(run("", "policy", "remove", "nobody").err())
                .startsWith("there is no rule \"nobody\"; the rules are ");
        assertThat(run("", "policy", "explain", "user=nobody", "tool=test_echo").code())
                .isEqualTo(1);
        assertThat(run("", "policy", "remove", "ops").code()).isZero();
        assertThat(run("", "policy", "history").out())
                .matches("(?s)VERSION.*7 .*remove +ops.*read-only.*read-only.*move +ops.*update +ops.*add +ops.*");
        var file = Files.writeString(folder.resolve("cases.json"), "[{\"user\": \"nobody\"}]");
        assertThat(run("", "policy", "test", file.toString()).err()).contains("element 0 is not an object with expect");
    }

    @Test
    void usersAreMadeListedChangedAndRemoved() {
        assertThat(run("correct horse\n", "user", "create", "--name", "root", "--role", "admin", "--password-stdin"))
                .isEqualTo(new Ended(0, "", "Created the user root.\n"));
        assertThat(run("correct horse", "user", "create", "--name", "eve", "--role", "viewer", "--password-stdin")
                        .code())
                .isZero();
        assertThat(run("", "user", "set-role", "eve", "operator").err())
                .isEqualTo("The user eve has the role operator now.\n");
        assertThat(run("battery staple", "user", "reset-password", "eve").err())
                .isEqualTo("The user eve has a new password.\n");

        assertThat(run("", "user", "list").out())
                .matches("(?s)NAME +ROLE +PASSWORD +CREATED\n.*eve +operator +yes +20\\S+Z\n.*");
        assertThat(run("", "user", "remove", "eve").err()).isEqualTo("Removed the user eve with all keys.\n");
        assertThat(run("", "user", "list").out()).doesNotContain("eve");
    }

    @Test
    void aKeyIsPrintedAloneAndRefusedOnceItIsRevoked() {
        run("correct horse", "user", "create", "--name", "kim", "--role", "admin", "--password-stdin");

        var made = run(
                "", "key", "create", "--user", "kim", "--name", "my laptop", "--tools", "d1_*, kv_*", "--expires", "3");

        assertThat(made.code()).isZero();
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).matches("smcp_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}\n");
        var id = made.out().substring(5, 17);
        assertThat(run("", "key", "list").out())
                .containsPattern(id + "  kim   my laptop  d1_\\*,kv_\\*  all +no +20\\S+Z +20\\S+Z +never +no\n")
                .doesNotContain(made.out().strip().substring(18));
        assertThat(run("", "key", "revoke", id).err()).isEqualTo("Revoked the key " + id + ".\n");
        assertThat(run("", "key", "revoke", id))
                .isEqualTo(
                        new Ended(1, "", "There is no key '" + id + "' that could be revoked; key list shows them.\n"));
    }

    @Test
    void anAuthorityIsMadeOnceAndItsServerIsRenewed() throws Exception {
        var out = folder.resolve("tls").toString();

        var made = run("", "tls", "create-ca", "--name", "Ada", "--host", "mcp.lan,10.0.0.5", "--out", out);

        assertThat(made.err()).isEmpty();
        assertThat(made.out())
                .startsWith("Made an authority, and a certificate for mcp.lan, 10.0.0.5.\n")
                .contains("    key: " + out + "/server.key\n", "  NODE_EXTRA_CA_CERTS=" + out + "/ca.pem\n")
                .doesNotContain("PRIVATE");
        for (var file : List.of("ca.pem", "ca.key", "server.pem", "server.key")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Path.of(out).resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(run("", "tls", "create-ca", "--out", out).err())
                .startsWith("there is an authority in " + out + " already");

        var before = Files.readString(Path.of(out).resolve("server.pem"));
        assertThat(run("", "tls", "renew", "--out", out).code()).isZero();
        var renewed = ServerCertificate.read(
                Path.of(out).resolve("server.pem"), Path.of(out).resolve("server.key"));
        assertThat(renewed.chainPem()).isNotEqualTo(before);
        assertThat(renewed.chain().get(0).getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("mcp.lan", "10.0.0.5");
        assertThat(doctor(out, "server.key").out()).contains("ok    the TLS certificate is good until 20");
        assertThat(doctor(out, "ca.key").out()).contains("FAIL  the key in");
    }

    private Ended doctor(String tls, String key) {
        return run(
                "", "doctor", "--set", "tls.certificate=" + tls + "/server.pem", "--set", "tls.key=" + tls + "/" + key);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        2,
                        "--host: 'a/b' is not a name or an IP address.",
                        List.of("tls", "create-ca", "--host", "a/b")),
                Arguments.of(2, "The name takes 1 to 64 letters", List.of("tls", "create-ca", "--name", "a\nb")),
                Arguments.of(2, "Unmatched argument", List.of("nonsense")),
                Arguments.of(2, "Missing required subcommand", List.of()),
                Arguments.of(2, "Missing required subcommand", List.of("user")),
                Arguments.of(
                        2,
                        "Missing required options: '--password-stdin', '--name=NAME', '--role=ROLE'",
                        List.of("user", "create")),
                Arguments.of(2, "Missing required options: '--user=NAME', '--name=LABEL'", List.of("key", "create")),
                Arguments.of(2, "Missing required parameter: 'ID'", List.of("key", "revoke")),
                Arguments.of(
                        2,
                        "Invalid value for option '--expires'",
                        List.of("key", "create", "--user", "a", "--name", "b", "--expires", "soon")),
                Arguments.of(2, "Unknown option: '--force'", List.of("user", "remove", "ada", "--force")),
                Arguments.of(
                        2, "The client 'emacs' is not known; known are claude,", List.of("client", "snippet", "emacs")),
                Arguments.of(
                        2, "--arguments must be a JSON object.", List.of("tool", "call", "echo", "--arguments", "[1]")),
                Arguments.of(
                        2,
                        "The tool echo has no argument --txt; did you mean --text?",
                        List.of("tool", "call", "echo", "--txt", "x")),
                Arguments.of(2, "--count: 'x' is not a whole number.", List.of("tool", "call", "echo", "--count", "x")),
                Arguments.of(1, "There is no tool 'ecko'; did you mean echo?", List.of("tool", "call", "ecko")),
                Arguments.of(1, "There is no user 'nobody'.", List.of("user", "remove", "nobody")),
                Arguments.of(1, "There is no user '../x'.", List.of("user", "remove", "../x")),
                Arguments.of(
                        1,
                        "The role must be one of viewer, operator, admin, auditor.",
                        List.of("user", "set-role", "a", "king")),
                Arguments.of(
                        1,
                        "The password is too short",
                        List.of("user", "create", "--name", "a", "--role", "admin", "--password-stdin")),
                Arguments.of(
                        1, "There is no user 'nobody'.", List.of("key", "create", "--user", "nobody", "--name", "b")),
                Arguments.of(
                        1,
                        "A key must be good for some time",
                        List.of("key", "create", "--user", "a", "--name", "b", "--expires", "0")),
                Arguments.of(1, "is in use by another SymbolAI MCP server", List.of("start", "--port", "0")),
                Arguments.of(78, "x.y: unknown key (--set)", List.of("config", "check", "--set", "x.y=1")),
                Arguments.of(
                        78,
                        "server.port: 'x' is not a whole number from 0 to 65535 (--port)",
                        List.of("start", "--port", "x")),
                Arguments.of(
                        78,
                        "auth: none is only allowed on a loopback address, and server.host is 0.0.0.0 (--auth)",
                        List.of("start", "--auth", "none", "--host", "0.0.0.0")),
                Arguments.of(
                        78,
                        "/nowhere.yaml: there is no such file (--config)",
                        List.of("user", "list", "--config", "/nowhere.yaml")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldAndEndsWithItsCode(int code, String message, List<String> arguments) {
        var ended = run("", arguments.toArray(String[]::new));

        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("helped")
    void everyCommandExplainsItself(List<String> command) {
        var arguments = new ArrayList<>(command);
        arguments.add("--help");

        var ended = tool("", false, arguments);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Usage: symbolai-mcp").contains(command.isEmpty() ? "start" : "--data");
    }

    static Stream<List<String>> helped() {
        return Stream.of(
                        "",
                        "start",
                        "stdio",
                        "user create",
                        "user list",
                        "user set-role",
                        "user reset-password",
                        "user remove",
                        "key create",
                        "key list",
                        "key revoke",
                        "vault rotate",
                        "plugin list",
                        "tool list",
                        "tool call",
                        "connect",
                        "connect list",
                        "connect use",
                        "connect check",
                        "connect remove",
                        "openapi",
                        "doctor",
                        "config print",
                        "config check",
                        "client snippet")
                .map(words -> words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    @Test
    void theVersionIsTold() {
        assertThat(tool("", false, List.of("--version")).out()).matches("symbolai-mcp \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--event",
                "--caller",
                "--client",
                "--tool",
                "--outcome",
                "--decision",
                "--rule",
                "--address",
                "--account",
                "--database"
            })
    void theAuditLogIsSearchedByEachOfItsFields(String option) {
        assertThat(run("", "audit", "search", "--event", "server.*").out()).contains("server.started");

        var ended = run("", "audit", "search", option, "no-such-thing-" + option.length());
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void allCommandsAreListedAndEachHasHelp() {
        var help = run("", "--help").out();
        var names = help.lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .filter(line -> line.matches("  [a-z]+ .*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();

        assertThat(names)
                .containsExactly(
                        "start",
                        "stdio",
                        "user",
                        "key",
                        "approval",
                        "vault",
                        "policy",
                        "audit",
                        "report",
                        "plugin",
                        "tool",
                        "connect",
                        "openapi",
                        "doctor",
                        "config",
                        "tls",
                        "client");
        for (var name : names) {
            var ended = run("", name, "--help");
            assertThat(ended.code()).as(name).isZero();
            assertThat(ended.out()).startsWith("Usage: symbolai-mcp " + name);
        }
        assertThat(run("", "kee", "list").err()).contains("key");
    }

    @Test
    void toolsAreListed() {
        assertThat(run("", "tool", "list").out())
                .contains("NAME")
                .containsPattern("echo +echo +nothing")
                .containsPattern("ask +ask +something");
    }

    @Test
    void argumentsGetTheTypesOfTheSchema() {
        var ended = run(
                "",
                "tool",
                "call",
                "echo",
                "--text",
                "-- no comment",
                "--count=-5",
                "--list",
                "1",
                "--list",
                "2",
                "--loud",
                "--json");

        assertThat(ended.code()).isZero();
        assertThat(new JsonObject(ended.out()).getJsonObject("structuredContent"))
                .isEqualTo(new JsonObject(
                        "{\"text\": \"-- no comment\", \"count\": -5, \"list\": [1, 2], \"loud\": true}"));
    }

    @Test
    void theTextOfAResultIsPrinted() {
        assertThat(run("", "tool", "call", "echo", "--arguments", "{\"text\": \"x\"}"))
                .isEqualTo(new Ended(0, "{\"text\":\"x\"}\n", ""));
    }

    @Test
    void anErrorOfAToolIsAFailure() {
        assertThat(run("", "tool", "call", "break")).isEqualTo(new Ended(1, "", "Broken, as asked.\n"));
    }

    @Test
    void questionsAreAskedOnATerminal() {
        var ended = tool("y\nmaybe\n7\n\nblue\n", true, with("tool", "call", "ask"));

        assertThat(ended.out()).isEqualTo("{\"action\":\"accept\",\"content\":{\"count\":7,\"color\":\"blue\"}}\n");
        assertThat(ended.err())
                .isEqualTo(
                        "How many?\nGo on? [y]es, [n]o, [c]ancel: count: count: 'maybe' is not a whole number.\ncount:"
                                + " color ([\"red\",\"blue\"]): color ([\"red\",\"blue\"]): ");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aQuestionCanBeRefused(String typed, String action) {
        assertThat(tool(typed, true, with("tool", "call", "ask")).out()).isEqualTo("{\"action\":\"" + action + "\"}\n");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("n\n", "decline"),
                Arguments.of("perhaps\nno\n", "decline"),
                Arguments.of("c\n", "cancel"),
                Arguments.of("", "cancel"),
                Arguments.of("y\n", "cancel"));
    }

    @Test
    void withoutATerminalAToolThatAsksFails() {
        var ended = run("", "tool", "call", "ask");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("questions are asked on a terminal only");
    }

    @Test
    void theProtocolGoesOverStandardInputAndOutput() {
        var initialize =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}\n";
        var call =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":"
                        + "\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}}\n";

        var ended = run(initialize + call, "stdio");

        assertThat(ended.code()).isZero();
        var lines = ended.out().lines().map(JsonObject::new).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).getJsonObject("result").getString("protocolVersion"))
                .isEqualTo("2025-06-18");
        assertThat(lines.get(1)
                        .getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getString("text"))
                .isEqualTo("hello");
    }

    @Test
    void aSnippetHasTheAddressOfTheServerThatRuns() {
        assertThat(run("", "client", "snippet", "claude-code", "--key", "smcp_x")
                        .out())
                .isEqualTo("Claude Code:\nclaude mcp add --transport http symbolai http://127.0.0.1:" + running.port()
                        + "/api/mcp/sse --header \"Authorization: Bearer smcp_x\"\n");
    }

    @Test
    void theConfigurationIsShownWithItsSources() {
        var out = run("", "config", "print").out();

        assertThat(out).containsPattern("data.folder +" + folder.resolve("data") + " +--data\n");
        assertThat(out).containsPattern("tools.deadline +30s +default\n");
    }

    @Test
    void theDoctorFindsTheServerAndWhatIsWrong() {
        var ended = run("", "doctor");

        assertThat(ended.out())
                .contains("ok    the master key")
                .contains("at http://127.0.0.1:" + running.port())
                .contains("FAIL  the plugins folder " + folder.resolve("plugins") + " holds 0 zips");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void withoutAServerACommandIsTheServer() {
        var before = started;

        var ended = tool(
                "correct horse",
                false,
                List.of(
                        "user",
                        "create",
                        "--name",
                        "solo",
                        "--role",
                        "admin",
                        "--password-stdin",
                        "--data",
                        data("alone"),
                        "--set",
                        plugins()));
        var listed = tool("", false, List.of("user", "list", "--data", data("alone"), "--set", plugins()));

        assertThat(ended.code()).isZero();
        assertThat(listed.out()).contains("solo");
        assertThat(started).isEqualTo(before + 2);
    }

    @Test
    void theMasterKeyIsRotated() throws Exception {
        var file = folder.resolve("data/keys/master.key");
        var before = Files.readString(file);

        var ended = run("", "vault", "rotate");

        assertThat(ended).isEqualTo(new Ended(0, "The master key was rotated; connections sealed anew: 0.\n", ""));
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readString(file)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "user list"})
    void withAnotherMasterKeyNothingStarts(String command) throws Exception {
        var name = "locked" + command.length();
        tool("", false, List.of("user", "list", "--data", data(name), "--set", plugins()));
        var file = folder.resolve(name).resolve("keys/master.key");
        Files.delete(file);

        var arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.addAll(List.of("--data", data(name), "--set", plugins(), "--set", "server.port=0"));
        var ended = tool("", false, arguments);

        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("the master key in " + file + " is not the one that this data folder was sealed with");
        assertThat(tool("", false, arguments).code()).isEqualTo(78);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada lovelace",
                "ada\r\nCreated the user root.",
                "ada\u001b]0;title\u0007",
                "ada\u001b[2J",
                "\u202eada",
                "ada\u200b",
                "ada\u2028",
                "\u0430da",
                "<script>ran()</script>",
                "../../etc/passwd",
                "ada\ud800"
            })
    void row31AHostileNameIsNoUserAndItsRefusalOneLine(String name) {
        var ended = run("correct horse\n", "user", "create", "--name", name, "--role", "viewer", "--password-stdin");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("The user name ")
                .contains("is not valid")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\x{2028}\\x{2029}&&[^\n]]");
        assertThat(ended.err().lines()).hasSize(1);
    }

    @Test
    void approvalsAreListedShownAndNotDecidedByWhoAsks() {
        run("correct horse\n", "user", "create", "--name", "eva", "--role", "admin", "--password-stdin");
        assertThat(run("", "policy", "add", "id=ask-echo", "effect=approve", "tools=echo")
                        .code())
                .isZero();

        var told = run("", "tool", "call", "echo", "--text", "x\u202e").err();
        var id = told.replaceFirst("(?s).*approval show ([0-9a-f]{32}).*", "$1");
        assertThat(id).hasSize(32);
        assertThat(run("", "approval", "list").out()).startsWith("ID").contains(id, "requested", "echo");
        assertThat(run("", "approval", "list", "--state", "granted").out()).doesNotContain(id);
        assertThat(run("", "approval", "list", "--state", "maybe").code()).isEqualTo(1);
        assertThat(run("", "approval", "show", id).out())
                .containsPattern("Approval +" + id + "\nState +requested\nAsked by +local\n")
                .contains("\"text\" : \"x?\"");
        assertThat(run("", "approval", "show", id, "--json").out())
                .startsWith("{")
                .contains("\"mayDecide\" : false");
        assertThat(run("", "approval", "grant", id).err()).startsWith("you asked for this approval yourself");
        assertThat(run("", "approval", "deny", id, "--reason", "no").code()).isEqualTo(1);
        assertThat(run("", "approval", "deny", id).code()).isEqualTo(2);
        assertThat(run("", "approval", "show", "0".repeat(32)).code()).isEqualTo(1);
        assertThat(run("", "policy", "remove", "ask-echo").code()).isZero();
        assertThat(run("", "user", "remove", "eva").code()).isZero();
    }

    @Test
    void aLongDataFolderHasItsSocketElsewhere() throws Exception {
        var data = Files.createDirectories(folder.resolve("x".repeat(100)))
                .resolve("data")
                .toString();

        var ended = tool("", false, List.of("plugin", "list", "--data", data, "--set", plugins()));

        assertThat(ended.code()).isZero();
        assertThat(Path.of(data, "run")).isEmptyDirectory();
    }

    private Ended run(String input, String... arguments) {
        return tool(input, false, with(arguments));
    }

    private List<String> with(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (all.size() > 0 && !all.contains("nonsense") && !List.of("user").equals(all)) {
            all.addAll(List.of("--data", data("data")));
            if (!all.contains("--config")) {
                all.addAll(List.of("--set", plugins()));
            }
        }
        return all;
    }

    private Ended tool(String input, boolean interactive, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        ServerFactory factory = this::start;
        var code = new CommandLineTool(factory, streams).run(arguments.toArray(String[]::new));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Future<RunningServer> start(ServerConfig config, boolean tcp) {
        started++;
        var vertx = Vertx.vertx();
        var server = new Server(vertx, config);
        return ControlledServer.start(vertx, server, config, tcp)
                .onSuccess(ready -> server.catalogs().publish(family()));
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private String plugins() {
        return "plugins.folder=" + folder.resolve("plugins");
    }

    private ServerConfig config(String data) {
        return new ConfigReader(new ConfigSources(
                        Map.of(),
                        folder,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of("data.folder=" + folder.resolve(data), "server.port=0", plugins())))
                .read()
                .server();
    }

    private static Family family() {
        var echo = Tool.named("echo")
                .description("Gives back what it is given.")
                .input(Schemas.object()
                        .optional("text", Schemas.string("Any text."))
                        .optional("count", Schemas.integer("Any number."))
                        .optional("list", Schemas.array("Any numbers.", Schemas.integer("A number.")))
                        .optional("loud", Schemas.bool("Whether it is loud."))
                        .build())
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(call -> Future.succeededFuture(ToolResult.json(call.arguments())));
        var ask = Tool.named("ask").description("Asks.").handler(CommandLineTest::ask);
        var broken = Tool.named("break")
                .description("Breaks.")
                .handler(call ->
                        Future.failedFuture(new ToolException(ToolException.Reason.INVALID, "Broken, as asked.")));
        return new Family(
                "test", "1.0.0", List.of(echo, ask, broken), List.of(), List.of(), List.of(), List.of(), new Lease());
    }

    private static Future<? extends ToolOutcome> ask(ToolCall call) {
        var answer = Optional.ofNullable(call.answers().get("number"));
        if (answer.isPresent()) {
            return Future.succeededFuture(ToolResult.text(answer.get().encode()));
        }
        var schema = new JsonObject()
                .put("type", "object")
                .put(
                        "properties",
                        new JsonObject()
                                .put("count", new JsonObject().put("type", "integer"))
                                .put(
                                        "color",
                                        new JsonObject()
                                                .put("type", "string")
                                                .put(
                                                        "enum",
                                                        new JsonArray()
                                                                .add("red")
                                                                .add("blue"))))
                .put("required", new JsonArray().add("count").add("color"));
        return Future.succeededFuture(InputRequired.ask("number", new InputRequest.Form("How many?", schema)));
    }
}
