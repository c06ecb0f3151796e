package symbolai.mcp.server.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;

/** Programs that use the server. */
@Command(mixinStandardHelpOptions = true, name = "client", description = "Helps to set up clients.")
final class ClientCommand {

    private final Context context;

    ClientCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints what to paste where.")
    void snippet(
            @Parameters(
                            paramLabel = "CLIENT",
                            description =
                                    "claude, claude-code, cline, codex, cursor, gemini, mcp-remote, opencode, roo,"
                                            + " stdio, vscode, windsurf or zed.")
                    String client,
            @Option(names = "--key", paramLabel = "KEY", description = "The API key to put in.") Optional<String> key,
            @Mixin CommonOptions options) {
        var config = options.read(List.of()).server();
        var shown = config.auth() == Auth.NONE && key.isEmpty() ? key : key.or(ClientSnippets::placeholder);
        context.print(ClientSnippets.of(client, url(config), shown)
                .orElseThrow(() -> new CommandFailed(
                        CommandFailed.USAGE,
                        "The client '" + client + "' is not known; known are "
                                + String.join(", ", ClientSnippets.clients()) + ".")));
    }

    /** A server that runs knows best. */
    private static String url(ServerConfig config) {
        var configured = config.http().url(config.http().port());
        return Access.find(config)
                .map(socket -> {
                    try (var server = new ControlClient(socket)) {
                        return server.get("/status").getString("url", "");
                    }
                })
                .filter(url -> !url.isEmpty())
                .orElse(configured);
    }
}
