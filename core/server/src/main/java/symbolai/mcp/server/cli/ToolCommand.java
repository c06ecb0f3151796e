package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tools. */
@Command(mixinStandardHelpOptions = true, name = "tool", description = "Lists tools and calls one.")
final class ToolCommand {

    private final Context context;

    ToolCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the tools.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, this::list);
    }

    private void list(ControlClient server) {
        var table = new Table("NAME", "TITLE", "CHANGES", "REST", "PERMISSION");
        for (var row : server.get("/tools").getJsonArray("tools")) {
            var tool = (JsonObject) row;
            var readOnly = tool.getJsonObject("annotations").getBoolean("readOnlyHint", false);
            table.row(
                    tool.getString("name"),
                    tool.getString("title", ""),
                    readOnly ? "nothing" : "something",
                    tool.getString("rest", "-"),
                    tool.getString("permission", "-"));
        }
        context.print(table.text());
    }
}
