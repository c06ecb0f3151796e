package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts of outside systems. */
@Command(
        mixinStandardHelpOptions = true,
        name = "connect",
        description = "Connects an account of an outside system, and manages the connections there are.",
        footer = {
            "",
            "The token is asked for without being shown, or read from standard input with --token-stdin; it is never an argument."
        })
final class ConnectCommand implements Runnable {

    private final Context context;

    @Option(names = "--connector", paramLabel = "ID", description = "The system; the first that asks for credentials.")
    private Optional<String> connector = Optional.empty();

    @Option(names = "--name", paramLabel = "NAME", description = "How to call the connection; the connector's id.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--account", paramLabel = "ID", description = "The account: the field accountId.")
    private Optional<String> account = Optional.empty();

    @Option(names = "--backend", paramLabel = "BACKEND", description = "Which way to the system: the field backend.")
    private Optional<String> backend = Optional.empty();

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "Any other field that is not secret.")
    private Map<String, String> others = new TreeMap<>();

    @Option(names = "--token-stdin", description = "Reads the token from standard input.")
    private boolean tokenStdin;

    @Option(names = "--user", paramLabel = "NAME", description = "For this user; the local user when left out.")
    private Optional<String> user = Optional.empty();

    @Mixin
    private CommonOptions options = new CommonOptions();

    ConnectCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        context.withServer(options, this::connect);
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the connections.")
    void list(@Mixin ConnectionOwner owner) {
        context.withServer(owner.options(), server -> list(server, owner));
    }

    @Command(mixinStandardHelpOptions = true, description = "Makes a connection the one that calls take.")
    void use(
            @Parameters(paramLabel = "NAME", description = "The connection.") String chosen,
            @Mixin ConnectionOwner owner) {
        context.withServer(
                owner.options(),
                server -> server.post("/connections/use", owner.body().put("name", chosen)));
        context.complain("Calls take the connection " + chosen + " now.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Forgets a connection with its credentials.")
    void remove(
            @Parameters(paramLabel = "NAME", description = "The connection.") String chosen,
            @Mixin ConnectionOwner owner) {
        context.withServer(
                owner.options(), server -> remove(server, owner.body().put("name", chosen), chosen));
    }

    @Command(mixinStandardHelpOptions = true, description = "Asks the system whether it still accepts the credentials.")
    void check(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "The connection; the active one.")
                    Optional<String> chosen,
            @Mixin ConnectionOwner owner) {
        var body = owner.body();
        chosen.ifPresent(text -> body.put("name", text));
        context.withServer(owner.options(), server -> show(server.post("/connections/check", body)));
    }

    private void connect(ControlClient server) {
        var system = system(server);
        var fields = new CredentialInput(context.streams(), tokenStdin).fill(system, given());
        var body = new JsonObject()
                .put("connector", system.getString("connector"))
                .put("name", name.orElse(system.getString("connector")))
                .put("fields", fields);
        user.ifPresent(owner -> body.put("user", owner));
        var connected = server.post("/connections/connect", body);
        context.complain("Connected as " + Table.harmless(connected.getString("name")) + ".");
        show(connected);
    }

    private JsonObject given() {
        var given = new JsonObject();
        others.forEach(given::put);
        account.ifPresent(id -> given.put("accountId", id));
        backend.ifPresent(way -> given.put("backend", way));
        return given;
    }

    private JsonObject system(ControlClient server) {
        var systems = new ArrayList<JsonObject>();
        server.get("/connectors").getJsonArray("connectors").forEach(system -> systems.add((JsonObject) system));
        return systems.stream()
                .filter(system -> connector
                        .map(system.getString("connector")::equals)
                        .orElse(!system.getJsonArray("fields").isEmpty()))
                .findFirst()
                .orElseThrow(() -> unknown(systems));
    }

    private CommandFailed unknown(List<JsonObject> systems) {
        var ids = systems.stream().map(system -> system.getString("connector")).toList();
        return new CommandFailed(
                CommandFailed.FAILED,
                connector
                        .map(id -> "There is no connector '" + id + "'; there is " + String.join(", ", ids) + ".")
                        .orElse("No plugin is loaded that connects to anything with credentials."));
    }

    private void list(ControlClient server, ConnectionOwner owner) {
        var table = new Table("NAME", "SYSTEM", "ACCOUNT", "ACTIVE", "EXPIRES", "CHECKED");
        for (var row : server.post("/connections/list", owner.body()).getJsonArray("connections")) {
            var connection = (JsonObject) row;
            table.row(
                    connection.getString("name"),
                    connection.getString("connector"),
                    connection.getJsonObject("account").getString("name"),
                    connection.getBoolean("active") ? "yes" : "no",
                    connection.getString("expires", "never"),
                    connection.getString("verifiedAt"));
        }
        context.print(table.text());
    }

    private void remove(ControlClient server, JsonObject body, String chosen) {
        if (!server.post("/connections/remove", body).getBoolean("removed")) {
            throw new CommandFailed(CommandFailed.FAILED, "There is no connection '" + chosen + "'.");
        }
        context.complain("Forgot the connection " + chosen + ".");
    }

    /** The check list of permissions. */
    private void show(JsonObject connection) {
        var table = new Table("PERMISSION", "STATE", "MEANS");
        for (var row : connection.getJsonArray("permissions")) {
            var permission = (JsonObject) row;
            table.row(permission.getString("name"), permission.getString("state"), permission.getString("detail"));
        }
        context.print(table.text());
        connection
                .getJsonArray("warnings")
                .forEach(warning -> context.complain("Warning: " + Table.harmless(String.valueOf(warning))));
    }
}
