package symbolai.mcp.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The servers that are measured: ours in two settings, the raw one, and the field. */
final class Field {

    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx384m");

    private final Path bench;
    private final Path distribution;
    private final Path java;
    private final Path folder;
    private final List<String> prefix;

    /**
     * @param bench the folder of the bench in the sources
     * @param java the folder of the JDK that runs every server
     * @param folder where data and logs go
     * @param prefix what comes before the command of each server, such as what keeps it on one processor
     */
    Field(Path bench, Path java, Path folder, List<String> prefix) {
        this.bench = bench;
        this.distribution = bench.resolve("../target/symbolai-mcp").normalize();
        this.java = java;
        this.folder = folder;
        this.prefix = prefix;
    }

    /** Ours with every check on; its audit waits for the disk or does not. The limits on calls are out of reach, and still counted. */
    Peer.Recipe ours(String durability) throws IOException, InterruptedException {
        var name = "ours, audit " + durability;
        var data = folder.resolve("data-" + durability);
        var launcher = distribution.resolve("bin/symbolai-mcp").toString();
        var plugins = plugins();
        run(List.of(
                launcher,
                "user",
                "create",
                "--name",
                "bench",
                "--role",
                "admin",
                "--password-stdin",
                "--data",
                data.toString()));
        var key = run(List.of(
                launcher,
                "key",
                "create",
                "--user",
                "bench",
                "--name",
                "bench",
                "--tools",
                "echo,add,tool_*",
                "--data",
                data.toString()));
        return new Peer.Recipe(
                name,
                port -> prefixed(List.of(
                        "env",
                        "SYMBOLAI_MCP_JAVA_HOME=" + java,
                        launcher,
                        "start",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString(),
                        "--plugins",
                        plugins.toString(),
                        "--set",
                        "audit.durability=" + durability,
                        "--set",
                        "limits.callsPerMinute=100000000",
                        "--set",
                        "limits.concurrentCalls=10000",
                        "--set",
                        "tools.concurrency=1000")),
                "/api/mcp/sse",
                Map.of("Authorization", "Bearer " + key.strip()));
    }

    /** The raw server, which answers tools/list with the given result. */
    Peer.Recipe raw(byte[] tools) throws IOException {
        var ready = Files.write(folder.resolve("tools.json"), tools);
        return new Peer.Recipe(
                "raw Vert.x",
                port -> jvm("-cp", classPath(), RawServer.class.getName(), Integer.toString(port), ready.toString()),
                "/mcp",
                Map.of());
    }

    /** The Quarkus MCP server. */
    Peer.Recipe quarkus() {
        var jar = bench.resolve("peers/quarkus/target/bench-quarkus-0.1.0-runner.jar");
        return new Peer.Recipe(
                "Quarkus MCP 1.13",
                port -> jvm("-Dquarkus.http.port=" + port, "-jar", jar.toString()),
                "/mcp",
                Map.of());
    }

    /** The MCP Java SDK on Jetty. */
    Peer.Recipe sdk() {
        var target = bench.resolve("peers/sdk/target");
        var path = target.resolve("bench-sdk-0.1.0.jar") + ":" + target.resolve("lib") + "/*";
        return new Peer.Recipe(
                "MCP Java SDK 2.1",
                port -> jvm("-cp", path, "symbolai.mcp.bench.sdk.SdkServer", Integer.toString(port)),
                "/mcp",
                Map.of());
    }

    private Path plugins() throws IOException {
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        var zips = new ArrayList<>(List.of(bench.resolve("plugin/target/bench.zip")));
        try (var shipped = Files.list(distribution.resolve("plugins"))) {
            shipped.forEach(zips::add);
        }
        for (var zip : zips) {
            var copy = plugins.resolve(zip.getFileName());
            if (!Files.exists(copy)) {
                Files.copy(zip, copy);
            }
        }
        return plugins;
    }

    /** The flags that our launcher gives, for all. */
    private List<String> jvm(String... arguments) {
        int feature = Runtime.version().feature();
        var command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(SMALL);
        if (feature >= 25) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        command.addAll(List.of(arguments));
        return prefixed(command);
    }

    private List<String> prefixed(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("commands.log").toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write("correct-horse-battery-staple-7\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command that reads nothing may have ended.
        }
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ":\n" + Files.readString(folder.resolve("commands.log")));
        }
        return out;
    }
}
