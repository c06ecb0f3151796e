package symbolai.mcp.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** MCP over standard input and output. */
@Command(
        mixinStandardHelpOptions = true,
        name = "stdio",
        description = "Speaks MCP over standard input and output, as the local user.")
final class StdioCommand implements Runnable {

    private final Context context;

    @Mixin
    private CommonOptions options = new CommonOptions();

    StdioCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        context.withServer(options, server -> server.stdio(context.streams()));
    }
}
