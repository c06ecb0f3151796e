package symbolai.mcp.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the OpenAPI document of the tools that are loaded. */
@Command(
        mixinStandardHelpOptions = true,
        name = "openapi",
        description = "Prints the OpenAPI document of the tools that are loaded.")
final class OpenApiCommand implements Runnable {

    private final Context context;

    @Mixin
    private CommonOptions options = new CommonOptions();

    OpenApiCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        context.withServer(
                options, server -> context.print(server.get("/openapi").encodePrettily()));
    }
}
