package symbolai.mcp.plugins.local.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.observability.Events;
import symbolai.mcp.plugins.local.observability.ObservabilityOperations;
import symbolai.mcp.plugins.local.projects.LocalConfig;
import symbolai.mcp.plugins.local.projects.Projects;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.workers.WorkersOperations;
import symbolai.mcp.testkit.FakeFamilyContext;

class BuildsOperationsTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @TempDir
    private Path project;

    private FakeFamilyContext context;
    private Events events;
    private BuildsOperations operations;
    private Asked builds;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        events = await(Events.open(context, InstantSource.system()));
        start(true, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        operations.close();
        context.close();
    }

    @Test
    void theSampleBuildsHaveLogs() {
        var all = builds.read("builds.list", arguments("perPage", 100)).getJsonArray("builds");
        var outcomes = all.stream()
                .map(build -> ((JsonObject) build).getString("outcome"))
                .toList();
        var longest = all.stream()
                .map(build -> ((JsonObject) build).getString("id"))
                .mapToInt(id -> log(id).size())
                .max();

        assertThat(outcomes).hasSize(12).contains("fail", "cancelled", "success");
        assertThat(longest.orElse(0)).isGreaterThan(1000);
        assertThat(all.getJsonObject(0).getString("workerId")).matches("[0-9a-f]{32}");
    }

    @Test
    void nothingIsBuiltUnlessTheOperatorSwitchedItOn() throws IOException {
        start(false, Duration.ofMinutes(1));
        command("touch built");

        var refused = builds.refused("builds.trigger", Operation.Access.WRITE, arguments("worker", "own"));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.REFUSED);
        assertThat(refused).hasMessageContaining("plugins.config.local.builds: true");
        assertThat(project.resolve("built")).doesNotExist();
    }

    @Test
    void aBuildRunsInItsProjectWithACleanEnvironmentAndPlainLines() throws IOException {
        command("printf '\\033[31mred\\033[0m\\r\\n'; pwd; env; echo last >&2; printf 'no line break'");

        var build = ended(trigger());

        assertThat(build.getString("outcome")).isEqualTo("success");
        assertThat(build.getString("buildCommand")).contains("env");
        var log = log(build.getString("id"));
        assertThat(log).startsWith("red", project.toRealPath().toString());
        assertThat(log).endsWith("last", "no line break", "The build ended with exit code 0.");
        assertThat(log.stream().filter(line -> line.matches("[A-Z_a-z]+=.*")).map(line -> line.split("=", 2)[0]))
                .isSubsetOf("PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_");
        Awaitility.await().until(() -> said("build success: " + build.getString("id")) == 1);
    }

    @Test
    void aBuildThatFailsSaysWithWhichCode() throws IOException {
        command("echo trouble; exit 3");

        var build = ended(trigger());

        assertThat(build.getString("outcome")).isEqualTo("fail");
        assertThat(log(build.getString("id"))).containsExactly("trouble", "The build ended with exit code 3.");
    }

    @Test
    void aLogIsFollowedWhileTheBuildRuns() throws IOException {
        command("echo first; while [ ! -e go ]; do sleep 0.05; done; echo second");
        var id = trigger();
        Awaitility.await().until(() -> !log(id).isEmpty());

        var first = builds.read("builds.logs", arguments("id", id));
        Files.createFile(project.resolve("go"));
        ended(id);
        var second = builds.read("builds.logs", arguments("id", id, "cursor", first.getString("cursor")));

        assertThat(first.getJsonArray("lines")).hasSize(1);
        assertThat(second.getJsonArray("lines").getJsonObject(0).getString("text"))
                .isEqualTo("second");
        assertThat(second.containsKey("cursor")).isFalse();
    }

    @Test
    void aCancelledBuildEndsWithAllItsProcessesAlthoughTheyWillNot() throws IOException {
        command(
                "trap '' TERM; sh -c \"trap '' TERM; echo child \\$\\$; while :; do sleep 1; done\" & while :; do sleep 1; done");
        var id = trigger();
        Awaitility.await().until(() -> log(id).stream().anyMatch(line -> line.startsWith("child ")));
        var child = Long.parseLong(log(id).get(0).substring("child ".length()));

        var cancelled = builds.write("builds.cancel", arguments("id", id));

        assertThat(cancelled.getString("outcome")).isEqualTo("cancelled");
        Awaitility.await().until(() -> isGone(child));
        assertThat(builds.refused("builds.cancel", Operation.Access.WRITE, arguments("id", id))
                        .reason())
                .isEqualTo(ToolException.Reason.CONFLICT);
    }

    @Test
    void aBuildThatTakesTooLongIsEnded() throws IOException {
        start(true, Duration.ofMillis(300));
        command("sleep 300");

        assertThat(ended(trigger()).getString("outcome")).isEqualTo("terminated");
    }

    @Test
    void whatAFinishedBuildLeftBehindIsEndedToo() throws IOException {
        command("sleep 300 & echo $!");

        var log = log(ended(trigger()).getString("id"));

        Awaitility.await().until(() -> isGone(Long.parseLong(log.get(0))));
    }

    @Test
    void closingEndsWhatRunsAndTheNextStartSaysSo() throws IOException {
        command("echo $$; sleep 300");
        var id = trigger();
        Awaitility.await().until(() -> !log(id).isEmpty());
        var pid = Long.parseLong(log(id).get(0));

        operations.close();

        Awaitility.await().until(() -> isGone(pid));
        start(true, Duration.ofMinutes(1));
        assertThat(build(id).getString("status")).isEqualTo("stopped");
    }

    @Test
    void whatAServerLeftThatDiedIsEndedAtTheNextStart() throws IOException {
        command("echo $$; sleep 300");
        var id = trigger();
        Awaitility.await().until(() -> !log(id).isEmpty());
        var pid = Long.parseLong(log(id).get(0));

        start(true, Duration.ofMinutes(1));

        Awaitility.await().until(() -> isGone(pid));
        assertThat(build(id).getString("outcome")).isEqualTo("terminated");
    }

    @Test
    void oneBuildOfAWorkerRunsAtATimeAndOneThatWaitsCanBeCancelled() throws IOException {
        command("while [ ! -e go ]; do sleep 0.05; done");
        var first = trigger();
        var second = trigger();
        var third = trigger();
        Awaitility.await().until(() -> build(first).getString("status").equals("running"));

        assertThat(build(second).getString("status")).isEqualTo("queued");
        assertThat(builds.write("builds.cancel", arguments("id", second)).getString("outcome"))
                .isEqualTo("cancelled");
        Files.createFile(project.resolve("go"));

        assertThat(ended(third).getString("outcome")).isEqualTo("success");
        assertThat(build(first).getString("outcome")).isEqualTo("success");
        assertThat(build(second).containsKey("startedAt")).isFalse();
    }

    @Test
    void onlySoManyWait() throws IOException {
        command("sleep 300");
        IntStream.rangeClosed(0, BuildQueue.MOST_WAITING).forEach(number -> trigger());

        var refused = builds.refused("builds.trigger", Operation.Access.WRITE, arguments("worker", "own"));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.UNAVAILABLE);
    }

    @Test
    void linesAndTheirNumberAreBounded() throws IOException {
        command("head -c 50000 /dev/zero | tr '\\0' x; echo; yes line | head -n 12000; echo end");

        var log = log(ended(trigger()).getString("id"));

        assertThat(log).hasSize(OutputLines.MOST_LINES + 2);
        assertThat(log.get(0)).hasSize(OutputLines.LONGEST_LINE + 1).endsWith("…");
        assertThat(log.get(OutputLines.MOST_LINES)).startsWith("The log ends here");
    }

    @Test
    void onlyWhatIsCheckedOutIsBuilt() throws IOException {
        command("true");
        var git = project.resolve(".git");
        Files.createDirectories(git.resolve("logs"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n");
        Files.writeString(
                git.resolve("logs/HEAD"),
                "0".repeat(40) + " " + COMMIT
                        + " Ada Berg <ada@example.com> 1700000000 +0000\tcommit (initial): Begin\n");

        var build =
                build(trigger("branch", "main", "commit", COMMIT.substring(0, 7).toUpperCase(java.util.Locale.ROOT)));

        assertThat(build.getString("commit")).isEqualTo(COMMIT);
        assertThat(build.getString("commitMessage")).isEqualTo("Begin");
        assertThat(build.getString("commitAuthor")).isEqualTo("Ada Berg");
        for (var wrong : List.of(arguments("branch", "other"), arguments("commit", "fffffff"))) {
            assertThat(builds.refused("builds.trigger", Operation.Access.WRITE, wrong.put("worker", "own"))
                            .reason())
                    .isEqualTo(ToolException.Reason.INVALID);
        }
    }

    @Test
    void whatCannotBeBuiltIsRefused() throws IOException {
        Files.writeString(project.resolve("wrangler.json"), "{\"name\": \"own\", \"main\": \"a.js\"}");

        assertThat(builds.refused("builds.trigger", Operation.Access.WRITE, arguments("worker", "own")))
                .hasMessageContaining("build.command");
        assertThat(builds.refused("builds.trigger", Operation.Access.WRITE, arguments("worker", "northwind-shop"))
                        .reason())
                .isEqualTo(ToolException.Reason.REFUSED);
        assertThat(builds.refused("builds.trigger", Operation.Access.WRITE, arguments("worker", "nobody"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(builds.refused("builds.get", Operation.Access.READ, arguments("id", "nobody"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        for (var operation : List.of("builds.trigger", "builds.cancel")) {
            assertThat(builds.refused(operation, Operation.Access.READ, new JsonObject()))
                    .hasMessageContaining("sent as a read");
        }
    }

    private void start(boolean on, Duration buildTime) {
        var clock = InstantSource.system();
        var config = new LocalConfig(List.of(project), on, buildTime, "");
        var projects = new Projects(context, config.projects());
        var workers = await(WorkersOperations.open(context, clock, projects));
        operations = await(BuildsOperations.open(context, clock, config, projects, workers, events));
        builds = new Asked(operations.operations(), Map.of());
    }

    private void command(String command) throws IOException {
        var build = new JsonObject().put("command", command);
        var file = new JsonObject().put("name", "own").put("main", "a.js").put("build", build);
        Files.writeString(project.resolve("wrangler.json"), file.encode());
    }

    private String trigger(Object... more) {
        return builds.write("builds.trigger", arguments(more).put("worker", "own"))
                .getString("id");
    }

    private JsonObject ended(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> build(id).getString("status").equals("stopped"));
        return build(id);
    }

    private JsonObject build(String id) {
        return builds.read("builds.get", arguments("id", id));
    }

    private List<String> log(String id) {
        var lines = new java.util.ArrayList<String>();
        var page = builds.read("builds.logs", arguments("id", id));
        while (!page.getJsonArray("lines").isEmpty()) {
            page.getJsonArray("lines").forEach(line -> lines.add(((JsonObject) line).getString("text")));
            page = page.containsKey("cursor")
                    ? builds.read("builds.logs", arguments("id", id, "cursor", page.getString("cursor")))
                    : new JsonObject("{\"lines\": []}");
        }
        return lines;
    }

    private int said(String message) {
        var now = java.time.Instant.now();
        var all = new Asked(new ObservabilityOperations(events).operations(), Map.of());
        return all.read(
                        "observability.events",
                        arguments("from", now.minusSeconds(600).toString(), "to", now.toString(), "limit", 10)
                                .put("needle", message))
                .getInteger("count");
    }

    /** A process that has ended and was not yet asked for is gone too. */
    private static boolean isGone(long pid) {
        try {
            var status = Path.of("/proc/" + pid + "/stat");
            return Files.notExists(status)
                    || Files.readString(status).replaceFirst(".*\\) ", "").startsWith("Z");
        } catch (IOException vanished) {
            return true;
        }
    }
}
