package symbolai.mcp.plugins.local.builds;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The processes of one build: a shell that leads a group of its own, so that all of them can be ended. */
final class BuildProcess {

    private static final List<String> VARIABLES = List.of("PATH", "HOME", "LANG");
    private static final Duration PATIENCE_WITH_KILL = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Process process;

    private BuildProcess(Process process) {
        this.process = process;
    }

    /** Starts the command with an environment that holds nothing of the server's. */
    static BuildProcess start(BuildJob job) throws IOException {
        var builder = new ProcessBuilder("setsid", "sh", "-c", job.command())
                .directory(job.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        keepOnly(builder.environment());
        return new BuildProcess(builder.start());
    }

    /** Ends what a server that died has left running, if it is still that process. */
    static void endLeftOver(long pid, long startedMillis) {
        ProcessHandle.of(pid)
                .filter(handle -> startedMillis > 0 && startedMillis == startedMillis(handle))
                .ifPresent(handle -> endGroup(handle, "KILL"));
    }

    long pid() {
        return process.pid();
    }

    long startedMillis() {
        return startedMillis(process.toHandle());
    }

    /** Reads what there is, without waiting for more. */
    void read(OutputLines lines) throws IOException {
        InputStream output = process.getInputStream();
        var buffer = new byte[8192];
        var total = 0;
        for (var ready = output.available(); ready > 0 && total < MOST_AT_ONCE; ready = output.available()) {
            var length = output.read(buffer, 0, Math.min(ready, buffer.length));
            lines.add(buffer, Math.max(0, length));
            total += length;
        }
    }

    /** How the shell ended; empty while it runs. */
    Optional<Integer> exit() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Asks the whole group to end. */
    void terminate() {
        endGroup(process.toHandle(), "TERM");
    }

    /** Ends the whole group, also after the shell has ended. */
    void kill() {
        endGroup(process.toHandle(), "KILL");
    }

    private static void endGroup(ProcessHandle leader, String signal) {
        var force = signal.equals("KILL");
        leader.descendants().toList().forEach(child -> end(child, force));
        try {
            var killing = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- -" + leader.pid())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            killing.waitFor(PATIENCE_WITH_KILL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException noShell) {
            end(leader, force);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ProcessHandle handle, boolean force) {
        if (force) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
    }

    private static long startedMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void keepOnly(Map<String, String> environment) {
        environment.keySet().retainAll(VARIABLES);
    }
}
