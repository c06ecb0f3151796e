package symbolai.mcp.plugins.cloudflare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A {@code wrangler dev} that runs a project on a free port. */
final class WranglerDev implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Ready on (http://[0-9a-z.]+:[0-9]+)");
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final String url;

    private WranglerDev(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static WranglerDev start(String node, String wrangler, Path project) throws IOException {
        var builder = new ProcessBuilder(
                        node, wrangler, "dev", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0")
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment().put("WRANGLER_SEND_METRICS", "false");
        builder.environment().put("XDG_CONFIG_HOME", project.toString());
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("CI", "1");
        var process = builder.start();
        var said = new StringBuilder();
        var ready = CompletableFuture.supplyAsync(() -> read(process.inputReader(), said));
        try {
            return new WranglerDev(
                    process, ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        } catch (RuntimeException late) {
            end(process);
            throw new IllegalStateException("wrangler dev did not become ready; it said:\n" + said, late);
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        end(process);
    }

    /** Reads until it is ready; what it says later goes to nobody, and is little. */
    private static String read(BufferedReader output, StringBuilder said) {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                var found = READY.matcher(line);
                if (found.find()) {
                    return found.group(1);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        throw new IllegalStateException("it ended");
    }

    private static void end(Process process) {
        var all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
