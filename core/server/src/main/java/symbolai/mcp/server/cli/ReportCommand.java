package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports. */
@Command(mixinStandardHelpOptions = true, name = "report", description = "Reports for auditors.")
final class ReportCommand {

    private static final List<String> LISTS =
            List.of("access", "policy", "approvals", "connections", "plugins", "refusals", "signInFailures", "audit");

    private final Context context;

    ReportCommand(Context context) {
        this.context = context;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Says who had access in a period, what was changed and decided, and whether the log is intact.")
    void compliance(
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "A day or time in UTC; 30 days before the end by default.")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "A day or time in UTC; now by default.")
                    Optional<String> to,
            @Option(names = "--json", description = "Prints the whole report as JSON.") boolean json,
            @Mixin CommonOptions options) {
        var body = new JsonObject().put("query", AuditCommand.query(Map.of("from", from, "to", to)));
        context.withServer(options, server -> {
            var report = server.post("/report/compliance", body);
            if (json) {
                context.print(report.encodePrettily());
            } else {
                print(report);
            }
        });
    }

    private void print(JsonObject report) {
        context.print("Compliance report from " + report.getString("from") + " to " + report.getString("to"));
        if (!report.getBoolean("upToDate")) {
            context.print("The index is behind the log: the newest records are missing here. Try again later.");
        }
        var access = report.getJsonObject("hadAccess");
        heading("Users with access");
        rows(access.getJsonArray("users"), "name", "role", "since", "id");
        heading("API keys");
        rows(access.getJsonArray("keys"), "id", "label", "user", "since", "expires", "revoked");
        heading("OAuth clients");
        rows(access.getJsonArray("oauthClients"), "id", "name", "since");
        heading("Calls by tool");
        rows(report.getJsonArray("callsByTool"), "tool", "calls");
        heading("Calls by user");
        rows(report.getJsonArray("callsByUser"), "user", "calls");
        var lists = report.getJsonObject("lists");
        LISTS.forEach(part -> {
            heading(part);
            size(lists.getJsonObject(part));
            report.getJsonArray(part).forEach(record -> context.print("  " + AuditFindings.line((JsonObject) record)));
        });
        var chain = report.getJsonObject("chain");
        heading("Chain");
        context.print("  "
                + (chain.getBoolean("intact")
                        ? "intact"
                        : "NOT INTACT: " + chain.getJsonArray("damages").encode()) + ", records "
                + chain.getLong("records") + ", signed up to " + chain.getLong("signedUpTo"));
    }

    private void size(JsonObject list) {
        if (list.getBoolean("truncated")) {
            context.print("  the newest " + list.getInteger("shown") + " of " + list.getLong("total")
                    + "; audit export and audit search have all of them");
        }
    }

    private void heading(String text) {
        context.print("");
        context.print(text);
    }

    private void rows(JsonArray rows, String... columns) {
        var table = new Table(columns);
        for (var row : rows) {
            var json = (JsonObject) row;
            var cells = new String[columns.length];
            for (int i = 0; i < columns.length; i++) {
                cells[i] = json.containsKey(columns[i]) ? String.valueOf(json.getValue(columns[i])) : "";
            }
            table.row(cells);
        }
        context.print(table.text().indent(2).stripTrailing());
    }
}
