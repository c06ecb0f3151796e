package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import symbolai.mcp.server.config.ConfigSources.Flag;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.http.control.ControlSocket;
import symbolai.mcp.server.ops.Version;
import symbolai.mcp.server.rest.v4.LocalApi;

/** The server. */
@Command(
        mixinStandardHelpOptions = true,
        name = "start",
        description = "Starts the server in the foreground; SIGTERM lets calls end and stops it.")
final class StartCommand implements Runnable {

    private static final List<String> SHOWN = List.of("claude-code", "claude", "cursor", "mcp-remote");

    private final Context context;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on; 127.0.0.1 by default.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "The port, 8420 by default; 0 takes a free one.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--plugins", paramLabel = "DIR", description = "The folder of plugins, in place of the usual one.")
    private Optional<String> plugins = Optional.empty();

    @Option(names = "--auth", paramLabel = "MODE", description = "keys; or none, on a loopback address only.")
    private Optional<String> auth = Optional.empty();

    @Option(
            names = "--local-api",
            paramLabel = "PORT",
            description =
                    "Cloudflare's API in front of the embedded account on this loopback port; 0 takes a free one.")
    private Optional<String> localApi = Optional.empty();

    @Option(names = "--first-run", description = "Makes the user admin and an API key when there are no users yet.")
    private boolean firstRun;

    @Mixin
    private CommonOptions options = new CommonOptions();

    StartCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        var config = options.read(flags()).server();
        var server = Waiting.on(context.factory().start(config, true));
        var shutdown = new Shutdown(server);
        shutdown.register();
        welcome(config, config.http().url(server.port()));
        server.localApiPort().ifPresent(this::pointOut);
        shutdown.untilClosed();
    }

    private List<Flag> flags() {
        var flags = new ArrayList<Flag>();
        host.ifPresent(value -> flags.add(new Flag("--host", "server.host", value)));
        port.ifPresent(value -> flags.add(new Flag("--port", "server.port", value)));
        plugins.ifPresent(value -> flags.add(new Flag("--plugins", "plugins.folder", value)));
        auth.ifPresent(value -> flags.add(new Flag("--auth", "auth", value)));
        localApi.ifPresent(value -> flags.add(new Flag("--local-api", "localApi.port", value)));
        return flags;
    }

    private void welcome(ServerConfig config, String url) {
        context.print("SymbolAI MCP " + Version.current() + " is ready after "
                + sinceStart().toMillis() + " ms");
        context.print("  clients   " + url + ClientSnippets.PATH);
        context.print("  data      " + config.dataFolder());
        context.print("  plugins   " + config.plugins().folder());
        if (config.auth() == Auth.NONE) {
            context.complain("");
            context.complain("  WARNING: NO AUTHENTICATION. Every program on this machine that reaches " + url
                    + " acts as an admin.");
            context.complain("");
        }
        if (config.http().isOpenToEavesdroppers() && !url.startsWith("https:")) {
            context.complain("");
            context.complain(
                    "  WARNING: PLAIN HTTP BEYOND THIS MACHINE. Keys and data can be read on the way. Set tls.certificate and"
                            + " tls.key (symbolai-mcp tls create-ca makes them), or put a proxy with TLS in front and set server.publicUrl.");
            context.complain("");
        }
        if (firstRun) {
            greet(config, url);
        }
    }

    private void pointOut(int port) {
        context.print("  local API http://127.0.0.1:" + port + LocalApi.PATH + " for account " + LocalApi.ACCOUNT);
    }

    private void greet(ServerConfig config, String url) {
        try (var client = new ControlClient(new ControlSocket(config.dataFolder()).current())) {
            var made = client.post("/first-run", new JsonObject());
            if (!made.isEmpty()) {
                greet(url, made.getString("key"), Optional.ofNullable(made.getString("setupPath")));
            }
        }
    }

    /** The key and the link are shown here and never again. */
    private void greet(String url, String key, Optional<String> setupPath) {
        context.print("");
        context.print("This is the first start. The user admin was made.");
        setupPath.ifPresent(path -> point(url + path));
        context.print("");
        context.print("Programs come in with this API key, which is shown only now:");
        context.print("");
        context.print("  " + key);
        for (var client : SHOWN) {
            context.print("");
            context.print(ClientSnippets.of(client, url, Optional.of(key)).orElseThrow());
        }
        context.print("");
        context.print("More clients: symbolai-mcp client snippet CLIENT. More keys: symbolai-mcp key create.");
    }

    private void point(String link) {
        context.print("Set a password, within a day, at this link:");
        context.print("");
        context.print("  " + link);
    }

    /** What the launcher did counts too; the system's own note of the start is only good to a second. */
    private static Duration sinceStart() {
        var now = Instant.now();
        var started = Optional.ofNullable(System.getProperty("symbolai.mcp.launched"))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .or(() -> ProcessHandle.current().info().startInstant())
                .orElse(now);
        return Duration.between(started, now);
    }
}
