package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Users. */
@Command(mixinStandardHelpOptions = true, name = "user", description = "Creates, lists, changes and removes users.")
final class UserCommand {

    private static final int LONGEST_PASSWORD = 8_192;

    private final Context context;

    UserCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Creates a user.")
    void create(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "admin, operator, viewer or auditor.")
                    String role,
            @Option(
                            names = "--password-stdin",
                            required = true,
                            description = "Reads the password from standard input.")
                    boolean passwordStdin,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("name", name).put("role", role).put("password", password());
        context.withServer(options, server -> server.post("/users", body));
        context.complain("Created the user " + name + ".");
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the users.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, this::list);
    }

    @Command(mixinStandardHelpOptions = true, name = "set-role", description = "Changes what a user may do.")
    void setRole(
            @Parameters(paramLabel = "NAME", description = "The name.") String name,
            @Parameters(paramLabel = "ROLE", description = "admin, operator, viewer or auditor.") String role,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("role", role);
        context.withServer(options, server -> server.post("/users/" + ControlClient.segment(name) + "/role", body));
        context.complain("The user " + name + " has the role " + role + " now.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "reset-password",
            description = "Sets a new password, read from standard input.")
    void resetPassword(
            @Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin CommonOptions options) {
        var body = new JsonObject().put("password", password());
        context.withServer(options, server -> server.post("/users/" + ControlClient.segment(name) + "/password", body));
        context.complain("The user " + name + " has a new password.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "reset-link",
            description = "Prints a link, good once and for a day, with which a user sets a new password.")
    void resetLink(
            @Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin CommonOptions options) {
        context.withServer(
                options,
                server -> context.print(address(options, server)
                        + server.post("/users/" + ControlClient.segment(name) + "/setup-link", new JsonObject())
                                .getString("path")));
    }

    /** Where the server listens, or would if it ran. */
    private static String address(CommonOptions options, ControlClient server) {
        var running = server.get("/status").getString("url", "");
        var http = options.read(List.of()).server().http();
        return running.isEmpty() ? http.url(http.port()) : running;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Says who a user is at the provider by which people sign in.")
    void link(
            @Parameters(paramLabel = "NAME", description = "The name.") String name,
            @Parameters(paramLabel = "SUBJECT", description = "The provider's own id of the person: sub in its tokens.")
                    String subject,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("subject", subject);
        context.withServer(options, server -> server.post("/users/" + ControlClient.segment(name) + "/link", body));
        context.complain("The user " + name + " signs in as " + subject + " now.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Says that a user is nobody of the provider's any more.")
    void unlink(@Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin CommonOptions options) {
        context.withServer(options, server -> server.delete("/users/" + ControlClient.segment(name) + "/link"));
        context.complain("The user " + name + " does not sign in by the provider any more.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a user with all keys.")
    void remove(@Parameters(paramLabel = "NAME", description = "The name.") String name, @Mixin CommonOptions options) {
        context.withServer(options, server -> server.delete("/users/" + ControlClient.segment(name)));
        context.complain("Removed the user " + name + " with all keys.");
    }

    private void list(ControlClient server) {
        var table = new Table("NAME", "ROLE", "PASSWORD", "CREATED");
        for (var row : server.get("/rest/users/list").getJsonArray("users")) {
            var user = (JsonObject) row;
            table.row(
                    user.getString("name"),
                    user.getString("role"),
                    user.getBoolean("hasPassword") ? "yes" : "no",
                    user.getString("createdAt"));
        }
        context.print(table.text());
    }

    /** All of standard input but the line break that echo and editors leave at its end. */
    private String password() {
        try {
            var bytes = context.streams().in().readNBytes(LONGEST_PASSWORD);
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, "Standard input cannot be read.");
        }
    }
}
