package symbolai.mcp.server;

import symbolai.mcp.server.cli.CommandLineTool;

/** Where the program begins. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLineTool(ControlledServer::start).run(arguments));
    }
}
