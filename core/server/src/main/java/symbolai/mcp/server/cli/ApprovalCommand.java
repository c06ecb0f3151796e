package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approvals of calls. */
@Command(
        mixinStandardHelpOptions = true,
        name = "approval",
        description = "Lists and decides the calls that wait for an approval.")
final class ApprovalCommand {

    private final Context context;

    ApprovalCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the requests, newest first.")
    void list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only these: requested, granted, denied, expired or used.")
                    Optional<String> state,
            @Mixin CommonOptions options) {
        var path = "/approvals"
                + state.map(text -> "?state=" + ControlClient.segment(text)).orElse("");
        context.withServer(options, server -> list(server.get(path).getJsonArray("approvals")));
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows a request, with all that the call would do.")
    void show(
            @Parameters(paramLabel = "ID", description = "The id, as approval list shows it.") String id,
            @Option(names = "--json", description = "Prints it as JSON.") boolean json,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> {
            var approval = server.get(path(id));
            context.print(json ? approval.encodePrettily() : new ApprovalText(approval).text());
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "Approves a call: it can be made once.")
    void grant(
            @Parameters(paramLabel = "ID", description = "The id, as approval list shows it.") String id,
            @Option(names = "--note", paramLabel = "TEXT", description = "What others should know of it.")
                    Optional<String> note,
            @Mixin CommonOptions options) {
        var body = new JsonObject();
        note.ifPresent(text -> body.put("note", text));
        context.withServer(options, server -> told(server.post(path(id) + "/grant", body)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Refuses a call.")
    void deny(
            @Parameters(paramLabel = "ID", description = "The id, as approval list shows it.") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; the requester is told.")
                    String reason,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("reason", reason);
        context.withServer(options, server -> told(server.post(path(id) + "/deny", body)));
    }

    private void told(JsonObject approval) {
        context.complain("The approval " + approval.getString("id") + " is " + approval.getString("state") + " now.");
    }

    private static String path(String id) {
        return "/approvals/" + ControlClient.segment(id);
    }

    private void list(JsonArray approvals) {
        var table = new Table("ID", "STATE", "REQUESTER", "TOOL", "TARGET", "ASKED", "EXPIRES");
        for (var row : approvals) {
            var approval = (JsonObject) row;
            table.row(
                    approval.getString("id"),
                    approval.getString("state"),
                    approval.getString("requester"),
                    approval.getString("tool"),
                    approval.getString("target"),
                    approval.getString("created"),
                    approval.getString("expires"));
        }
        context.print(table.text());
    }
}
