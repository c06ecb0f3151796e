package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
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
            @Option(
                            names = "--oauth",
                            description =
                                    "Without a key: the client opens a browser, where its user signs in and agrees.")
                    boolean oauth,
            @Mixin CommonOptions options) {
        var config = options.read(List.of()).server();
        var keyless = oauth || config.auth() == Auth.NONE;
        var shown = keyless && key.isEmpty() ? key : key.or(ClientSnippets::placeholder);
        context.print(ClientSnippets.of(client, url(config), shown)
                .orElseThrow(() -> new CommandFailed(
                        CommandFailed.USAGE,
                        "The client '" + client + "' is not known; known are "
                                + String.join(", ", ClientSnippets.clients()) + ".")));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Makes a program that gets tokens by itself; prints its id and its secret, this once.")
    void create(
            @Option(
                            names = "--credentials",
                            required = true,
                            description = "By client credentials, the one way that is made by hand.")
                    boolean credentials,
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "As whom it acts.")
                    String user,
            @Option(
                            names = "--name",
                            paramLabel = "LABEL",
                            defaultValue = "program",
                            description = "What it is called.")
                    String name,
            @Option(names = "--write", description = "Lets it call tools that change something, too.") boolean write,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("name", name).put("user", user).put("write", write);
        context.withServer(options, server -> {
            var made = server.post("/rest/clients/create", body);
            context.print(made.getString("id") + " " + made.getString("secret"));
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the programs that use the server by OAuth.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, this::list);
    }

    @Command(mixinStandardHelpOptions = true, description = "Revokes a program with all its tokens, at once.")
    void revoke(
            @Parameters(paramLabel = "ID", description = "The id, as client list shows it.") String id,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> server.post("/rest/clients/revoke", new JsonObject().put("id", id)));
        context.complain("Revoked the client " + id + ".");
    }

    private void list(ControlClient server) {
        var table = new Table("ID", "NAME", "KIND", "USERS", "CREATED", "LAST USED");
        for (var row : server.get("/rest/clients/list").getJsonArray("clients")) {
            var client = (JsonObject) row;
            var users =
                    client.getJsonArray("users").stream().map(String::valueOf).toList();
            table.row(
                    client.getString("id"),
                    client.getString("name"),
                    client.getString("kind"),
                    client.getString("user", String.join(",", users)),
                    client.getString("created"),
                    client.getString("used", "never"));
        }
        context.print(table.text());
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
