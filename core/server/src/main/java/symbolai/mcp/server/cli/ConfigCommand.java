package symbolai.mcp.server.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The configuration. */
@Command(mixinStandardHelpOptions = true, name = "config", description = "Shows and checks the configuration.")
final class ConfigCommand {

    private final Context context;

    ConfigCommand(Context context) {
        this.context = context;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints every value and where it was set; secrets are hidden.")
    void print(@Mixin CommonOptions options) {
        var table = new Table("KEY", "VALUE", "SET BY");
        options.read(List.of()).values().forEach(value -> table.row(value.key(), value.value(), value.source()));
        context.print(table.text());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Tells all mistakes at once; ends with 78 when there is one.")
    void check(@Mixin CommonOptions options) {
        options.read(List.of());
        context.print("The configuration is good.");
    }
}
