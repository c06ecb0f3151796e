package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys. */
@Command(mixinStandardHelpOptions = true, name = "key", description = "Creates, lists and revokes API keys.")
final class KeyCommand {

    private final Context context;

    KeyCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Creates a key and prints it, this once, and nothing else.")
    void create(
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "Who acts with the key.")
                    String user,
            @Option(names = "--name", required = true, paramLabel = "LABEL", description = "What the key is called.")
                    String label,
            @Option(names = "--expires", paramLabel = "DAYS", description = "How many days it is good for.")
                    Optional<Integer> expires,
            @Option(
                            names = "--tools",
                            paramLabel = "GLOB,…",
                            description = "Limits the key to tools of these names, such as d1_*.")
                    Optional<String> tools,
            @Option(
                            names = "--address",
                            paramLabel = "CIDR",
                            description = "Limits the key to an address or a range such as 10.0.0.0/8; repeatable.")
                    List<String> addresses,
            @Option(
                            names = "--agent",
                            description = "Marks the key as that of an agent, whose writes somebody is to approve.")
                    boolean agent,
            @Mixin CommonOptions options) {
        var body = new JsonObject()
                .put("agent", agent)
                .put("addresses", new JsonArray(Optional.ofNullable(addresses).orElseGet(List::of)))
                .put("user", user)
                .put("label", label)
                .put("tools", new JsonArray(tools.map(KeyCommand::globs).orElseGet(List::of)));
        expires.ifPresent(days -> body.put("expiresDays", days));
        context.withServer(
                options, server -> context.print(server.post("/keys", body).getString("key")));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the keys, without their secrets.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, this::list);
    }

    @Command(mixinStandardHelpOptions = true, description = "Revokes a key: it is refused at once.")
    void revoke(
            @Parameters(paramLabel = "ID", description = "The id, as key list shows it.") String id,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> server.delete("/keys/" + ControlClient.segment(id)));
        context.complain("Revoked the key " + id + ".");
    }

    private static List<String> globs(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private void list(ControlClient server) {
        var table = new Table(
                "ID", "USER", "NAME", "TOOLS", "ADDRESSES", "AGENT", "CREATED", "EXPIRES", "LAST USED", "REVOKED");
        for (var row : server.get("/rest/keys/list").getJsonArray("keys")) {
            var key = (JsonObject) row;
            table.row(
                    key.getString("id"),
                    key.getString("user"),
                    key.getString("label"),
                    all(key.getJsonArray("tools")),
                    all(key.getJsonArray("addresses")),
                    key.getBoolean("agent") ? "yes" : "no",
                    key.getString("createdAt"),
                    key.getString("expiresAt", "never"),
                    key.getString("usedAt", "never"),
                    key.getString("revokedAt", "no"));
        }
        context.print(table.text());
    }

    private static String all(JsonArray limits) {
        return limits.isEmpty()
                ? "all"
                : String.join(",", limits.stream().map(String::valueOf).toList());
    }
}
