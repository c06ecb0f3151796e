package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plugins. */
@Command(mixinStandardHelpOptions = true, name = "plugin", description = "Shows what is loaded.")
final class PluginCommand {

    private final Context context;

    PluginCommand(Context context) {
        this.context = context;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists the plugins, and why those that do not serve were refused.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, this::list);
    }

    private void list(ControlClient server) {
        var table = new Table("FILE", "ID", "VERSION", "STATE", "TOOLS", "PROBLEMS");
        for (var row : server.get("/plugins").getJsonArray("plugins")) {
            var plugin = (JsonObject) row;
            table.row(
                    plugin.getString("file"),
                    plugin.getString("id"),
                    plugin.getString("version"),
                    plugin.getString("state"),
                    String.valueOf(plugin.getInteger("tools")),
                    String.join(
                            "; ",
                            plugin.getJsonArray("problems").stream()
                                    .map(String::valueOf)
                                    .toList()));
        }
        context.print(table.text());
    }
}
